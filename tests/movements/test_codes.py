"""The codes are whole: each is of something that there is, and none was mistyped."""

import re

import pytest

from rom_vision.movements import MODES, load_catalogue, load_codes

LOINC = [code for code in load_codes().values() if code.system == "loinc"]
SNOMED = [code for code in load_codes().values() if code.system == "snomed"]


@pytest.mark.parametrize("code", LOINC, ids=lambda code: code.id)
def test_the_check_digit_of_a_loinc_code(code):
    """Source: LOINC Users' Guide, appendix on the mod 10 check digit, which is Luhn's."""
    number, check = code.code.split("-")
    doubled = [sum(divmod(int(digit) * (2 - n % 2), 10)) for n, digit in enumerate(reversed(number))]
    assert (sum(doubled) + int(check)) % 10 == 0


# Verhoeff's tables, as in the SNOMED CT Technical Implementation Guide on the check digit of an identifier
TURN = "1576283094"
TIMES = ("0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
         "5987604321", "6598710432", "7659821043", "8765932104", "9876543210")  # fmt: skip


@pytest.mark.parametrize("code", SNOMED, ids=lambda code: code.id)
def test_the_check_digit_of_a_snomed_code(code):
    check = 0
    for place, digit in enumerate(reversed(code.code)):
        turned = int(digit)
        for _ in range(place % 8):
            turned = int(TURN[turned])
        check = int(TIMES[check][turned])
    assert check == 0


def test_a_code_of_a_motion_is_that_of_a_movement_test():
    of_motion = [code.id for code in load_codes().values() if re.search("_(active|passive|resisted)$", code.id)]
    tests = {f"{test}_{mode}" for test in load_catalogue() for mode in MODES}
    assert len(of_motion) > 10
    assert set(of_motion) <= tests


def test_no_two_have_the_same():
    assert len({(code.system, code.code) for code in load_codes().values()}) == len(load_codes())
