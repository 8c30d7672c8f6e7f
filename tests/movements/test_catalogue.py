"""The catalogue is complete, says where each figure comes from, and a typo in it fails with its place.

Expected figures are those that the studies print; their source stands beside each.
"""

import re
from pathlib import Path
from typing import get_args

import pytest

from rom_vision.errors import CatalogueError, UsageError
from rom_vision.kinematics.angles import ANGLES
from rom_vision.movements import (
    MODES,
    SIDES,
    Angle,
    MovementTest,
    Norm,
    Normal,
    load_catalogue,
    movement_test,
    norm_for,
)

ALL_IDS = [
    "neck_flexion", "neck_extension", "neck_lateral_flexion", "neck_rotation",
    "trunk_flexion", "trunk_extension", "trunk_lateral_flexion", "trunk_rotation",
    "shoulder_flexion", "shoulder_extension", "shoulder_abduction", "shoulder_scaption",
    "shoulder_horizontal_adduction", "shoulder_external_rotation", "shoulder_internal_rotation",
    "elbow_flexion", "elbow_extension", "forearm_pronation", "forearm_supination",
    "wrist_flexion", "wrist_extension", "wrist_radial_deviation", "wrist_ulnar_deviation",
    "hip_flexion", "straight_leg_raise", "hip_extension", "hip_abduction", "hip_adduction",
    "hip_internal_rotation", "hip_external_rotation",
    "knee_flexion", "knee_extension", "ankle_dorsiflexion", "ankle_plantarflexion", "squat", "sit_to_stand",
]  # fmt: skip

OPPOSITES = [
    ("neck_flexion", "neck_extension"),
    ("trunk_flexion", "trunk_extension"),
    ("shoulder_flexion", "shoulder_extension"),
    ("shoulder_external_rotation", "shoulder_internal_rotation"),
    ("elbow_flexion", "elbow_extension"),
    ("forearm_pronation", "forearm_supination"),
    ("wrist_flexion", "wrist_extension"),
    ("wrist_radial_deviation", "wrist_ulnar_deviation"),
    ("hip_flexion", "hip_extension"),
    ("hip_abduction", "hip_adduction"),
    ("hip_internal_rotation", "hip_external_rotation"),
    ("knee_flexion", "knee_extension"),
    ("ankle_dorsiflexion", "ankle_plantarflexion"),
    ("squat", "sit_to_stand"),
]

WITH_CARE = [
    "neck_rotation", "trunk_rotation", "shoulder_horizontal_adduction", "shoulder_external_rotation",
    "shoulder_internal_rotation", "forearm_pronation", "forearm_supination",
    "wrist_flexion", "wrist_extension", "wrist_radial_deviation", "wrist_ulnar_deviation", "hip_adduction",
]  # fmt: skip

MIDLINE = ["neck_flexion", "neck_extension", "trunk_flexion", "trunk_extension"]

ONE_ENTRY = """
[sources]
study = "A study 1999"

[knee_flexion]
name = "Knee flexion"
joint = "knee"
motion = "flexion"
plane = "sagittal"
postures = ["supine", "prone"]
start = "Lie on the back."
view = "side"
sided = true
angle = "knee_flexion"
direction = 1
zero = "anatomical"
definition = "Thigh against shank."
film = "From the side."
move = "Bend the knee."
compensations = ["hip lifts"]
normal = { deg = 135, source = "study", sureness = "to be confirmed" }
norms = [
{ sex = "male", age_from = 20, mean_deg = 9, mode = "active", sureness = "verified", source = "study" },
]
mdc = { deg = 10, source = "study", sureness = "to be confirmed" }
"""


@pytest.fixture
def knee() -> MovementTest:
    return movement_test("knee_flexion")


def every_test() -> list[MovementTest]:
    return list(load_catalogue().values())


