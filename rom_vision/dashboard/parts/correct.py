"""A kept measurement put right by hand: in the same player as before it was kept, saved as a correction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.capture.pose_model import DEFAULT_SIZE, LANDMARKS
from rom_vision.capture.video import video_digest
from rom_vision.dashboard import visitor
from rom_vision.dashboard.parts import result, result_view
from rom_vision.dashboard.parts.changes import Draft
from rom_vision.dashboard.parts.player import TOOLS, Tool
from rom_vision.dashboard.parts.result_view import Film
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_correct import words_correct as said
from rom_vision.edits import edits_of
from rom_vision.exchange import captions
from rom_vision.jobs import Order
from rom_vision.measure import Measurement
from rom_vision.records import Correction, KeptMeasurement, Original

LONGEST = 9  # digits of a number that any database holds
CORRECT = "correct"  # in the address: the number of the measurement
JOB = "job"  # in the address of the page Measure
DONE = "corrected"  # what was done, told once


def asked(record: GuardedRecord) -> KeptMeasurement | None:
    """The measurement that the address asks to put right."""
    number = st.query_params.get(CORRECT, "")
    if not (number.isdecimal() and len(number) <= LONGEST and record.account.may("write")):
        return None
    return record.measurement(int(number))


def offer(record: GuardedRecord, kept: KeptMeasurement) -> None:
    """The way to it, and what stood there before."""
    if record.account.may("read"):
        history(record.corrections(kept.id))
    if record.account.may("write") and st.button(said.OPEN, key=f"correct {kept.id}", icon=":material/edit:"):
        st.query_params[CORRECT] = str(kept.id)
        st.rerun()


def line(record: GuardedRecord, kept: KeptMeasurement, progress_page: st.Page) -> None:
    """One measurement in a list, which opens on `progress_page`."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words.measured(kept, None), width="content")
        if record.account.may("write") and st.button(
            said.OPEN, key=f"correct {kept.id}", icon=":material/edit:", type="tertiary"
        ):
            st.switch_page(progress_page, query_params={CORRECT: str(kept.id)})


def history(corrections: Sequence[Correction]) -> None:
    """Each correction with the number before it."""
    if corrections:
        st.markdown(f"**{said.HISTORY}**")
        st.markdown("\n".join(f"- {said.correction(one)}" for one in corrections))


def show(record: GuardedRecord, kept: KeptMeasurement, measure_page: st.Page) -> None:
    """Draw the measurement with the tools; what is measured again goes on at `measure_page`."""
    record.account.demand("write", kept.client_id)
    st.title(captions.title(kept.test, kept.side, kept.mode))
    st.caption(f"{words.client(record.client(kept.client_id))} · {captions.day(kept.on)}")
    if st.button(said.BACK, icon=":material/arrow_back:"):
        close()
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/check_circle:")
    original = record.original(kept.id)
    corrections = record.corrections(kept.id)
    video = kept.video_path if kept.video_path and kept.video_path.exists() else None
    if original is None:
        _without_landmarks(record, kept, video, measure_page)
    else:
        _tools(record, kept, original, video, len(corrections), measure_page)
    history(corrections)


def close() -> None:
    """Back to where it was opened."""
    del st.query_params[CORRECT]
    st.rerun()


def _tools(
    record: GuardedRecord, kept: KeptMeasurement, original: Original, video: Path | None, seen: int,
    measure_page: st.Page,
) -> None:  # fmt: skip
    saved = edits_of(kept.provenance.settings)
    film = Film(
        measurement=original.measurement,
        video=video,
        overlay=kept.overlay_path if kept.overlay_path and kept.overlay_path.exists() else None,
        drawn=saved,
        tools=_possible(kept, video),
    )
    draft = Draft(
        key=f"kept {kept.id} {seen}",
        original=original.measurement,
        edits=saved if original.draft is None else original.draft,
        save=lambda edits: record.keep_draft(kept.id, None if edits == saved else edits),
    )

    def keep(measurement: Measurement) -> date:
        with st.container(border=True):
            _save(record, kept, film, draft, measurement, seen)
            _take_back(record, kept, film, original.first, seen)
        return kept.on

    def point_at(at_px: tuple[float, float], at_s: float) -> None:
        assert video is not None  # else there is nothing to point at
        _measure_again(record, kept, video, measure_page, at_px, at_s)

    result_view.show(record, kept.client_id, film, draft, keep, point_at)


