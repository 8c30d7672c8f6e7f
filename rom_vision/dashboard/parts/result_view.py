"""A result: looked at, changed by hand, and held against what there is.

Each change starts from the measurement as the program made it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.capture.video import Video
from rom_vision.compare import Comparisons, NormDifference, best_before
from rom_vision.dashboard import films, tables
from rom_vision.dashboard.parts import changes, player, result
from rom_vision.dashboard.parts.changes import Draft
from rom_vision.dashboard.parts.player import TOOLS, Lines, Tool
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_result import words_result as said
from rom_vision.edits import Edits, edits_of
from rom_vision.exchange.overlay import write_overlay
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, MovementTest, Side
from rom_vision.records import Goal, KeptMeasurement

PointAt = Callable[[tuple[float, float], float], None]
"""Takes a point on the client, pixels of the film, and when; has the clip measured again."""


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Film:
    """What came of a clip.

    Attributes:
        measurement: as the program made it.
        video: None where it is kept no longer.
        overlay: the clip with a measurement drawn in.
        drawn: the changes that are drawn in there; None where that is of no use any more.
        tools: what may be done on the film.
    """

    measurement: Measurement
    video: Path | None
    overlay: Path | None
    drawn: Edits | None
    tools: tuple[Tool, ...] = TOOLS


def show(
    record: GuardedRecord,
    client_id: str,
    film: Film,
    draft: Draft,
    keep: Callable[[Measurement], date],
    point_at: PointAt,
) -> None:
    """Draw the result.

    Args:
        draft: what is being changed in it.
        keep: draws what is done with the measurement as it now is; gives the day on which the client moved.
    """
    key = draft.key
    measurement = changes.applied(draft)
    left, right = st.columns([3, 2], gap="large")
    with right:
        on = keep(measurement)
    found = record.compared(client_id, measurement, on)
    with left:
        _number(measurement, found)
    tool = changes.tool(key, film.tools)
    # a film that was drawn over shows another measurement than this one
    plain = edits_of(measurement.provenance.settings) != film.drawn or film.overlay is None or tool == "joints"
    addresses = [films.address(path, client_id, "write") for path in (film.video, film.overlay)]
    told = player.show(
        player.Shown(
            src=addresses[0 if plain else 1] or addresses[0],
            fallback=addresses[1 if plain else 0],
            time_s=measurement.landmarks.time_s,
            curve=measurement.curve,
            repetitions=measurement.repetitions if measurement.accepted else (),
            uncertainty_deg=measurement.uncertainty_deg,
            lines=lines(
                record,
                client_id,
                measurement.test,
                measurement.side,
                measurement.mode,
                on,
                found.norm if found else None,
            ),
            measurement=measurement,
            draws_body=plain,
            until_s=float(film.measurement.landmarks.time_s[-1]),
        ),
        key=f"player {key}",
        tool=tool,
        span=changes.span(key),
    )
    if told.client and film.video is not None:
        x, y, at_s = told.client
        width, height = Video(film.video).size_px
        point_at((x * width, y * height), at_s)
    changes.show(draft, measurement, told)
    if measurement.repetitions and measurement.accepted:
        st.table(tables.repetitions_to_read(measurement.repetitions))


def lines(
    record: GuardedRecord,
    client_id: str,
    test: MovementTest,
    side: Side | None,
    mode: Mode,
    on: date,
    norm: NormDifference | None,
) -> Lines:
    """What a curve is held against: the norm, the goal of the series, and the best of the days before."""
    if mode == "resisted":
        return Lines()
    earlier = best_before(record.results(client_id, test.id, side, mode), on)
    goal = _goal_deg(record, client_id, test, side, mode)
    return Lines(
        norm=None if norm is None else (norm.normal_deg, said.norm(norm.normal_deg)),
        goal=None if goal is None else (goal, said.goal(goal)),
        best=None if earlier is None else (earlier.peak_deg, said.best(earlier)),
    )


@contextmanager
def overlay(film: Film, measurement: Measurement) -> Iterator[Path | None]:
    """The film with the measurement drawn in, while this lasts: drawn anew where it was changed."""
    if edits_of(measurement.provenance.settings) == film.drawn:
        yield film.overlay
        return
    if film.video is None:
        yield None
        return
    with TemporaryDirectory() as folder:
        drawn = Path(folder) / "overlay.mp4"
        with st.spinner(said.DRAWING):
            write_overlay(measurement, film.video, drawn)
        yield drawn


def kept(record: GuardedRecord, measurement: KeptMeasurement, norm: NormDifference | None) -> None:
    """A kept measurement in the player: the film that was drawn over, and its curve."""
    curves = record.curves(measurement.id)
    result.headline(measurement)
    result.by_hand(measurement)
    result.problems(measurement)
    shown = [
        films.address(path, measurement.client_id) for path in (measurement.overlay_path, measurement.video_path)
    ]
    player.show(
        player.Shown(
            src=shown[0] or shown[1],
            fallback=shown[1],
            time_s=curves.joints.time_s,
            curve=curves.tested_deg,
            repetitions=measurement.repetitions if measurement.accepted else (),
            uncertainty_deg=measurement.uncertainty_deg,
            lines=lines(
                record, measurement.client_id, measurement.test, measurement.side, measurement.mode,
                measurement.on, norm,
            ),
        ),
        key=f"player {measurement.id}",
    )  # fmt: skip
    if measurement.repetitions and measurement.accepted:
        st.table(tables.repetitions_to_read(measurement.repetitions))


def _number(measurement: Measurement, found: Comparisons | None) -> None:
    result.headline(measurement)
    with st.popover(said.DEFINITION, icon=":material/info:"):
        st.markdown(measurement.test.definition)
        st.markdown(said.UNCERTAINTY)
        st.markdown(words.facts(measurement.test))
    result.by_hand(measurement)
    if found:
        result.comparisons(found)
    result.problems(measurement)


def _goal_deg(
    record: GuardedRecord, client_id: str, test: MovementTest, side: Side | None, mode: Mode
) -> float | None:
    """Of the latest goal that is told by this test; None for who may not read the goals."""
    if not record.account.may("read"):
        return None
    goals = [
        goal.target_deg
        for goal in record.entries(client_id, Goal)
        if (goal.movement, goal.side, goal.mode) == (test.id, side, mode) and goal.target_deg is not None
    ]
    return goals[-1] if goals else None
