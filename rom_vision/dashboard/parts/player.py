"""Film and curve side by side, tied together; what is done with them comes back as what the therapist wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

import numpy as np
import streamlit as st

from rom_vision.capture.landmarks import Point
from rom_vision.concerned import Span, concerned
from rom_vision.dashboard.visitor import COMPONENTS
from rom_vision.dashboard.words_result import words_result as words
from rom_vision.edits import PutRight, edits_of, joints_px
from rom_vision.exchange import captions
from rom_vision.exchange.skeleton import BONES
from rom_vision.kinematics.angles import ANGLES, Curve
from rom_vision.kinematics.body import FITTED
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.language import read_back
from rom_vision.measure import Measurement

Tool = Literal["look", "joints", "client"]
TOOLS: tuple[Tool, ...] = get_args(Tool)
SCRIPTS = ("player_chart.js", "player_body.js", "player.js")
UNKNOWN_PX = (1280, 720)
DRAWN = tuple(bone for bone in BONES if set(bone) <= set(FITTED))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """What stands in the chart to compare with, in degrees, and what it is called; None where there is none."""

    norm: tuple[float, str] | None = None
    goal: tuple[float, str] | None = None
    best: tuple[float, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was done in the player in this run; None for nothing.

    Attributes:
        span: a part of the clip was marked; `()` where it was unmarked.
        joint: a joint was dragged.
        client: a point on the client, as shares of width and height of the picture, and when.
    """

    span: Span | tuple[()] | None
    joint: PutRight | None
    client: tuple[float, float, float] | None


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Shown:
    """A film and its curve.

    Attributes:
        src: address of the film; None where there is none.
        fallback: address of another that every browser plays.
        time_s, curve: (n,) as of a measurement.
        measurement: for showing what was wrong where; None where only curves are kept.
        until_s: how long the clip is, where less of it is measured.
        draws_body: whether the body is to be drawn upon the film, since the film has none in it.
    """

    src: str | None
    fallback: str | None
    time_s: Curve
    curve: Curve
    repetitions: Sequence[Repetition]
    uncertainty_deg: float | None
    lines: Lines
    measurement: Measurement | None = None
    draws_body: bool = False
    until_s: float = 0.0


def show(shown: Shown, key: str, *, tool: Tool = "look", span: Span | None = None) -> Told:
    """Draw it, and give what was done in it."""
    nothing = dict.fromkeys(("on_span_change", "on_joint_change", "on_client_change"), lambda: None)
    key = key.replace("_", "-")  # a job's id may hold "__", which Streamlit keeps for itself
    told = _component()(key=key, data=_data(shown, tool, span), width="stretch", **nothing)
    joint, client = told.joint, told.client
    return Told(
        span=None if "span" not in told or told.span is None else _span(told.span),
        joint=PutRight(
            point=Point[joint["point"]],
            time_s=float(joint["time"]),
            image_px=(float(joint["x"]), float(joint["y"])),
        )
        if joint and joint["point"] in Point.__members__
        else None,
        client=(float(client["x"]), float(client["y"]), float(client["time"])) if client else None,
    )


def _span(told: Sequence[float]) -> Span | tuple[()]:
    return (float(told[0]), float(told[1])) if len(told) == 2 else ()


@cache
def _component() -> Any:
    return st.components.v2.component(
        "rom_vision_player",
        html=(COMPONENTS / "player.html").read_text(),
        css=(COMPONENTS / "player.css").read_text(),
        js="\n".join((COMPONENTS / name).read_text() for name in SCRIPTS),
    )


def _data(shown: Shown, tool: Tool, span: Span | None) -> dict[str, Any]:
    """What the scripts get."""
    measurement = shown.measurement
    wrong = _wrong(measurement) if measurement else []
    lines = [
        {"kind": kind, "deg": line[0], "label": line[1]}
        for kind, line in (("norm", shown.lines.norm), ("goal", shown.lines.goal), ("best", shown.lines.best))
        if line
    ]
    picture = measurement.landmarks.size_px if measurement else UNKNOWN_PX
    return {
        "src": shown.src,
        "fallback": shown.fallback,
        "picture": list(picture),
        "t": np.round(shown.time_s, 3).tolist(),
        "y": [round(float(deg), 2) if np.isfinite(deg) else None for deg in shown.curve],
        "until": shown.until_s,
        "uncertainty": shown.uncertainty_deg,
        "repetitions": [_repetition(one, number) for number, one in enumerate(shown.repetitions, 1)],
        "wrong": wrong,
        "lines": lines,
        "key": _key(bool(shown.repetitions), bool(wrong), lines),
        "span": list(span) if span else None,
        "tool": tool,
        "words": words.PLAYER,
        "file": "curve",
        **_body(measurement if shown.draws_body else None, drags=tool == "joints"),
    }


def _repetition(one: Repetition, number: int) -> dict[str, Any]:
    return {
        "start": one.start_s, "peak": one.peak_s, "end": one.end_s, "deg": one.peak_deg,
        "label": captions.degrees(one.peak_deg), "name": words.repetition(number),
    }  # fmt: skip


def _wrong(measurement: Measurement) -> list[dict[str, Any]]:
    """The moments that each problem is about."""
    return [
        {"start": start_s, "end": end_s, "name": words.PROBLEMS.get(problem.kind) or read_back(problem.message)}
        for problem in measurement.problems
        for start_s, end_s in concerned(problem, measurement)
    ]


def _key(repeated: bool, wrong: bool, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"text": words.ANGLE, "hue": "curve"}]
    if repeated:
        found.append({"text": words.REPETITION_KEY, "hue": "curve", "area": True})
    if wrong:
        found.append({"text": words.WRONG_KEY, "hue": "wrong", "area": True})
    dashes = {"norm": "dashed", "goal": "dotted", "best": "dashed"}
    return found + [{"text": one["label"], "hue": one["kind"], "line": dashes[one["kind"]]} for one in lines]


def _body(measurement: Measurement | None, *, drags: bool) -> dict[str, Any]:
    """The joints that can be dragged first, then the others, frame by frame, in whole pixels."""
    if measurement is None:
        return {"joints": [], "bones": [], "body": None}
    essential, supporting = ANGLES[measurement.test.angle].points(measurement.side)
    tested = sorted((essential | supporting) & set(FITTED))
    put = [edit for edit in edits_of(measurement.provenance.settings).all if isinstance(edit, PutRight)]
    time_s = measurement.landmarks.time_s

    def by_hand(point: Point) -> list[int]:
        return [int(np.argmin(np.abs(time_s - edit.time_s))) for edit in put if edit.point == point]

    drawn = [*tested, *(point for point in FITTED if point not in tested)]
    places = joints_px(measurement)[:, drawn].reshape(len(time_s), -1)
    return {
        "joints": [
            {
                "point": point.name,
                "label": words.joint(point),
                "byHand": by_hand(point),
                "drag": drags and point in tested,
            }
            for point in drawn
        ],
        "bones": [[drawn.index(a), drawn.index(b), {a, b} <= essential] for a, b in DRAWN],
        "body": [[round(float(px)) if np.isfinite(px) else None for px in frame] for frame in places],
    }