def _possible(kept: KeptMeasurement, video: Path | None) -> tuple[Tool, ...]:
    """What may be done on the film, of which the reader is told what may not."""
    if video is None:
        st.info(said.NO_FILM, icon=":material/videocam_off:")
        return ("look",)
    if video_digest(video) != kept.provenance.video_sha256:
        st.info(said.OTHER_FILM, icon=":material/blur_on:")
        return ("look", "joints")
    return TOOLS


def _save(
    record: GuardedRecord, kept: KeptMeasurement, film: Film, draft: Draft, measurement: Measurement, seen: int
) -> None:
    """What becomes of the draft."""
    if draft.edits == film.drawn:
        st.markdown(said.NOTHING_CHANGED)
        return
    st.markdown(said.CHANGED)
    fits = measurement.accepted and edits_of(measurement.provenance.settings) == draft.edits
    if not measurement.accepted:
        st.warning(said.REFUSED)
    with st.container(horizontal=True):
        if fits and st.button(said.SAVE, type="primary", icon=":material/check:"):
            with result_view.overlay(film, measurement) as overlay:
                record.correct(kept.id, measurement, seen=seen, overlay=overlay)
            _done(said.SAVED)
        if st.button(said.DROP_DRAFT):
            record.keep_draft(kept.id, None)
            st.rerun()


def _take_back(
    record: GuardedRecord, kept: KeptMeasurement, film: Film, first: Measurement | None, seen: int
) -> None:
    """The way back to how it was measured at first, also where its film was measured again since."""
    again = first is not None and first.provenance != film.measurement.provenance
    changed = film.drawn is not None and film.drawn.all
    if (again or changed) and st.button(said.AS_MEASURED, icon=":material/undo:"):
        with result_view.overlay(replace(film, drawn=None), first or film.measurement) as overlay:
            record.correct(
                kept.id, first or film.measurement, seen=seen, overlay=overlay, original=first if again else None
            )
        _done(said.TAKEN_BACK)


def _done(what: str) -> None:
    st.session_state[DONE] = what
    st.rerun()


def _without_landmarks(
    record: GuardedRecord, kept: KeptMeasurement, video: Path | None, measure_page: st.Page
) -> None:
    again = video if video and video_digest(video) == kept.provenance.video_sha256 else None
    if again is None:
        st.info(said.NOTHING_LEFT, icon=":material/videocam_off:")
    else:
        st.info(said.NO_LANDMARKS, icon=":material/info:")
        if st.button(said.AGAIN, type="primary", icon=":material/refresh:", help=said.AGAIN_HELP):
            _measure_again(record, kept, again, measure_page)
    result.headline(kept)
    result.by_hand(kept)


def _measure_again(
    record: GuardedRecord, kept: KeptMeasurement, video: Path, measure_page: st.Page,
    at_px: tuple[float, float] | None = None, at_s: float = 0.0,
) -> None:  # fmt: skip
    """Order it from the film, as it was ordered at first; what comes of it is shown where clips are measured."""
    made_with = kept.provenance
    camera = made_with.settings.get("camera")
    order = Order(
        kept.client_id, kept.movement, kept.side, kept.mode,
        model=made_with.model if made_with.model in LANDMARKS else DEFAULT_SIZE,
        camera=camera if isinstance(camera, str) else None,
        client_at_px=at_px, client_at_s=at_s, corrects=kept.id,
    )  # fmt: skip
    job_id = visitor.jobs(record.account).submit(order, video, move=False)
    st.session_state[JOB] = job_id
    st.switch_page(measure_page)
