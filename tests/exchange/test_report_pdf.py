"""The report as a PDF: read again by pypdf, and its page and letters looked into."""

import io
import itertools
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import charted
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from reportlab.graphics.shapes import PolyLine, String
from shoulder_series import NAME, ON, told

from rom_vision.errors import UsageError
from rom_vision.exchange.report import Report, report_of
from rom_vision.exchange.report_charts import curves, progress
from rom_vision.exchange.report_headings import Headings
from rom_vision.exchange.report_pdf import write_report
from rom_vision.exchange.report_style import ACCENT, INK, QUIET
from rom_vision.movements import load_catalogue, load_regions
from rom_vision.records import (
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Settings,
    Treatment,
)

SECTIONS = (
    "Client",
    "Referral",
    "In short",
    "What was found",
    "Movement tests",
    "Curves and course",
    "What the tests of 24 November 2026 point to",
    "Treatment given",
    "Goals",
    "Suggested for the order",
)
POINTS_A_MM = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(shoulder: Report, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return written(shoulder, tmp_path_factory.mktemp("pdf"))


def written(report: Report, folder: Path, paper="A4") -> PdfReader:
    on_paper = replace(report, practice=replace(report.practice, paper=paper))
    write_report(on_paper, folder / "report.pdf")
    return PdfReader(io.BytesIO((folder / "report.pdf").read_bytes()))


def text_of(pdf: PdfReader) -> str:
    """All words, whatever lines they stand on."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def fonts_of(pdf: PdfReader) -> list[DictionaryObject]:
    found = [page["/Resources"].get("/Font", {}) for page in pdf.pages]
    return [font.get_object() for fonts in found for font in fonts.get_object().values()]


class TestASeries:
    def test_every_section_is_there(self, pdf):
        text = text_of(pdf)
        at = 0
        for section in SECTIONS:
            at = text.index(section, at)

    @pytest.mark.parametrize(
        "words",
        [
            NAME,
            "born 17 May 1980, 46 years, female",
            "Dr. med. Eva Grün",
            "Impingement of the right shoulder (M75.41, M54.2)",
            "6 sessions, twice a week, massage, trigger point therapy",
            "5 of 6 used, valid until 31 January 2027",
            "no strong pressure on the front of the neck",
            "must not be tested: left knee flexion (passive)",
            "Improved: right shoulder abduction, active from 112° to 142° ± 7°",
            "Hypertonic muscle, levator scapulae",
            "Angle of the neck, where it meets the shoulder, right; tonus system",
            "7 → 2 dull",
            "Shoulder blade, right; myofascial",
            "142° ± 7° ≠ ▲ +30° real 6 → 2",  # active: against 170 on the left, 112 in the first session
            "165° ± 5° g ▲ +15° real 5 → 2 firm",
            "4 → 5 of 5",
            "96 N",
            "= +9° not real",  # external rotation, 32 to 41 within ± 13 each
            "not tested",
            "active: 151°, from 121°",  # Soucie 2011, women of 45 to 69, without the film's own error
            "Right shoulder abduction, active: painful from 70° to 110°; the pain that the client came for",
            "goal 150°",
            "no real change",
            "Right shoulder abduction points to weakness, or a muscle held back by pain.",
            "are no diagnosis",
            "trigger point therapy, myofascial release: shoulder blade 45 7 → 4 slept through",
            "not met: Hang up the washing (motion regained): Right shoulder abduction, active, 150°",
            "met: Neck at ease (tissue restored)",
            "1 of 23 filmed",
            "Six further sessions, once a week.",
            "Therapist: Thea Sommer",
            "Place, date",
        ],
    )
    def test_it_says(self, pdf, words):
        assert words in text_of(pdf)

    def test_each_page_has_its_number_the_pseudonym_and_the_day(self, pdf, shoulder):
        for number, page in enumerate(pdf.pages, 1):
            text = page.extract_text()
            assert f"{shoulder.client.id}, 25 November 2026" in text
            assert f"Page {number} of {len(pdf.pages)}" in text

    @pytest.mark.parametrize(("paper", "size_mm"), [("A4", (210, 297)), ("Letter", (215.9, 279.4))])
    def test_it_takes_two_pages_of_either_paper(self, shoulder, tmp_path, paper, size_mm):
        pdf = written(shoulder, tmp_path, paper)
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            assert (page.mediabox.width, page.mediabox.height) == pytest.approx(
                tuple(POINTS_A_MM * mm for mm in size_mm), abs=0.1
            )

    def test_every_letter_is_embedded(self, pdf):
        fonts = fonts_of(pdf)
        assert {font["/BaseFont"].split("+")[1] for font in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
        assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
        assert all("/ToUnicode" in font for font in fonts)  # so that it can be searched and copied

    def test_its_description_does_not_name_the_client(self, pdf):
        assert pdf.metadata.title == Headings.TITLE
        assert "Anna" not in str(dict(pdf.metadata))

    def test_the_same_report_gives_the_same_bytes(self, shoulder, tmp_path):
        write_report(shoulder, tmp_path / "one.pdf")
        write_report(shoulder, tmp_path / "two.pdf")
        assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()

    def test_of_another_day_it_is_another(self, shoulder, tmp_path):
        write_report(shoulder, tmp_path / "one.pdf")
        write_report(replace(shoulder, on=date(2026, 11, 26)), tmp_path / "two.pdf")
        assert (tmp_path / "one.pdf").read_bytes() != (tmp_path / "two.pdf").read_bytes()


class TestMissing:
    def test_of_a_client_alone_it_is_one_page_to_be_signed(self, record, anna, tmp_path):
        pdf = written(report_of(record, anna.id, on=ON), tmp_path)
        text = text_of(pdf)
        assert len(pdf.pages) == 1
        assert "Anna Example" in text
        assert "Therapist" in text
        assert [section for section in SECTIONS if section in text] == ["Client"]
        assert "None" not in text

    def test_without_a_suggestion_there_is_none(self, shoulder, tmp_path):
        assert "Suggested" not in text_of(written(replace(shoulder, suggestion=" \n"), tmp_path))

    def test_the_practice_and_the_words_of_the_therapist_stand_there(self, record, shoulder, tmp_path):
        practice = Settings(practice="Praxis <Grün>", address="Market 1\n1000 Town", therapist="Thea Sommer")
        told = "She sleeps again.\n\nShe lifts her arm."
        text = text_of(written(replace(shoulder, practice=practice, told=told), tmp_path))
        assert "Praxis <Grün>" in text
        assert "Market 1, 1000 Town" in text
        assert "She sleeps again." in text
        assert "Goals met" not in text
        client = record.add_client("Ben Example")
        record.change_settings(practice)
        assert report_of(record, client.id, on=ON).therapist == "Thea Sommer"

    def test_after_the_first_session_there_is_no_change(self, record, tmp_path):
        text = text_of(written(report_of(record, told(record), on=date(2026, 11, 3)), tmp_path))
        assert "112° ± 7° ↓ ≠ once, 3 Nov 6" in text  # the norm ends at 121°
        assert "1 session on 3 November 2026." in text
        assert "Treatment given" not in text
        for word in ("Improved", "real 6", "no real change"):
            assert word not in text

    def test_what_must_not_be_tested_is_told_from_what_was_not(self, record, anna, tmp_path):
        record.save(charted.history(anna.id))
        session = record.save(charted.session(anna.id))
        record.save(
            MovementFinding(
                client_id=anna.id, session_id=session.id or 0, movement="knee_flexion", side="left", mode="active",
                by="eye", pain=2,
            )
        )  # fmt: skip
        text = text_of(written(report_of(record, anna.id, on=ON), tmp_path))
        assert "left no angle 2 must not be tested not tested" in text

    def test_one_of_each_entry_with_every_field(self, record, anna, tmp_path):
        for make in charted.OF_A_CLIENT:
            kept = record.save(make(anna.id))
        for make in charted.OF_A_SESSION:
            record.save(make(anna.id, kept.id))
        text = text_of(written(report_of(record, anna.id, on=ON), tmp_path))
        for words in ("Dr. Grün", "cupping", "behind the eye", "132° ± 5° g", "empty", "held his breath", "tired"):
            assert words in text


class TestTextOfPeople:
    @pytest.mark.parametrize(
        "name",
        [
            "<b>Bold</b> & <i>Sons</i>",
            "</para><para>",
            "&amp; &nbsp; &#65; %(x)s {y}",
            "<img src='x'/><br/><script>alert(1)</script>",
            "Jörg Müller-Lüdenscheidt ß",
            "Łucja Żółć",
            "Ελένη Παπαδοπούλου",
            "Дмитрий Иванов",
        ],
    )
    def test_a_name_is_printed_as_it_is(self, record, tmp_path, name):
        client = record.add_client(name)
        order = Referral(client_id=client.id, physician=name, written_on=ON, sessions_ordered=1)
        record.save(replace(order, diagnosis=f"{name}\n{name}"))
        session = record.save(Session(client_id=client.id, on=ON, kind="treatment", therapist=name))
        record.save(
            Treatment(
                client_id=client.id, session_id=session.id or 0, techniques=("other",), other_technique=name,
                minutes=5, response=name,
            )
        )  # fmt: skip
        text = text_of(written(report_of(record, client.id, on=ON, suggestion=name), tmp_path))
        assert text.replace(" ", "").count(name.replace(" ", "")) == 8

    def test_a_word_longer_than_the_page_is_broken_and_not_lost(self, record, tmp_path):
        client = record.add_client("Donaudampfschifffahrt" * 40)
        text = text_of(written(report_of(record, client.id, on=ON), tmp_path))
        assert "Donaudampfschifffahrt" * 40 in text.replace(" ", "")

    def test_no_text_is_too_long(self, record, anna, tmp_path):
        words = " ".join(f"w{number}" for number in range(3000))
        session = record.save(charted.session(anna.id))
        record.save(charted.referral(anna.id, precautions=words))
        record.save(charted.palpation(anna.id, session.id, note=words))
        record.save(charted.treatment(anna.id, session.id, response=words))
        pdf = written(report_of(record, anna.id, on=ON, suggestion=words), tmp_path)
        found = re.findall(r"\bw\d+\b", text_of(pdf))
        assert len(pdf.pages) > 2
        assert all(found.count(word) == 4 for word in ("w0", "w1499", "w2999"))


class TestMuch:
    def test_rows_that_do_not_fit_go_on_to_the_next_page(self, record, anna, tmp_path):
        session = record.save(charted.session(anna.id))
        of = {"client_id": anna.id, "session_id": session.id}
        regions = [region for region in load_regions().values() if region.sided]
        for region in regions:
            x, y = region.place("left")
            found = PalpationFinding(
                region=region.id, side="left", face=region.surface, x=x, y=y, kind="tenderness", pain=3, **of
            )
            record.save(found)
        tests = load_catalogue().values()
        for test, mode in itertools.product(tests, ("active", "passive")):
            side = "left" if test.sided else None
            moved = MovementFinding(
                movement=test.id, side=side, mode=mode, by="goniometer", value_deg=40.0, uncertainty_deg=5.0, **of
            )
            record.save(moved)
        pdf = written(report_of(record, anna.id, on=ON), tmp_path)
        text = text_of(pdf)
        assert len(pdf.pages) > 2
        assert all(region.name in text for region in regions)
        assert all(test.name in text for test in tests)
        assert text.count("40° ± 5° g") == 2 * len(tests)
        heads = [page.extract_text().count("Movement\nSide") for page in pdf.pages]
        assert sum(heads) > 1  # the table's head stands on each of its pages
        numbers = text.split("What was found")[1].split("Movement tests")[0]
        assert all(str(number) in numbers for number in range(1, len(regions) + 1))


class TestGrey:
    """What a print without colour has to tell."""

    def test_letters_are_dark_enough(self):
        def luminance(colour) -> float:
            """Source: WCAG 2.2, relative luminance."""
            linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.rgb()]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

        assert all(1.05 / (luminance(colour) + 0.05) > 7 for colour in (INK, ACCENT, QUIET))  # WCAG's AAA

    def test_then_and_now_differ_in_kind_of_line(self, shoulder):
        lines = [one for one in curves(shoulder.plots[0], ON, (160, 90)).contents if isinstance(one, PolyLine)]
        then, now = lines
        assert then.strokeDashArray
        assert not now.strokeDashArray
        assert then.strokeColor == now.strokeColor

    def test_goal_and_norm_have_lines_and_names_of_their_own(self, shoulder):
        drawn = progress(shoulder.plots[0], ON, (160, 90)).contents
        dashes = {tuple(one.strokeDashArray) for one in drawn if getattr(one, "strokeDashArray", None)}
        names = {one.text for one in drawn if isinstance(one, String)}
        assert len(dashes) == 2
        assert {"goal 150°", "norm 151°", "no real change"} <= names

    def test_each_line_of_a_chart_has_the_day_beside_it(self, shoulder):
        names = {one.text for one in curves(shoulder.plots[0], ON, (160, 90)).contents if isinstance(one, String)}
        assert {"3 Nov, 112°", "24 Nov, 142°"} <= names

    def test_real_or_not_is_told_by_sign_and_word(self, pdf):
        text = text_of(pdf)
        assert re.search(r"▲ \+\d+° real", text)
        assert re.search(r"= \+\d+° not real", text)


class TestWriting:
    def test_a_folder_that_is_missing_is_told(self, shoulder, tmp_path):
        with pytest.raises(UsageError, match="can't be written"):
            write_report(shoulder, tmp_path / "missing" / "report.pdf")

    def test_if_it_fails_the_earlier_one_stays(self, shoulder, tmp_path):
        out = tmp_path / "report.pdf"
        out.write_bytes(b"earlier")
        with pytest.raises(KeyError):
            write_report(replace(shoulder, practice=replace(shoulder.practice, paper="A5")), out)
        assert out.read_bytes() == b"earlier"
        assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["report.pdf"]
