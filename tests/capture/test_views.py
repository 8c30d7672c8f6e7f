"""Parts of a picture, turned, and what is found in them put back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.capture.views import QUARTERS, View, views_of

SIZES = st.integers(20, 200)


@given(SIZES, SIZES, st.sampled_from(QUARTERS), st.data())
def test_what_is_cut_out_is_put_back_where_it_was(width: int, height: int, quarters: int, data) -> None:
    column, row = data.draw(st.integers(5, 5 + width - 1)), data.draw(st.integers(7, 7 + height - 1))
    picture = np.zeros((height + 20, width + 20, 3), np.uint8)
    picture[row, column] = 255
    view = View(left=5, top=7, width=width, height=height, quarters=quarters)
    rows, columns = np.nonzero(view.cut(picture)[..., 0])
    seen = np.zeros((1, 33, 7))
    seen[..., :2] = columns[0] + 0.5, rows[0] + 0.5  # the middle of the pixel
    assert view.in_picture(seen)[0, 0, :2] == pytest.approx([column + 0.5, row + 0.5])


@pytest.mark.parametrize(("quarters", "upwards"), [(0, (0, -1)), (1, (1, 0)), (-1, (-1, 0))])
def test_who_is_upright_in_a_turned_view_lies_in_the_picture(quarters: int, upwards: tuple[int, int]) -> None:
    view = View(left=0, top=0, width=40, height=30, quarters=quarters)
    seen = np.zeros((1, 33, 7))
    seen[0, 0, :2], seen[0, 0, 4:6] = (20, 5), (0, -1)  # the nose, above all the rest
    seen[0, 1, :2] = (20, 15)
    placed = view.in_picture(seen)[0]
    assert (placed[0, :2] - placed[1, :2]) / 10 == pytest.approx(upwards)
    assert placed[0, 4:6] - placed[1, 4:6] == pytest.approx(upwards)


@pytest.mark.parametrize(("width", "height"), [(900, 400), (400, 900)])
def test_the_views_cover_the_picture_whichever_way_it_is_held(width: int, height: int) -> None:
    covered = np.zeros((height, width), int)
    for view in views_of(width, height):
        covered[view.top : view.top + view.height, view.left : view.left + view.width] += 1
    assert covered.min() >= 2 * len(QUARTERS)
    assert view.left + view.width == width
    assert view.top + view.height == height
