"""All joints of a day as one picture of the body: what share of the norm each reaches."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from rom_vision.compare import NormDifference, Result, against_norm
from rom_vision.exchange.body_chart import WIDTH_TO_HEIGHT, Line, features, outline
from rom_vision.movements import Sex, Side

# Places on the chart of the body from the front, of the client's left side, which is on the right of the picture.
PLACES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "neck": (0.5, 0.135), "trunk": (0.5, 0.35), "shoulder": (0.69, 0.2), "elbow": (0.77, 0.37),
        "forearm": (0.82, 0.44), "wrist": (0.87, 0.51), "hip": (0.62, 0.48), "knee": (0.605, 0.725),
        "ankle": (0.62, 0.93),
    }
)  # fmt: skip
BESIDE_MIDLINE = 0.14  # for the two sides of neck and trunk
RADIUS, WIDTH = 0.027, 0.009  # shares of the height
HEIGHT_PX = 560


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What share of the norm a movement reached: 1 is all of it."""

    against: NormDifference
    share: float

    @property
    def place(self) -> tuple[str, Side | None]:
        """Joint and side, which share a disc."""
        result = self.against.result
        return result.test.joint, result.side


def shares(results: Iterable[Result], sex: Sex | None, age_years: float | None) -> tuple[Share, ...]:
    """Of each result that a norm is known for, the least first.

    Args:
        results: of one day; of one test, side and mode the last counts.
        sex, age_years: of the client; None where not known.
    """
    latest = {(result.test.id, result.side, result.mode): result for result in results}
    against = (against_norm(result, sex, age_years) for result in latest.values())
    found = [Share(against=one, share=one.share) for one in against if one and one.share is not None]
    return tuple(sorted(found, key=lambda one: one.share))


def picture(least_first: Sequence[Share], label: str) -> str:
    """An SVG of the body from the front, with a disc at each joint: its least share as an arc and in per cent.

    Colours are those of the text around it, so that it suits light and dark.

    Args:
        label: what it shows, in words, for who can't see it.
    """
    least: dict[tuple[str, Side | None], Share] = {}
    for one in least_first:
        least.setdefault(one.place, one)
    lines = "".join(_path(line, 0.003) for line in (outline(), *features("front")))
    discs = "".join(_disc(place, one.share) for place, one in least.items() if place[0] in PLACES)
    return (
        f'<svg role="img" aria-label="{escape(label)}" viewBox="-0.1 -0.01 {WIDTH_TO_HEIGHT + 0.2} 1.02" '
        f'style="width:100%;max-height:{HEIGHT_PX}px;display:block">{lines}{discs}</svg>'
    )


def _path(line: Line, width: float) -> str:
    return (
        f'<path d="{line.svg()}" fill="none" stroke="currentColor" stroke-opacity="0.45" stroke-width="{width}"/>'
    )


def _disc(place: tuple[str, Side | None], share: float) -> str:
    joint, side = place
    across, y = PLACES[joint]
    if across == 0.5 and side:
        across += BESIDE_MIDLINE
    x = (1 - across if side == "right" else across) * WIDTH_TO_HEIGHT
    round_it = 2 * math.pi * RADIUS
    done = round_it * min(max(share, 0.0), 1.0)
    circle = f'cx="{x:.4f}" cy="{y}" r="{RADIUS}" stroke-width="{WIDTH}"'
    return (
        f'<circle {circle} fill="#0f6b75" fill-opacity="0.12" stroke="currentColor" stroke-opacity="0.2"/>'
        f'<circle {circle} fill="none" stroke="#2f9aa6" stroke-dasharray="{done:.4f} {round_it:.4f}" '
        f'transform="rotate(-90 {x:.4f} {y})"/>'
        f'<text x="{x:.4f}" y="{y + 0.0075}" font-size="0.021" font-weight="600" text-anchor="middle" '
        f'fill="currentColor">{100 * share:.0f}</text>'
    )
