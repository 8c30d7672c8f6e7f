import measured
import numpy as np
import pytest
from alike import alike

from rom_vision.records import measurement_file


@pytest.mark.parametrize("make", [measured.knee_flexion, measured.knee_push, measured.no_movement])
def test_a_measurement_is_read_back_to_the_last_bit(make):
    measurement = make()
    again = measurement_file.from_bytes(measurement_file.to_bytes(measurement))
    assert alike(measurement, again)
    assert again.accepted == measurement.accepted
    assert again.provenance == measurement.provenance


def test_nothing_that_could_be_run_is_read(tmp_path):
    with (tmp_path / "evil.npz").open("wb") as file:
        np.savez(file, **{measurement_file.TEXT: np.array([{"a": 1}], dtype=object)})
    with pytest.raises(ValueError, match="allow_pickle"):
        measurement_file.from_bytes((tmp_path / "evil.npz").read_bytes())
