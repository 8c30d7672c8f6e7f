"""Charts: functions from a table to an Altair chart.

Altair, since it comes with Streamlit: no further dependency, hover and a picture to download in every chart,
and it follows the page's light or dark theme. Layers are given no data of their own, but all of them the chart's,
and channels rather than their short forms: either is looked through again and again otherwise, at every draw.
"""

from collections.abc import Mapping
from typing import TypeAlias

import altair as alt
import pandas as pd
from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from rom_vision.dashboard.words_charts import words_charts as words
from rom_vision.language import ENGLISH, spoken

Layered: TypeAlias = alt.LayerChart | alt.FacetChart

# told apart by the colour-blind too, and on light and dark
SIDE_COLOURS = {"left": "#2a78b8", "right": "#d9730d", "midline": "#2a78b8"}
NORM = "#2f9e62"
CURVES = ("#2a78b8", "#d9730d", "#2f9e62", "#8a5cc2", "#c2417c", "#7a7f87")
BAND_SHADE = 0.16
HEIGHT_PX = 320
BESIDE = 0.04  # of the time shown: room beside the first and the last session
WHOLE = ".0f"


def _norm_line(deg: float, label: str) -> list[alt.Chart]:
    line = alt.Data(values=[{"deg": deg, "label": label}])  # type: ignore[no-untyped-call]
    right = alt.XValue("width")  # type: ignore[no-untyped-call]
    at = alt.Chart(line).encode(y=alt.Y("deg:Q", title=words.DEGREES))
    return [
        at.mark_rule(color=NORM, strokeDash=[6, 4], strokeWidth=2),
        at.mark_text(color=NORM, align="right", dy=-8, fontSize=13).encode(x=right, text=alt.Text("label:N")),
    ]


def progress(results: pd.DataFrame, norm: tuple[float, str] | None = None) -> Layered:
    """Results over the sessions: uncertainty as bars, the band of no real change around each side's first.

    Args:
        results: see `tables.over_time`.
        norm: degrees and label; None for no line.
    """
    sides = [side for side in SIDE_COLOURS if side in set(results["side"])]
    colour = alt.Color(
        "side:N",
        title=None,
        scale=alt.Scale(
            domain=[words.SIDES[side] for side in sides], range=[SIDE_COLOURS[side] for side in sides]
        ),
        legend=alt.Legend(orient="top", symbolOpacity=1) if len(sides) > 1 else None,
    )
    first, last = results["on"].min(), results["on"].max()
    beside = max(pd.Timedelta(days=1), BESIDE * (last - first))
    x = alt.X(
        "on:T",
        title=None,
        axis=alt.Axis(format=words.DAY, grid=False, labelOverlap=True, values=_days(results)),
        scale=alt.Scale(domain=[_stamp(first - beside), _stamp(last + beside)]),
    )
    y = alt.Y("peak_deg:Q", title=words.DEGREES, scale=alt.Scale(zero=False, nice=True))
    tooltip = [
        alt.Tooltip("on:T", title=words.SESSION, format=words.DAY),
        alt.Tooltip("side:N", title=words.SIDE),
        alt.Tooltip("peak_deg:Q", title=words.PEAK, format=WHOLE),
        alt.Tooltip("low_deg:Q", title=words.AT_LEAST, format=WHOLE),
        alt.Tooltip("high_deg:Q", title=words.AT_MOST, format=WHOLE),
        alt.Tooltip("sentence:N", title=words.AGAINST_THE_FIRST),
    ]
    base = alt.Chart().encode(x=x, color=colour)
    layers = [
        base.mark_area(opacity=BAND_SHADE).encode(
            y=alt.Y("same_from_deg:Q", title=words.DEGREES), y2=alt.Y2("same_to_deg:Q")
        ),
        base.mark_rule(strokeWidth=2).encode(y=alt.Y("low_deg:Q", title=words.DEGREES), y2=alt.Y2("high_deg:Q")),
        base.mark_line(strokeWidth=2).encode(y=y),
        base.mark_point(filled=True, size=110, opacity=1).encode(y=y, tooltip=tooltip),
    ]
    if norm is not None:
        layers += _norm_line(*norm)
    said = results.assign(side=results["side"].map(words.SIDES))
    return _in_the_language(alt.layer(*layers, data=said).properties(height=HEIGHT_PX))


def overlaid(curves: pd.DataFrame) -> Layered:
    """Curves of several measurements over each other, each with its spread.

    Args:
        curves: see `tables.overlaid`.
    """
    names = list(dict.fromkeys(curves["curve"]))
    colour = alt.Color(
        "curve:N",
        title=None,
        scale=alt.Scale(domain=names, range=[CURVES[number % len(CURVES)] for number in range(len(names))]),
        legend=alt.Legend(orient="top", columns=1, labelLimit=400, symbolOpacity=1),
    )
    x = alt.X("percent:Q", title=words.OF_THE_MOVEMENT, axis=alt.Axis(grid=False))
    base = alt.Chart().encode(x=x, color=colour)
    tooltip = [
        alt.Tooltip("curve:N", title=words.SESSION),
        alt.Tooltip("percent:Q", title=words.PER_CENT, format=WHOLE),
        alt.Tooltip("mean_deg:Q", title=words.DEGREES, format=WHOLE),
    ]
    band = base.mark_area(opacity=BAND_SHADE, invalid="filter").encode(
        y=alt.Y("low_deg:Q", title=words.DEGREES), y2=alt.Y2("high_deg:Q")
    )
    line = base.mark_line(strokeWidth=2.5, invalid="break-paths-show-domains").encode(
        y=alt.Y("mean_deg:Q", title=words.DEGREES), tooltip=tooltip
    )
    return _in_the_language(alt.layer(band, line, data=curves).properties(height=HEIGHT_PX))


def _in_the_language(chart: Layered) -> Layered:
    """The same chart, with dates and numbers as the language that is spoken writes them."""
    return chart if spoken() == ENGLISH else chart.configure(locale=_locale())


def _locale() -> alt.Locale:
    """The signs and names of the language, as Vega wants to have them."""
    spells = Locale(spoken())
    months, days = spells.months["format"], spells.days["format"]
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=get_decimal_symbol(spells), thousands=get_group_symbol(spells), grouping=[3], currency=["", ""]
        ),
        time=alt.TimeLocale(
            dateTime="%x, %X", date=words.DAY, time="%H:%M:%S", periods=["", ""],
            days=_from_sunday(days["wide"]), shortDays=_from_sunday(days["abbreviated"]),
            months=list(months["wide"].values()), shortMonths=list(months["abbreviated"].values()),
        ),
    )  # fmt: skip


def _from_sunday(days: Mapping[int, str]) -> list[str]:
    """Monday is the first of Babel's."""
    return [days[(number - 1) % 7] for number in range(7)]


def _days(results: pd.DataFrame) -> list[str]:
    return [_stamp(day) for day in sorted(results["on"].unique())]


def _stamp(day: pd.Timestamp) -> str:
    """A day as Vega reads it in the reader's own time zone."""
    return f"{day:%Y-%m-%dT00:00:00}"
