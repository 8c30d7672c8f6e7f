from measured import knee_flexion, no_movement

from rom_vision.exchange import captions
from rom_vision.movements import movement_test
from rom_vision.quality import Problem


def test_the_title_says_side_test_and_mode():
    assert captions.title(movement_test("knee_flexion"), "left", "passive") == "Left knee flexion, passive"
    assert captions.title(movement_test("neck_flexion"), None, "active") == "Neck flexion, active"


def test_the_result_has_its_uncertainty_beside_it():
    measurement = knee_flexion()
    assert captions.result(measurement) == f"Peak 100° ± {measurement.uncertainty_deg:.0f}°, best of 3"


def test_a_refused_measurement_has_no_number():
    assert captions.result(no_movement()) == "Refused: no number to be trusted"


def test_what_was_refused_is_told_with_its_remedy():
    problem = Problem(kind="hidden", message="The knee was hidden.", remedy="Uncover it.", refused=True)
    assert captions.warning(problem) == "The knee was hidden. Uncover it."


def test_degrees_are_whole_and_a_dash_where_not_seen():
    assert [captions.degrees(deg) for deg in (141.6, -0.4, -12.0, float("nan"))] == ["142°", "0°", "-12°", "–"]
