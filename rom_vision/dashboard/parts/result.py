"""What was measured, on a page: the same for a clip that waits to be kept and for one that is kept."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from rom_vision.compare import Comparisons, NormDifference
from rom_vision.dashboard import charts, tables, words
from rom_vision.exchange import captions
from rom_vision.kinematics.angles import Curve
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.quality import Problem


def headline(
    accepted: bool, peak_deg: float | None, uncertainty_deg: float | None, repetitions: int, mean_deg: float | None
) -> None:
    """The number, large, with its uncertainty; or that there is none.

    Args:
        repetitions: how many.
        mean_deg: of all repetitions' peaks.
    """
    if not accepted:
        st.subheader(words.REFUSED)
    elif peak_deg is None or uncertainty_deg is None or mean_deg is None:
        st.subheader(words.NO_REPETITION)
    else:
        st.metric(words.PEAK, captions.peak(peak_deg, uncertainty_deg))
        st.caption(words.tries(repetitions, mean_deg))


def comparisons(found: Comparisons) -> None:
    """What the result was held against, a line each."""
    for sentence in words.comparisons(found):
        st.markdown(sentence)
    if found.norm:
        st.markdown(words.norm(found.norm))


def problems(found: Sequence[Problem]) -> None:
    """What is wrong, with what to do about it; the refusing ones stand out."""
    for problem in found:
        if problem.refused:
            st.error(words.problem(problem), icon=":material/videocam_off:")
        else:
            st.warning(words.problem(problem), icon=":material/warning:")


def overlay(film: Path | None) -> None:
    """The film with what was measured drawn in."""
    if film is not None and film.exists():
        st.video(film, muted=True, alt=words.OVERLAY)
        st.caption(words.OVERLAY_HELP)
    else:
        st.caption(words.NO_VIDEO)


def curve(time_s: Curve, angle_deg: Curve, repetitions: Sequence[Repetition], norm: NormDifference | None) -> None:
    """The tested motion over time.

    Args:
        time_s: (n,) seconds from the first frame.
        angle_deg: (n,) degrees; NaN where not seen.
    """
    chart = charts.curve(tables.curve(time_s, angle_deg), tables.repetitions(repetitions), norm_line(norm))
    st.altair_chart(chart, alt=words.CURVE)


def repetition_table(repetitions: Sequence[Repetition]) -> None:
    """Each repetition's numbers."""
    if repetitions:
        st.table(tables.repetitions_to_read(repetitions))


def norm_line(norm: NormDifference | None) -> tuple[float, str] | None:
    """The norm as charts take it."""
    return None if norm is None else (norm.normal_deg, words.norm_line(norm.normal_deg, norm.norm))