def write_catalogue(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def printed_mean_deg(test_id: str, sex: str, age_from: int, mode: str) -> float:
    [norm] = [n for n in movement_test(test_id).norms if (n.sex, n.age_from, n.mode) == (sex, age_from, mode)]
    return norm.mean_deg


def test_every_movement_test_is_there():
    assert sorted(load_catalogue()) == sorted(ALL_IDS)


def test_the_shipped_catalogue_is_read_once_and_cannot_be_changed():
    assert load_catalogue() is load_catalogue()
    with pytest.raises(TypeError):
        load_catalogue()["knee_flexion"] = movement_test("squat")  # type: ignore[index]


@pytest.mark.parametrize("test", every_test(), ids=lambda test: test.id)
class TestEveryEntry:
    @pytest.mark.parametrize("field", ["start", "definition", "film", "move", "with_care"])
    def test_instructions_are_one_plain_sentence(self, test: MovementTest, field: str):
        text = getattr(test, field)
        if field == "with_care" and text is None:
            return
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"\.\s", text)

    def test_the_definition_says_zero_sign_and_range(self, test: MovementTest):
        assert test.definition.startswith("In space")
        assert "0° is" in test.definition
        assert re.search(r"is (always )?(positive|negative)|always positive", test.definition)
        assert re.search(r"from -?\d+° to -?\d+°|up to 180° either way", test.definition)

    def test_each_figure_has_its_source(self, test: MovementTest):
        for fact in (test.mdc, test.normal, test.end_feel, *test.norms):
            if fact is not None:
                assert len(fact.source) > 5

    def test_figures_are_plausible_for_a_joint(self, test: MovementTest):
        assert 5 <= test.mdc.deg <= 20
        assert test.normal is None or 0 <= test.normal.deg <= 180
        for norm in test.norms:
            assert -5 <= norm.mean_deg <= 180
            assert norm.sd_deg is None or 1 < norm.sd_deg < 40

    def test_one_client_falls_into_one_group_of_a_study_only(self, test: MovementTest):
        for age_years in range(2, 100):
            groups = [(n.source, n.sex, n.mode) for n in test.norms if n.covers(age_years)]
            assert len(groups) == len(set(groups))

    def test_neck_and_trunk_are_a_change_from_the_start(self, test: MovementTest):
        assert test.zero == ("start" if test.joint in ("neck", "trunk") else "anatomical")


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposite_motions_read_one_curve_in_opposite_directions(one, other):
    assert movement_test(one).angle == movement_test(other).angle
    assert movement_test(one).direction == -movement_test(other).direction


def test_each_curve_named_is_one_that_is_measured():
    assert set(get_args(Angle)) == set(ANGLES)
    for test in every_test():
        assert test.sided != ANGLES[test.angle].midline


def test_what_one_camera_measures_badly_is_marked():
    assert sorted(t.id for t in every_test() if t.with_care) == sorted(WITH_CARE)


def test_only_motions_in_the_midline_have_no_side():
    assert sorted(t.id for t in every_test() if not t.sided) == sorted(MIDLINE)


def test_changes_are_defaults_until_the_retest_error_is_measured():
    assert not any(t.mdc.confirmed for t in every_test())


@pytest.mark.parametrize(
    ("test_id", "sex", "age_from", "mode", "mean_deg"),
    [
        # Soucie 2011, Haemophilia 17:500 and its table at CDC
        ("knee_flexion", "female", 20, "passive", 141.9),
        ("knee_flexion", "male", 45, "passive", 132.9),
        ("knee_extension", "female", 2, "passive", 5.4),
        ("hip_extension", "male", 2, "passive", 28.3),
        ("ankle_dorsiflexion", "male", 20, "passive", 12.7),
        ("elbow_extension", "male", 45, "passive", -0.7),
        ("forearm_supination", "female", 45, "passive", 87.2),
        # Gill 2020, BMC Musculoskelet Disord 21:676
        ("shoulder_flexion", "male", 20, "active", 170.8),
        ("shoulder_abduction", "female", 80, "active", 120.9),
        # Fleisig 2022, PMC9937824, right arm
        ("shoulder_extension", "female", 20, "active", 56.3),
        # McKay 2017, Neurology 88:36, which prints what is lacking to straight: minus is hyperextension
        ("knee_extension", "female", 20, "unknown", 2),
        ("elbow_extension", "male", 60, "unknown", -1),
        ("neck_extension", "male", 60, "unknown", 40),
        # Zwerus 2019, Shoulder Elbow 11:215, abstract
        ("forearm_pronation", "any", 18, "active", 80),
    ],
)
def test_norms_are_those_of_the_studies(test_id, sex, age_from, mode, mean_deg):
    assert printed_mean_deg(test_id, sex, age_from, mode) == mean_deg


