"""What the hand finds in a test beside the film: pain, end feel, strength."""

from typing import get_args

import streamlit as st

from rom_vision.accounts import GuardedRecord
from rom_vision.dashboard.words_record import words_record
from rom_vision.dashboard.words_result import words_result as said
from rom_vision.measure import Measurement
from rom_vision.records import KeptMeasurement, MovementFinding
from rom_vision.records.findings import FeltEnd

PAIN, STRENGTH = range(11), range(6)


def ask(measurement: Measurement, client_id: str, key: str) -> MovementFinding | None:
    """Draws the questions that fit the mode; gives the finding, still of no session, or None."""
    st.markdown(f"**{said.FOUND}**")
    pain = st.segmented_control(said.PAIN, PAIN, key=f"pain {key}")
    end_feel = strength = None
    if measurement.mode == "passive":
        end_feel = st.selectbox(
            said.END_FEEL, get_args(FeltEnd), None, format_func=words_record.choice, key=f"end feel {key}",
            placeholder=words_record.NOT_SAID,
        )  # fmt: skip
    if measurement.mode == "resisted":
        strength = st.segmented_control(said.STRENGTH, STRENGTH, key=f"strength {key}")
    note = st.text_input(said.NOTE, key=f"note {key}")
    if pain is None and end_feel is None and strength is None and not note:
        return None
    return MovementFinding(
        client_id=client_id, session_id=0, movement=measurement.test.id, side=measurement.side,
        mode=measurement.mode, by="film", pain=pain, end_feel=end_feel, strength=strength, note=note,
    )  # fmt: skip


def take_back(record: GuardedRecord, kept: KeptMeasurement) -> None:
    """Delete a kept measurement with what was found beside it."""
    for finding in record.entries(kept.client_id, MovementFinding):
        if finding.measurement_id == kept.id:
            record.delete(finding)
    record.discard(kept.id)
