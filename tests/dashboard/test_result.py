"""The page of a result before it is kept, and the page of comparisons, under Streamlit's own test driver."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from filmed import filmed
from measured import provenance
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from rom_vision.capture.video import video_digest
from rom_vision.dashboard.parts import player
from rom_vision.dashboard.parts.player import Told
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_correct import words_correct
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


def open_correction(measurement_id: int) -> AppTest:
    def script() -> None:
        import streamlit as st

        from rom_vision.dashboard import page_progress

        measure = st.Page(lambda: None, title="Measure", default=True)
        st.navigation([measure])
        page_progress.show(measure)

    page = AppTest.from_function(script, default_timeout=60)
    page.query_params["correct"] = str(measurement_id)
    return run(page)


def drop_the_first(page: AppTest) -> AppTest:
    counts = next(group for group in page.button_group if group.label == words_result.COUNTS)
    counts.set_value(counts.value[1:])
    return run(page)


def test_edits_outlive_a_reload_and_a_restart(job_id):
    drop_the_first(open_page(job=job_id))
    the_jobs().close()
    the_jobs.cache_clear()
    again = open_page(job=job_id)
    assert again.metric[0].label.startswith("Best peak of 2 repetitions")
    press(again, words_result.UNDO_EDIT)
    assert open_page(job=job_id).metric[0].label.startswith("Best peak of 3 repetitions")


def test_a_kept_measurement_is_put_right_and_brought_back(anna, tmp_path):
    made = filmed(tmp_path)
    seen = replace(made.measurement, provenance=provenance(video_digest(made.video)))
    with Record.open() as record:
        kept = record.keep(anna.id, seen, made.video, on=date(2026, 11, 3))
    drop_the_first(open_correction(kept.id))
    page = open_correction(kept.id)  # as after a reload: the draft is there, the record as it was
    assert words_correct.CHANGED in text_of(page)
    with Record.open() as record:
        assert record.measurement(kept.id) == kept
    press(page, words_correct.SAVE)
    assert "olga: The repetition at" in text_of(page)
    with Record.open() as record:
        now = record.measurement(kept.id)
        assert (len(now.repetitions), len(edits_of(now.provenance.settings).all)) == (2, 1)
        assert now.overlay_path.stat().st_size > 0
    press(page, words_correct.AS_MEASURED)
    with Record.open() as record:
        assert len(record.measurement(kept.id).repetitions) == 3
        assert len(record.corrections(kept.id)) == 2


def test_without_its_film_what_can_not_be_changed_is_told(anna, tmp_path):
    made = filmed(tmp_path)
    with Record.open() as record:
        kept = record.keep(anna.id, made.measurement, None)
    page = open_correction(kept.id)
    assert words_correct.NO_FILM in [one.value for one in page.info]
    tool = next(group for group in page.button_group if group.label == words_result.TOOL)
    assert len(tool.options) == 1
    with Record.open() as record, record._writing() as (db, _):
        db.execute(text("DELETE FROM originals"))  # as of one that an earlier version kept
    assert words_correct.NOTHING_LEFT in [one.value for one in open_correction(kept.id).info]