@pytest.mark.parametrize(
    ("test_id", "deg", "confirmed"),
    [
        ("shoulder_abduction", 180, True),  # AAOS 1965
        ("elbow_flexion", 150, True),  # AAOS 1965
        ("neck_rotation", 80, True),  # 38 CFR 4.71a, note 2
        ("trunk_flexion", 111, True),  # Esola 1996
        ("knee_flexion", 135, False),  # AAOS 1965, not looked up
        ("hip_extension", 20, False),  # Greene & Heckman 1994, not looked up
    ],
)
def test_normal_values_say_whether_they_are_confirmed(test_id, deg, confirmed):
    normal = movement_test(test_id).normal
    assert normal is not None
    assert (normal.deg, normal.confirmed) == (deg, confirmed)


@pytest.mark.parametrize(
    ("sex", "age_years", "sureness"),
    [
        ("female", 5, "verified"),  # this part of the CDC table was read
        ("female", 30, "second-hand"),  # quoted by others
        ("female", 15, "to be confirmed"),  # neither
    ],
)
def test_norms_say_how_sure_they_are(sex, age_years, sureness):
    norm = norm_for(movement_test("knee_flexion"), sex, age_years, "passive")
    assert norm is not None
    assert norm.sureness == sureness


@pytest.mark.parametrize("test_id", ["squat", "sit_to_stand", "straight_leg_raise"])
def test_where_no_norm_is_known_none_is_given(test_id):
    assert norm_for(movement_test(test_id), "female", 30, "active") is None


def test_spread_follows_from_the_confidence_interval():
    """Soucie: women 45–69, n = 123, knee flexion 137.8 (136.5–139.1): 1.3 · √123 / 1.96 = 7.4."""
    norm = norm_for(movement_test("knee_flexion"), "female", 50, "passive")
    assert isinstance(norm, Norm)
    assert norm.sd_deg == pytest.approx(7.4, abs=0.05)


class TestNormFor:
    def test_takes_sex_and_age_of_the_mode_measured(self, knee):
        norm = norm_for(knee, "female", 30, "passive")
        assert isinstance(norm, Norm)
        assert (norm.mean_deg, norm.mode, norm.ages) == (141.9, "passive", "20–44 years")

    def test_active_is_never_held_against_passive(self, knee):
        norm = norm_for(knee, "female", 30, "active")
        assert isinstance(norm, Norm)
        assert (norm.mean_deg, norm.mode) == (137, "unknown")  # McKay 2017

    @pytest.mark.parametrize(("age_years", "mean_deg"), [(44.99, 141.9), (45, 137.8)])
    def test_age_counts_in_completed_years(self, knee, age_years, mean_deg):
        norm = norm_for(knee, "female", age_years, "passive")
        assert isinstance(norm, Norm)
        assert norm.mean_deg == mean_deg

    def test_the_oldest_group_is_open(self):
        norm = norm_for(movement_test("shoulder_flexion"), "male", 97, "active")
        assert isinstance(norm, Norm)
        assert (norm.mean_deg, norm.ages) == (127.8, "85 years and older")

    def test_a_norm_of_both_sexes_serves_where_the_sex_is_unknown(self):
        norm = norm_for(movement_test("elbow_flexion"), None, 40, "active")
        assert isinstance(norm, Norm)
        assert (norm.mean_deg, norm.sex) == (146, "any")  # Zwerus 2019

    @pytest.mark.parametrize(("sex", "age_years"), [("female", None), (None, 30), ("male", 1)])
    def test_falls_back_to_the_general_value(self, knee, sex, age_years):
        assert norm_for(knee, sex, age_years, "passive") == knee.normal
        assert isinstance(knee.normal, Normal)

    def test_resisted_has_no_norm(self, knee):
        assert norm_for(knee, "female", 30, "resisted") is None


def test_an_unknown_test_names_the_closest():
    with pytest.raises(UsageError, match=r"no movement test 'knee_flexoin'.*Did you mean knee_flexion"):
        movement_test("knee_flexoin")


