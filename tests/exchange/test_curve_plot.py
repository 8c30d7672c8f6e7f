import subprocess
import sys
from pathlib import Path

import numpy as np
from filmed import filmed
from matplotlib.colors import to_rgb
from measured import knee_flexion, no_movement
from PIL import Image

from rom_vision.exchange.curve_plot import BAND, CURVE, NORM, REFUSED, write_curve


def share_of(colour: str, path: Path) -> float:
    """Of the pixels of a picture that are nearly of that colour."""
    image = np.asarray(Image.open(path).convert("RGB"), dtype=float)
    return float((np.abs(image - 255 * np.array(to_rgb(colour))).max(axis=-1) < 12).mean())


def test_a_measurement_shows_curve_band_and_norm(tmp_path):
    write_curve(knee_flexion(), tmp_path / "curve.png")
    assert share_of(CURVE, tmp_path / "curve.png") > 0.002
    assert share_of(NORM, tmp_path / "curve.png") > 0.0005
    assert share_of(REFUSED, tmp_path / "curve.png") == 0


def test_without_a_norm_there_is_no_line(tmp_path):
    squat = filmed(tmp_path, movement="squat").measurement
    assert squat.accepted
    assert squat.test.normal is None
    write_curve(squat, tmp_path / "curve.png")
    assert share_of(NORM, tmp_path / "curve.png") == 0


def test_a_refused_measurement_shows_no_band_and_no_norm(tmp_path):
    write_curve(no_movement(), tmp_path / "curve.png")
    assert share_of(REFUSED, tmp_path / "curve.png") > 0.002
    assert share_of(CURVE, tmp_path / "curve.png") == share_of(NORM, tmp_path / "curve.png") == 0
    assert share_of(BAND, tmp_path / "curve.png") == 0


def test_a_clip_in_which_nobody_is_seen_still_gives_a_picture(tmp_path):
    write_curve(filmed(tmp_path, unseen=slice(None)).measurement, tmp_path / "curve.png")
    assert share_of(REFUSED, tmp_path / "curve.png") > 0.0005  # the words why


def test_no_state_of_the_whole_program_is_touched():
    """pyplot keeps every figure, and chooses a screen."""
    code = "import sys, rom_vision.exchange.curve_plot; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
