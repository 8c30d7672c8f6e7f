"""The accuracy table and its plots."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from benchmarks import passive
from benchmarks.accuracy_rows import Row
from benchmarks.accuracy_set import Split
from benchmarks.passive import PassiveRow
from benchmarks.studio.manners import MANNERS
from rom_vision.movements import movement_test
from rom_vision.neck import JOINT as NECK

METHODS = ("ours", "fit", "image", "world")
# dashed: where ours is the image's, both are seen
STYLES = {"ours": "o--", "fit": "d:", "image": "s-", "world": "^-"}
COLOURS = {"ours": "#d96b00", "fit": "#59a14f", "image": "#4c78a8", "world": "#9aa5b1"}


LEAST_HARM_DEG = 0.5


def write(rows: Sequence[Row], by_hand: Mapping[Split, Sequence[PassiveRow]], folder: Path) -> None:
    """accuracy.md, error_by_azimuth.png and bland_altman.png.

    Args:
        by_hand: the films of passive tests, whose rows are among the others.
    """
    table = pd.DataFrame([asdict(row) for row in rows])
    table = table[table["mode"] == "active"]
    rendered = table[(table.split != "real") & table.should_accept]
    parts = ["# Accuracy", METHOD_NOTE]
    for split in ("test", "development"):
        of_split = rendered[rendered.split == split]
        if len(of_split):
            parts += [f"## {split.capitalize()} split, by view", _markdown(_by(of_split, "azimuth_deg"))]
            ideal = of_split[of_split.azimuth_deg == 0]
            parts += [f"## {split.capitalize()} split, ideal view, by movement", _markdown(_by_movement(ideal))]
            parts += [f"## {split.capitalize()} split, where the network does harm", _harm(of_split)]
    parts += ["## Taken and refused", _markdown(_refusals(table[table.method == "ours"]))]
    for split, films in by_hand.items():
        parts += [
            f"## Passive tests, {split} split",
            "\n\n".join(passive.summary(films)),
            _markdown(_passive(films)),
        ]
    if len(real := table[table.split == "real"]):
        parts += ["## Real clips, mean absolute error of the curve", _markdown(_real(real))]
    parts += ["![Error against azimuth](error_by_azimuth.png)", "![Bland-Altman](bland_altman.png)"]
    (folder / "accuracy.md").write_text("\n\n".join(parts) + "\n")
    _error_by_azimuth(rendered).savefig(folder / "error_by_azimuth.png", dpi=110)
    _bland_altman(rendered[(rendered.method == "ours") & rendered.accepted]).savefig(
        folder / "bland_altman.png", dpi=110
    )


METHOD_NOTE = """Rendered people whose joint angles are known exactly (`benchmarks/accuracy_set.py` says who, how
filmed, and what may be learned from), by four methods on the same landmarks. *ours*: what the program says,
where it takes the film. *fit*: the same body without the network that tells depth. *image*: the plain angle in
the picture plane. *world*: MediaPipe's world landmarks. Errors in degrees: **peak** is measured less true best
peak, its mean absolute value, bias and spread (SD); **curve** is the mean absolute error over all frames;
**inside** is the share of true peaks inside the stated 95 % interval; **counted** is the share of films whose
repetitions were counted right. The network does harm in a group of films where the fit without it is better by
more than half a degree."""


def _by(table: pd.DataFrame, key: str) -> pd.DataFrame:
    groups = [
        {key: value, "method": method, **_scores(group)}
        for (value, method), group in table[table.accepted].groupby([key, "method"])
    ]
    return pd.DataFrame(groups)


def _by_movement(table: pd.DataFrame) -> pd.DataFrame:
    """Ours in full, and the peak error of the others beside it."""
    lines = []
    for movement, group in table.groupby("movement", sort=False):
        mine = group[(group.method == "ours") & group.accepted]
        others = {f"{m}: peak": _mean_abs(group[group.method == m].peak_error_deg) for m in METHODS if m != "ours"}
        care = "with care" if movement_test(str(movement)).with_care else ""
        lines.append({"movement": movement, "": care, **_scores(mine), **others})
    measurable = table[(table.method == "ours") & table.accepted & ~table.movement.map(_with_care)]
    lines.append({"movement": "**all without care**", "": "", **_scores(measurable)})
    return pd.DataFrame(lines)


def _harm(table: pd.DataFrame) -> str:
    """The groups of films in which ours is worse than the fit without the lifter, by more than half a degree."""
    told = table[table.movement.map(_told_by_body)].assign(
        posture=table.movement.map(lambda movement: MANNERS[movement].posture), error=table.peak_error_deg.abs()
    )
    film = ["movement", "posture", "azimuth_deg", "clip"]
    films = told.pivot_table(index=film, columns="method", values="error")
    films = films.reindex(columns=["ours", "fit"]).dropna().reset_index()
    lines = [
        {"group": f"{key} {value}", "films": len(group), "ours": group.ours.mean(), "fit": group.fit.mean()}
        for key in ("movement", "posture", "azimuth_deg")
        for value, group in films.groupby(key, sort=False)
        if group.ours.mean() > group.fit.mean() + LEAST_HARM_DEG
    ]
    return _markdown(pd.DataFrame(lines)) if lines else "In no movement, posture or view."


def _told_by_body(movement: str) -> bool:
    return movement_test(movement).joint != NECK


def _with_care(movement: str) -> bool:
    return movement_test(movement).with_care is not None


def _scores(group: pd.DataFrame) -> dict[str, object]:
    error, interval = group.peak_error_deg, group.interval_deg.astype(float)
    told = interval.notna() & error.notna()
    inside = (error[told].abs() <= interval[told]).mean() if told.any() else np.nan
    return {
        "films": len(group),
        "peak": _mean_abs(error),
        "bias": error.mean(),
        "SD": error.std(),
        "curve": group.curve_mae_deg.mean(),
        "±": interval.mean(),
        "inside": inside,
        "counted": (group.repetitions == group.repetitions_true).mean(),
    }


def _refusals(mine: pd.DataFrame) -> pd.DataFrame:
    good, bad = mine[mine.should_accept & (mine.split != "real")], mine[~mine.should_accept]
    return pd.DataFrame(
        [
            {"films": "that can be measured", "number": len(good), "refused": (~good.accepted).mean()},
            {"films": "that can't (hidden far limb, view from the front)", "number": len(bad),
             "refused": (~bad.accepted).mean()},
        ]
    )  # fmt: skip


def _passive(films: Sequence[PassiveRow]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "movement": film.row.movement, "body": film.row.body, "therapist": film.stands,
                "client right": film.seen * film.own, "swaps": film.swaps,
                "": "taken" if film.row.accepted else "refused", "peak": film.row.peak_error_deg,
                "±": film.row.interval_deg,
            }
            for film in films
        ]
    ).astype({"peak": float, "±": float})  # fmt: skip


def _real(table: pd.DataFrame) -> pd.DataFrame:
    wide = table.pivot_table(
        index=["clip", "movement", "side"], columns="method", values="curve_mae_deg", sort=False
    ).reset_index()
    mean = wide.groupby("clip")[list(METHODS)].mean().reset_index().assign(movement="**mean**", side="")
    return pd.concat([wide, mean])[["clip", "movement", "side", *METHODS]]


def _error_by_azimuth(table: pd.DataFrame) -> Figure:
    joints = sorted({movement_test(movement).joint for movement in table.movement})
    figure = Figure(figsize=(13, 3.2 * -(-len(joints) // 4)), layout="constrained")
    axes = figure.subplots(-(-len(joints) // 4), min(4, len(joints)), squeeze=False).flat
    joint = table.movement.map(lambda movement: movement_test(movement).joint)
    for axis, name in zip(axes, joints, strict=False):
        for method in reversed(METHODS):  # ours on top
            of_one = table[(joint == name) & (table.method == method) & table.accepted]
            error = of_one.assign(error=of_one.peak_error_deg.abs()).groupby("azimuth_deg").error.mean()
            axis.plot(error.index, error.to_numpy(), STYLES[method], label=method, color=COLOURS[method])
        axis.set(title=name, xlabel="azimuth off the ideal view (°)", ylabel="peak error (°)", ylim=(0, None))
        axis.set_xticks(sorted(table.azimuth_deg.unique()))
    for axis in figure.axes[len(joints) :]:
        axis.set_visible(False)
    figure.axes[0].legend()
    return figure


def _bland_altman(table: pd.DataFrame) -> Figure:
    figure = Figure(figsize=(8, 5), layout="constrained")
    axis = figure.subplots()
    known = table.dropna(subset=["peak_error_deg"])
    for name, group in known.groupby("split"):
        mean = group.peak_deg - group.peak_error_deg / 2
        axis.scatter(mean, group.peak_error_deg, s=18, alpha=0.7, label=name)
    bias, spread = known.peak_error_deg.mean(), known.peak_error_deg.std()
    for level, style in ((bias, "-"), (bias - 1.96 * spread, "--"), (bias + 1.96 * spread, "--")):
        axis.axhline(level, linestyle=style, color="#444", linewidth=1)
        axis.annotate(f"{level:+.1f}°", (1, level), xycoords=("axes fraction", "data"), ha="right", va="bottom")
    axis.set(xlabel="mean of measured and true peak (°)", ylabel="measured less true peak (°)",
             title="All peaks, with bias and 95 % limits of agreement")  # fmt: skip
    axis.legend()
    return figure


def _mean_abs(error: pd.Series) -> float:
    return float(error.abs().mean())


SHOWN: dict[str, Callable[[float], str]] = {
    "bias": "{:+.1f}".format,
} | dict.fromkeys(("inside", "counted", "refused", "client right"), "{:.0%}".format)  # fmt: skip


def _markdown(table: pd.DataFrame) -> str:
    def cell(column: str, value: object) -> str:
        if isinstance(value, float):
            return "" if np.isnan(value) else SHOWN.get(column, "{:.1f}".format)(value)
        return str(value)

    lines = ["| " + " | ".join(table.columns) + " |", "|" + " --- |" * len(table.columns)]
    for values in table.to_dict("records"):
        lines.append("| " + " | ".join(cell(str(column), value) for column, value in values.items()) + " |")
    return "\n".join(lines)
