"""What was measured, on a page: the same for a clip that waits to be kept and for one that is kept."""

from typing import TypeAlias

import streamlit as st

from rom_vision.compare import Comparisons, NormDifference
from rom_vision.dashboard.words import words
from rom_vision.exchange import captions
from rom_vision.measure import Measurement
from rom_vision.records import KeptMeasurement

Outcome: TypeAlias = Measurement | KeptMeasurement


def headline(outcome: Outcome) -> None:
    """The number, large, with its uncertainty; or that there is none."""
    if not outcome.accepted:
        st.subheader(words.REFUSED)
    elif outcome.peak_deg is None or outcome.uncertainty_deg is None:
        st.subheader(words.NO_REPETITION)
    else:
        st.metric(words.tries(outcome), captions.peak(outcome.peak_deg, outcome.uncertainty_deg))


def comparisons(found: Comparisons) -> None:
    """What the result was held against, a line each."""
    for sentence in words.comparisons(found):
        st.markdown(sentence)
    if found.norm:
        st.markdown(words.norm(found.norm))


def problems(outcome: Outcome) -> None:
    """What is wrong, with what to do about it; the refusing ones stand out."""
    for problem in outcome.problems:
        if problem.refused:
            st.error(words.problem(problem), icon=":material/videocam_off:")
        else:
            st.warning(words.problem(problem), icon=":material/warning:")


def by_hand(outcome: Outcome) -> None:
    """What a person changed in it."""
    if changed := captions.edited_by_hand(outcome.provenance):
        st.markdown(f":orange-badge[:material/edit: {words.sentence(changed)}]")


def norm_line(norm: NormDifference | None) -> tuple[float, str] | None:
    """The norm as charts take it."""
    return None if norm is None else (norm.normal_deg, words.norm_line(norm.normal_deg, norm.norm))
