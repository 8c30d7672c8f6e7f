"""The report in German; what programs read stays English."""

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from rom_vision.exchange.fhir import bundle
from rom_vision.exchange.report import report_of
from rom_vision.exchange.report_headings import Columns, Headings
from rom_vision.exchange.report_pdf import write_report
from rom_vision.exchange.results_table import results_table
from rom_vision.language import speaking
from rom_vision.records import Chart, Client, Record

ON = date(2026, 11, 25)
HEADINGS = [name for name in vars(Headings) if name.isupper()]


def test_its_headings_and_sentences_are_german(record: Record, bea: Client, tmp_path: Path) -> None:
    with speaking("de"):
        report = report_of(record, bea.id, on=ON, suggestion="Sechs weitere Sitzungen.")
        write_report(report, tmp_path / "report.pdf")
        german = {name: getattr(Headings, name) for name in HEADINGS}
        columns = [*Columns.TESTED.values(), *Columns.FOUND.values()]
    pdf = PdfReader(io.BytesIO((tmp_path / "report.pdf").read_bytes()))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.trailer["/Root"]["/Lang"] == "de"
    assert [name for name in HEADINGS if getattr(Headings, name) in text and name not in {"THERAPIST"}] == []
    assert german["TITLE"] == "Therapiebericht"
    for words in (german["TITLE"], german["TESTED"], german["FOUND"], *columns):
        assert words in text


def test_what_programs_read_stays_english(chart: Chart) -> None:
    english = bundle(chart), results_table(chart).to_csv()
    with speaking("de"):
        assert (bundle(chart), results_table(chart).to_csv()) == english
