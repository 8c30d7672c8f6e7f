import pytest
from measured import knee_flexion, knee_push, no_movement

from rom_vision.exchange import captions
from rom_vision.kinematics.hold import Hold
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


def test_forces_are_read_in_the_unit_of_the_practice():
    assert [captions.force(98.0665, unit) for unit in ("N", "kgf", "lbf")] == ["98 N", "10.0 kgf", "22.0 lbf"]


def test_of_a_resisted_test_the_hold_is_told_with_what_is_unsure_about_it():
    words = captions.result(knee_push())
    assert words.startswith("Held still for 4")
    assert words.endswith("° ± 3°")
    assert "drifted" in words


@pytest.mark.parametrize(
    ("whole", "tremor_deg", "words", "details"),
    [
        (True, 0.44, "Held still for 4.5 s at 60°, drifted 4° ± 3°",
         "From 1.0 s to 5.5 s, tremor 0.4° (3 to 12 Hz, the camera's own jitter included)"),
        (False, None, "Held still for 4.5 s or more at 60°, drifted 4° ± 3°",
         "From 1.0 s to 5.5 s, too few frames a second to tell a tremor"),
    ],
)  # fmt: skip
def test_the_words_of_a_hold(whole, tremor_deg, words, details):
    hold = Hold(start_s=1, end_s=5.5, position_deg=60, drift_deg=-4, whole=whole, tremor_deg=tremor_deg)
    assert captions.held(hold) == words
    assert captions.hold_details(hold) == details
