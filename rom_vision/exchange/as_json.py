"""A measurement as plain JSON."""

import math
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from rom_vision.compare import ActivePassive, Change, Comparisons, SideDifference
from rom_vision.edits import by_hand
from rom_vision.kinematics.hold import DRIFT_DOUBT_DEG, Hold
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.language import ENGLISH, speaking
from rom_vision.measure import Measurement, Provenance
from rom_vision.movements import norm_for
from rom_vision.records.typed_json import Json

Compared = TypeVar("Compared", Change, SideDifference, ActivePassive)


@speaking(ENGLISH)
def as_json(measurement: Measurement, comparisons: Comparisons | None = None) -> dict[str, Json]:
    """A measurement in JSON's own types: degrees to a hundredth, seconds to a millisecond.

    What is not known is None. `norm` is the general one; whoever knows the client's sex and age finds a
    closer one in the comparison.

    Args:
        comparisons: what the result was held against; None where nothing was compared.
    """
    norm = norm_for(measurement.test, None, None, measurement.mode)
    return {
        "accepted": measurement.accepted,
        "problems": [asdict(problem) for problem in measurement.problems],
        "movement": measurement.test.id,
        "side": measurement.side,
        "mode": measurement.mode,
        "peak_deg": _deg(measurement.peak_deg),
        "uncertainty_deg": _deg(measurement.uncertainty_deg),
        "mean_peak_deg": _deg(measurement.mean_peak_deg),
        "range_deg": _deg(measurement.range_deg),
        "repetitions": [_repetition(repetition) for repetition in measurement.repetitions],
        "hold": _hold(measurement.hold) if measurement.hold else None,
        "norm": asdict(norm) if norm else None,
        "comparison": _comparison(comparisons) if comparisons else None,
        "edited_by_hand": list(by_hand(measurement.provenance.settings)),
        "provenance": _provenance(measurement.provenance),
    }


def _repetition(repetition: Repetition) -> dict[str, Json]:
    return {
        "start_s": _s(repetition.start_s),
        "peak_s": _s(repetition.peak_s),
        "end_s": _s(repetition.end_s),
        "start_deg": _deg(repetition.start_deg),
        "peak_deg": _deg(repetition.peak_deg),
        "range_deg": _deg(repetition.range_deg),
        "hold_s": _s(repetition.hold_s),
        "speed_deg_s": _deg(repetition.speed_deg_s),
    }


def _hold(hold: Hold) -> dict[str, Json]:
    return {
        "start_s": _s(hold.start_s),
        "end_s": _s(hold.end_s),
        "lasted_s": _s(hold.lasted_s),
        "whole": hold.whole,
        "position_deg": _deg(hold.position_deg),
        "drift_deg": _deg(hold.drift_deg),
        "drift_uncertainty_deg": DRIFT_DOUBT_DEG,
        "isometric": hold.isometric,
        "tremor_deg": _deg(hold.tremor_deg),
    }


def _comparison(comparisons: Comparisons) -> Json:
    norm = comparisons.norm
    return {
        "earlier": _against(comparisons.earlier, lambda change: {"real": change.real}),
        "other_side": _against(
            comparisons.other_side,
            lambda sides: {"verdict": sides.verdict, "symmetry_index_percent": _deg(sides.symmetry_index_percent)},
        ),
        "passive": _against(comparisons.passive, lambda modes: {"verdict": modes.verdict}),
        "norm": {
            "normal_deg": _deg(norm.normal_deg),
            "difference_deg": _deg(norm.difference_deg),
            "verdict": norm.verdict,
            "source": norm.norm.source,
            "sureness": norm.norm.sureness,
            "sentence": norm.sentence,
        }
        if norm
        else None,
    }


def _against(comparison: Compared | None, verdict: Callable[[Compared], dict[str, Json]]) -> Json:
    """What all comparisons of two results tell, and what one kind tells alone."""
    if comparison is None:
        return None
    return {
        "on": comparison.reference.on.isoformat(),
        "peak_deg": _deg(comparison.reference.peak_deg),
        "difference_deg": _deg(comparison.difference_deg),
        "uncertainty_deg": _deg(comparison.uncertainty_deg),
        "threshold_deg": _deg(comparison.threshold_deg),
        **verdict(comparison),
        "sentence": comparison.sentence,
    }


def _provenance(provenance: Provenance) -> dict[str, Json]:
    return {
        "program": provenance.program,
        "mediapipe": provenance.mediapipe,
        "model": provenance.model,
        "model_sha256": provenance.model_sha256,
        "video_sha256": provenance.video_sha256,
        "settings": dict(provenance.settings),
        "made_at": provenance.made_at.isoformat(timespec="seconds"),
    }


def _deg(value: float | None) -> float | None:
    return _rounded(value, 2)


def _s(value: float | None) -> float | None:
    return _rounded(value, 3)


def _rounded(value: float | None, decimals: int) -> float | None:
    """JSON knows no NaN."""
    return round(float(value), decimals) if value is not None and math.isfinite(value) else None
