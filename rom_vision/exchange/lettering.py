"""Text as small pictures. OpenCV's own letters know no ° and no ±."""

import functools
from pathlib import Path

import matplotlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

Image = NDArray[np.uint8]
Colour = tuple[int, int, int]


@functools.lru_cache(maxsize=1024)
def lettered(
    text: str, size_px: int, colour: Colour, ground: Colour, *, bold: bool = False, width_px: int | None = None
) -> Image:
    """A picture of a text, its words wrapped to a width.

    Args:
        text: what it says.
        size_px: of the letters.
        colour: RGB of the letters; ground: of what is behind them.
        bold: whether the letters are heavy.
        width_px: of the picture; None keeps one line and takes what it needs.
    Returns:
        (height, width, 3) RGB, not to be written to.
    """
    font = _font(max(1, size_px), bold)
    lines = [text] if width_px is None else _wrapped(text, font, width_px)
    line_px = sum(font.getmetrics())
    width = width_px or max(1, round(font.getlength(text)))
    picture = Picture.new("RGB", (width, line_px * len(lines)), ground)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((0, number * line_px), line, font=font, fill=colour)
    image = np.array(picture)
    image.setflags(write=False)
    return image


def paste(onto: Image, lettering: Image, left: int, top: int) -> None:
    """Put a picture of a text onto another; what does not fit is cut off."""
    space = onto[top : top + lettering.shape[0], left : left + lettering.shape[1]]
    space[:] = lettering[: space.shape[0], : space.shape[1]]


def font_file(*, bold: bool) -> Path:
    """DejaVu Sans, which comes with matplotlib and knows all signs that we write."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path(), "fonts", "ttf", name)


@functools.cache
def _font(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(bold=bold), size_px)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
