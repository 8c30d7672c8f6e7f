"""The chart of the body: the palpation findings of a session, to be placed, moved and looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, get_args

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.parts import entries, session
from rom_vision.dashboard.visitor import COMPONENTS
from rom_vision.dashboard.words_body import words_body
from rom_vision.dashboard.words_entries import line
from rom_vision.dashboard.words_record import words_record
from rom_vision.exchange import body_chart, body_places
from rom_vision.exchange.body_places import Area
from rom_vision.movements import load_muscles, load_segments
from rom_vision.records import Chart, Face, PalpationFinding

FACES: tuple[Face, ...] = get_args(Face)
DRAFT = "finding_on_the_body"  # where a click was, until its form is saved or left
MOVED = "moved_finding"  # as it was before, until that is undone or something else happens
SELECT_PX = 280
PAINS = ((4, "low"), (7, "middle"), (11, "high"))  # below which: the usual bounds of mild, moderate, severe


def show(record: GuardedRecord, chart: Chart) -> None:
    """Draw it: the body beside the findings as a list."""
    held = session.chosen(chart, flip=True)
    if held is None or held.id is None:
        return
    found = [finding for finding in chart.palpation if finding.session_id == held.id]
    editable = record.account.may("write")
    draft = _draft(chart.client.id, held.id)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.caption(words_body.HOW if editable else words_body.READ_ONLY)
        areas = list(_areas(found))
        told = _component()(
            key=f"body of {held.id}",
            data=_data(found, draft, areas, editable=editable),
            on_placed_change=_nothing, on_moved_change=_nothing, on_opened_change=_nothing,
        )  # fmt: skip
    if editable:
        _do(record, told, found, draft)
    with right:
        _offer_undo(record, found)
        entries.listed(record, found, draft)


def _draft(client_id: str, session_id: int) -> PalpationFinding:
    """A new finding: where the last click was, if it was in this session."""
    kept = st.session_state.get(DRAFT)
    if isinstance(kept, PalpationFinding) and (kept.client_id, kept.session_id) == (client_id, session_id):
        return kept
    return blank(client_id, session_id)


def blank(client_id: str, session_id: int) -> PalpationFinding:
    """A finding that nobody has placed yet."""
    return PalpationFinding(
        client_id=client_id,
        session_id=session_id,
        region="",
        face="front",
        x=0.5,
        y=0.5,
        kind="tenderness",
        pain=5,
    )


def _do(record: GuardedRecord, told: Any, found: Sequence[PalpationFinding], draft: PalpationFinding) -> None:
    """What was done on the body. What the browser tells is a hint: a finding is looked for among those shown."""
    if told.placed:
        st.session_state[DRAFT] = body_places.placed(replace(draft, region=""), *_place(told.placed))
        entries.open_form(st.session_state[DRAFT])
        st.rerun()
    for finding in found:
        if told.opened and told.opened["id"] == finding.id:
            entries.open_form(finding)
            st.rerun()
        if told.moved and told.moved["id"] == finding.id:
            st.session_state[MOVED] = finding
            record.save(body_places.placed(finding, *_place(told.moved)))
            st.rerun()
    if told.moved and told.moved["id"] == 0:
        st.session_state[DRAFT] = body_places.placed(draft, *_place(told.moved))
        st.rerun()


def _place(told: Mapping[str, Any]) -> tuple[Face, tuple[float, float]]:
    face: Face = "back" if told["face"] == "back" else "front"
    return face, (float(told["x"]), float(told["y"]))


def _offer_undo(record: GuardedRecord, found: Sequence[PalpationFinding]) -> None:
    before = st.session_state.get(MOVED)
    now = next((finding for finding in found if before and finding.id == before.id), None)
    if before is None or now is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(f"{words_body.MOVED} {line(now)}")
        if st.button(words_record.UNDO, icon=":material/undo:", key="undo move"):
            record.save(replace(before, version=now.version))
            del st.session_state[MOVED]
            st.rerun()


def _areas(found: Sequence[PalpationFinding]) -> Iterator[tuple[str, str, Area]]:
    """What is to be shown beside the findings: kind, label and where."""
    muscles = load_muscles()
    known = [key for key, muscle in muscles.items() if muscle.referral]
    segments = load_segments()
    with st.popover(words_body.EXPECTED, icon=":material/layers:"):
        of_findings = st.toggle(words_body.OF_FINDINGS, key="areas of findings", persist_state="session")
        muscle = st.selectbox(
            words_body.OF_MUSCLE, [None, *known], width=SELECT_PX,
            format_func=lambda key: muscles[key].name if key else words_body.NONE,
        )  # fmt: skip
        level = st.selectbox(
            words_body.OF_SEGMENT,
            [None, *segments],
            format_func=lambda key: key or words_body.NONE,
            width=SELECT_PX,
        )
        st.caption(words_body.ONLY_POINTS)
    if muscle and (referral := muscles[muscle].referral):
        yield from _labelled("referral", muscles[muscle].name, body_places.referral_of(muscle, None))
        st.caption(words_body.felt(muscles[muscle], referral))
    if level:
        yield from _labelled("dermatome", level, body_places.dermatome_of(level, None))
        st.caption(words_body.felt(segments[level], segments[level].covers))
    for finding in found if of_findings else ():
        kind = "dermatome" if finding.level else "referral"
        yield from _labelled(kind, words_record.choice(finding.kind), body_places.expected(finding))


def _labelled(kind: str, whose: str, areas: Sequence[Area]) -> Iterator[tuple[str, str, Area]]:
    return ((kind, words_body.area_label(area, whose), area) for area in areas)


def _data(
    found: Sequence[PalpationFinding], draft: PalpationFinding, areas: Sequence[tuple[str, str, Area]],
    *, editable: bool,
) -> dict[str, Any]:  # fmt: skip
    """What the component draws. A draft has the number 0; `open` names the finding whose form is open."""
    shown = [*found, *([replace(draft, id=0)] if draft.region and entries.is_open(draft) else [])]
    return {
        "wide": body_chart.WIDTH_TO_HEIGHT,
        "outline": body_chart.outline().svg(),
        "editable": editable,
        "open": next((finding.id or 0 for finding in (draft, *found) if entries.is_open(finding)), None),
        "faces": [_face(face, editable=editable) for face in FACES],
        "findings": [
            {
                "id": finding.id, "face": finding.face, "x": finding.x, "y": finding.y, "pain": finding.pain,
                "level": next(name for below, name in PAINS if finding.pain < below),
                "label": words_body.finding_label(finding, editable=editable),
            }
            for finding in shown
        ],
        "areas": [
            {"kind": kind, "label": label, "face": area.region.surface, "x": area.place[0], "y": area.place[1]}
            for kind, label, area in areas
        ],
    }  # fmt: skip


def _face(face: Face, *, editable: bool) -> dict[str, Any]:
    left, right = words_body.sides(face)
    return {
        "id": face, "title": words_body.FACES[face], "left": left, "right": right,
        "label": words_body.face_label(face, editable=editable),
        "lines": [line.svg() for line in body_chart.features(face)],
    }  # fmt: skip


@cache
def _file(name: str) -> str:
    return (COMPONENTS / name).read_text()


def _component() -> Any:
    return st.components.v2.component(
        "rom_vision_body_chart",
        html='<div class="faces"></div>',
        css=_file("body_chart.css"),
        js=_file("body_chart.js"),
    )


def _nothing() -> None:
    """A callback makes the trigger known to Streamlit; what to do is decided in the run that follows."""
