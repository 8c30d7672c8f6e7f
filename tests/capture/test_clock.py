from fractions import Fraction

import pytest

from rom_vision.capture.clock import Clock

TICK_S = Fraction(1, 1000)


def times_of(stamps: list[int | None]) -> tuple[list[float | None], list[str]]:
    clock = Clock(TICK_S)
    return [clock.time_s(stamp) for stamp in stamps], list(clock.warnings())


@pytest.mark.parametrize(
    ("stamps", "times_s"),
    [
        ([], []),
        ([7], [0.0]),
        ([4000, 4033, 4067], [0.0, 0.033, 0.067]),  # starts late
        ([-40, 0, 40], [0.0, 0.04, 0.08]),  # starts before zero
        ([0, 33, 900], [0.0, 0.033, 0.9]),  # dropped frames
        ([None, None], [0.0, None]),  # no stamps at all: no time is invented
        ([0, 40, None, None, 160], [0.0, 0.04, 0.08, 0.12, 0.16]),  # some without
    ],
)
def test_times_are_counted_from_the_first_picture(stamps, times_s):
    assert times_of(stamps)[0] == times_s


def test_a_picture_at_the_time_of_the_one_before_is_left_out():
    times_s, warnings = times_of([0, 33, 33, 33, 66])
    assert times_s == [0.0, 0.033, None, None, 0.066]
    assert warnings == ["Pictures left out because they were not later than the one before: 2."]


def test_a_stray_stamp_is_left_out_and_disturbs_nothing():
    times_s, warnings = times_of([0, 33, 66, 5, 133, 166])
    assert times_s == [0.0, 0.033, 0.066, None, 0.133, 0.166]
    assert warnings == ["Pictures left out because they were not later than the one before: 1."]


def test_a_clock_that_was_set_back_is_counted_on():
    """The first picture after the jump can't be told from a stray one, but its time has passed."""
    times_s, warnings = times_of([5000, 5040, 5080, 0, 40, 80])
    assert times_s == [0.0, 0.04, 0.08, None, 0.16, 0.2]
    assert warnings[1] == (
        "Times that the file's clock was set back: 1, first after 0.1 s. Time was counted on from there."
    )


def test_a_clock_that_is_set_back_again_and_again():
    times_s, warnings = times_of([0, 40, 80, 0, 40, 80, 0, 40, 80])
    assert times_s == [0.0, 0.04, 0.08, None, 0.16, 0.2, None, 0.28, 0.32]
    assert warnings[1].startswith("Times that the file's clock was set back: 2, first after 0.1 s.")


def test_the_longest_gap_is_named():
    assert times_of([0, 1500, 1540, 4040])[1] == ["Nothing was filmed for 2.5 s after 1.5 s."]


def test_times_do_not_drift_in_an_hour_of_ntsc():
    clock = Clock(Fraction(1001, 30000))
    times_s = [clock.time_s(n) for n in range(107_893)]
    assert times_s[-1] == 107_892 * 1001 / 30000
