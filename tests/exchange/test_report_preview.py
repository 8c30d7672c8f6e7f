"""The report as pictures."""

import io
from datetime import date

import numpy as np
from PIL import Image

from rom_vision.exchange.report import report_of
from rom_vision.exchange.report_preview import page_pictures


def test_each_page_is_a_picture_as_upright_as_the_paper(record, anna):
    (picture,) = page_pictures(report_of(record, anna.id, on=date(2026, 11, 25)))
    with Image.open(io.BytesIO(picture)) as page:
        wide, high = page.size
        ink = np.asarray(page.convert("L")) < 128
    assert abs(high / wide - 297 / 210) < 0.01
    assert 0.0005 < ink.mean() < 0.5
