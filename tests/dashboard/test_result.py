"""The page of a result before it is kept, and the page of comparisons, under Streamlit's own test driver."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from filmed import filmed
from measured import provenance
from streamlit.testing.v1 import AppTest

from rom_vision.dashboard.parts import player
from rom_vision.dashboard.parts.player import Told
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_result import words_result
from rom_vision.edits import edits_of
from rom_vision.jobs import Order, work_next
from rom_vision.records import Client, MovementFinding, Record

SCRIPTS = Path(__file__).parent / "scripts"
NOTHING = Told(span=None, joint=None, client=None)

pytestmark = pytest.mark.usefixtures("owner")


@pytest.fixture
def anna(home: Path) -> Client:
    with Record.open() as record:
        return record.add_client("Anna Example", birth_date=date(1980, 5, 1), sex="female")


@pytest.fixture
def job_id(anna: Client, tmp_path: Path) -> str:
    """Three repetitions of Anna's left knee, measured and not yet kept."""
    made = filmed(tmp_path)
    clip = Path(copy(made.video, tmp_path / "clip.mp4"))
    found = the_jobs().submit(Order(anna.id, "knee_flexion", "left", "active"), clip, "olga")

    def run(order, video, overlay, on_progress):
        copy(video, overlay)
        return made.measurement

    work_next(the_jobs(), "test", run)
    return found


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """What the player, which the test driver can't click, tells next."""
    waiting: list[Told] = []
    show = player.show
    monkeypatch.setattr(
        player, "show", lambda *given, **named: (show(*given, **named), waiting.pop() if waiting else NOTHING)[1]
    )
    return waiting


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def open_page(**query: str) -> AppTest:
    page = AppTest.from_file(SCRIPTS / "measure.py", default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return run(page)


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return run(page)


def text_of(page: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("markdown", "caption", "error") for one in page.get(kind))


def test_a_dropped_repetition_is_marked_undone_and_kept_as_edited(anna, job_id, told):
    page = open_page(job=job_id)
    counts = next(group for group in page.button_group if group.label == words_result.COUNTS)
    assert len(counts.value) == 3
    counts.set_value(counts.value[1:])
    run(page)
    assert "does not count" in text_of(page)
    assert page.metric[0].label.startswith("Best peak of 2 repetitions")
    press(page, words_result.UNDO_EDIT)
    assert page.metric[0].label.startswith("Best peak of 3 repetitions")
    told.append(replace(NOTHING, span=(0.0, 4.5)))
    run(page)
    press(page, words_result.TRIM)
    page.segmented_control(key=f"pain {job_id}").set_value(3)
    press(run(page), words.KEEP)
    with Record.open() as record:
        (kept,) = record.measurements(anna.id)
        (finding,) = record.entries(anna.id, MovementFinding)
    assert len(edits_of(kept.provenance.settings).all) == 1
    assert kept.overlay_path.stat().st_size > 0
    assert (finding.measurement_id, finding.pain, finding.value_deg) == (kept.id, 3, kept.peak_deg)
    press(page, words.UNDO)
    with Record.open() as record:
        assert (record.measurements(anna.id), record.entries(anna.id, MovementFinding)) == ([], [])


def test_what_can_not_be_is_told_with_a_remedy_and_changes_nothing(job_id, told):
    page = open_page(job=job_id)
    told.append(replace(NOTHING, span=(0.9, 1.1)))
    run(page)
    press(page, words_result.COUNT_SPAN)
    assert "does not go there and back" in page.error[0].value
    assert words_result.EDITED + ".**" not in text_of(page)


def test_pointing_at_the_client_has_the_clip_measured_again(job_id, told):
    page = open_page(job=job_id)
    told.append(replace(NOTHING, client=(0.5, 0.25, 1.5)))
    run(page)
    (again,) = the_jobs().jobs()
    assert again.id != job_id
    assert (again.order.client_at_px, again.order.client_at_s) == ((180.0, 160.0), 1.5)


@pytest.fixture
def series(anna: Client, tmp_path: Path) -> Client:
    """The left knee on two days, the right one on the second."""
    made = filmed(tmp_path).measurement
    with Record.open() as record:
        for number, (side, on, deg) in enumerate(
            [
                ("left", date(2026, 9, 1), 80.0),
                ("left", date(2026, 10, 2), 110.0),
                ("right", date(2026, 10, 2), 130.0),
            ]
        ):
            one = replace(
                made, side=side, peak_deg=deg, uncertainty_deg=5.0, provenance=provenance(f"{number:064d}")
            )
            record.keep(anna.id, one, None, on=on)
    return anna


def open_compare(view: str, **query: str) -> AppTest:
    def script() -> None:
        import streamlit as st

        from rom_vision.dashboard import page_compare

        progress = st.Page(lambda: None, title="Progress", default=True)
        st.navigation([progress])
        page_compare.show(progress)

    page = AppTest.from_function(script, default_timeout=60)
    page.session_state["compared"] = view
    for name, value in query.items():
        page.query_params[name] = value
    return run(page)


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("sessions", "30° more than on 1 September 2026: a real change."),
        ("sides", "20° less than on the right side"),
    ],
)
def test_measurements_are_laid_over_each_other_and_compared_in_words(series, view, sentence):
    page = open_compare(view, client=series.id, test="knee_flexion", side="left")
    assert len(page.get("vega_lite_chart")) == 1
    assert sentence in text_of(page)


def test_all_joints_of_a_day_are_a_picture_with_words(series):
    page = open_compare("body", client=series.id)
    assert "Left knee flexion: 8" in text_of(page)
    assert "Right knee flexion: 9" in text_of(page)
