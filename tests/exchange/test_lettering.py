import numpy as np
import pytest

from rom_vision.exchange.lettering import lettered, paste

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SENTENCE = "The left shoulder was hidden in 80 % of the frames. Film from the client's left side."


def ink(image: np.ndarray) -> float:
    return float(image.astype(float).sum())


@pytest.mark.parametrize("width_px", [150, 300, 700])
def test_wrapping_loses_no_letter(width_px):
    wrapped = lettered(SENTENCE, 20, WHITE, BLACK, width_px=width_px)
    assert wrapped.shape[1] == width_px
    assert ink(wrapped) == pytest.approx(ink(lettered(SENTENCE, 20, WHITE, BLACK)), rel=0.02)


def test_degrees_and_plus_minus_have_letters_of_their_own():
    """A font without them would show the same empty box for both."""
    degree, plus_minus, unknown = (lettered(sign, 40, WHITE, BLACK) for sign in ("°", "±", "\U0010fffd"))
    assert ink(degree) > 0
    assert len({sign.tobytes() for sign in (degree, plus_minus, unknown)}) == 3


def test_an_empty_text_is_a_picture_too():
    assert ink(lettered("", 20, WHITE, BLACK)) == 0


def test_what_does_not_fit_is_cut_off():
    onto = np.zeros((10, 10, 3), np.uint8)
    paste(onto, np.full((8, 8, 3), 255, np.uint8), 6, 4)
    assert onto[4:, 6:].min() == 255
    assert onto[:4].max() == onto[:, :6].max() == 0
