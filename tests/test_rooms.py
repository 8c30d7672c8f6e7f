"""What an import may bring along. The order of the rooms is checked by import-linter."""

import subprocess
import sys

import pytest

HEAVY = ("mediapipe", "cv2", "matplotlib", "streamlit", "av")


@pytest.mark.parametrize(
    ("module", "may_load"),
    [
        ("rom_vision.__main__", set()),
        ("rom_vision.records", {"av"}),
        ("rom_vision.accounts", {"av"}),
        ("rom_vision.movements", set()),
        ("rom_vision.measure", {"av"}),
    ],
)
def test_importing_a_room_loads_no_more_than_it_needs(module: str, may_load: set[str]) -> None:
    program = f"import sys, {module}; print(*(m for m in {HEAVY} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) <= may_load