def test_a_word_like_nothing_lists_all():
    with pytest.raises(UsageError, match=r"Choose one of: neck_flexion, .*sit_to_stand"):
        movement_test("zzz")


def test_sides_and_modes_are_the_fields_words():
    assert SIDES == ("left", "right")
    assert MODES == ("active", "passive", "resisted")


def test_a_catalogue_of_ones_own_is_read(tmp_path):
    test = load_catalogue(write_catalogue(tmp_path, ONE_ENTRY))["knee_flexion"]
    assert test.id == "knee_flexion"
    assert test.postures == ("supine", "prone")
    assert test.normal == Normal(deg=135.0, source="A study 1999", sureness="to be confirmed")
    assert (test.end_feel, test.with_care) == (None, None)


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('joint = "knee"', 'joint = "kne"', r"own.toml, knee_flexion, joint: is 'kne'. Allowed are: neck, .*knee"),
        (
            'view = "side"',
            'view = "sideways"',
            r"knee_flexion, view: is 'sideways'. Allowed are: side, front",
        ),
        ('angle = "knee', 'angle = "kneee', r"knee_flexion, angle: is 'kneee_flexion'. Allowed are: neck_flexion"),
        ('"prone"]', '"prome"]', r"knee_flexion, postures.2: is 'prome'. Allowed are: standing, .*prone"),
        ('["hip lifts"]', "[]", r"knee_flexion, compensations: is \[\]. Write a list of at least one"),
        ('["hip lifts"]', '"hip lifts"', r"knee_flexion, compensations: is 'hip lifts'. Write a list"),
        ("direction = 1", "direction = true", r"knee_flexion, direction: is True. Allowed are: 1, -1"),
        ("direction = 1", "direction = 1.0", r"knee_flexion, direction: is 1.0. Allowed are: 1, -1"),
        ("sided = true", "sided = 1", r"knee_flexion, sided: is 1. Write true or false"),
        ("sided = true", 'side = "left"', r"knee_flexion, side: is not a known field. Known are: id, name, joint"),
        ("sided = true", "", r"knee_flexion, sided: is missing. Add it"),
        (
            "sided = true",
            'sided = true\nid = "knee"',
            r"knee_flexion, id: is not a field of the file.*is the id",
        ),
        ('name = "Knee flexion"', 'name = " "', r"knee_flexion, name: is empty"),
        ('name = "Knee flexion"', "name = 7", r"knee_flexion, name: is 7. Write text"),
        ("deg = 135", 'deg = "135"', r"knee_flexion, normal.deg: is '135'. Write a number"),
        ("deg = 135", "deg = true", r"knee_flexion, normal.deg: is True. Write a number"),
        ("deg = 135", "deg = nan", r"knee_flexion, normal.deg: is nan. Write a finite number"),
        (
            "deg = 135",
            "dge = 135",
            r"knee_flexion, normal.dge: is not a known field. Known are: .*deg",
        ),
        ('source = "study"', 'source = "studdy"', r"knee_flexion, normal.source: is 'studdy'. Allowed are: study"),
        ('"verified"', '"sure"', r"knee_flexion, norms.1.sureness: is 'sure'. Allowed are: verified, second-hand"),
        ("age_from = 20", "age_from = 20.5", r"knee_flexion, norms.1.age_from: is 20.5. Write a whole number"),
        ("mdc = {", "mdc = 10 # {", r"knee_flexion, mdc: is 10. Write a table"),
        ('study = "A study 1999"', "study = 1999", r"own.toml, sources, study: is 1999. Write text"),
        ("[knee_flexion]", "[knee_flexion", r"own.toml can't be read: .*line 5"),
        ("[sources]", "version = 1\n[sources]", r"own.toml, version: is 1. Write a table"),
    ],
)
def test_a_typo_fails_with_file_entry_and_field(tmp_path, right, wrong, words):
    assert right in ONE_ENTRY
    file = write_catalogue(tmp_path, ONE_ENTRY.replace(right, wrong, 1))
    with pytest.raises(CatalogueError, match=words):
        load_catalogue(file)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not text"])
def test_a_file_that_cannot_be_read_says_so(tmp_path, content):
    file = tmp_path / "own.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"own.toml can't be read"):
        load_catalogue(file)
