"""The words of palpation and treatment are complete, and each is where and what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.errors import UsageError
from rom_vision.movements import (
    Region,
    entry_of,
    load_catalogue,
    load_dysfunctions,
    load_end_feels,
    load_findings,
    load_pain_qualities,
    load_regions,
    load_techniques,
)

regions = st.sampled_from(list(load_regions().values()))


@given(regions)
def test_a_region_lies_on_the_chart_and_its_other_side_mirrors_it(region: Region):
    if not region.sided:
        assert region.place(None) == (0.5, region.y)
        return
    (left, y), (right, same_y) = region.place("left"), region.place("right")
    assert 0 < left < 1
    assert 0 <= y <= 1
    assert (left + right, same_y) == (pytest.approx(1), y)


@given(regions.filter(lambda region: region.sided))
def test_the_clients_left_is_to_the_right_of_a_front_chart_and_to_the_left_of_a_back_one(region: Region):
    x, _ = region.place("left")
    assert (x > 0.5) == (region.surface == "front")


def test_a_side_is_given_just_where_there_are_two():
    with pytest.raises(ValueError, match="buttock: expected a side, got None"):
        load_regions()["buttock"].place(None)
    with pytest.raises(ValueError, match="sacrum: expected no side, got left"):
        load_regions()["sacrum"].place("left")


def test_no_two_regions_lie_on_one_place():
    places = [(region.surface, region.x, region.y) for region in load_regions().values()]
    assert len(set(places)) == len(places)


def test_regions_go_down_the_body():
    down = [
        load_regions()[name].y for name in ("forehead", "side_of_neck", "chest", "groin", "kneecap", "big_toe")
    ]
    assert down == sorted(down)


def test_clinical_massage_assesses_six_dysfunctions():
    assert list(load_dysfunctions()) == [
        "myofascial", "fascial_plane", "neuromuscular", "tonus_system", "dermatomic", "spondylogenic",
    ]  # fmt: skip


def test_each_finding_belongs_to_one_of_them_and_each_of_them_has_one():
    assert {finding.dysfunction for finding in load_findings().values()} == set(load_dysfunctions())


@pytest.mark.parametrize(
    ("finding", "dysfunction", "found_in"),
    [
        ("trigger_point_active", "myofascial", "muscle"),
        ("fascial_restriction", "fascial_plane", "region"),
        ("hypertonic_muscle", "tonus_system", "muscle"),
        ("dermatome", "dermatomic", "segment"),
        ("spinal_segment", "spondylogenic", "segment"),
    ],
)
def test_what_a_finding_is_of(finding, dysfunction, found_in):
    kind = load_findings()[finding]
    assert (kind.dysfunction, kind.found_in) == (dysfunction, found_in)


def test_the_techniques_are_those_of_clinical_massage():
    assert list(load_techniques()) == [
        "massage", "trigger_point_therapy", "myofascial_release", "muscle_energy", "craniosacral", "deep_tissue",
    ]  # fmt: skip


def test_three_end_feels_are_healthy():
    assert [feel.id for feel in load_end_feels().values() if feel.healthy] == ["soft", "firm", "hard"]


def test_the_catalogue_describes_end_feels_in_these_words():
    healthy = [feel.id for feel in load_end_feels().values() if feel.healthy]
    for test in load_catalogue().values():
        assert test.end_feel is None or any(word in test.end_feel.feel for word in healthy)


@pytest.mark.parametrize(
    "load", [load_dysfunctions, load_findings, load_pain_qualities, load_end_feels, load_techniques]
)
def test_each_meaning_is_one_sentence_with_its_source(load):
    for term in load().values():
        assert term.meaning[0].isupper()
        assert term.meaning.endswith(".")
        assert len(term.source) > 5


def test_a_word_that_is_none_names_the_closest():
    with pytest.raises(UsageError, match=r"There is no region 'butock'. Did you mean buttock"):
        entry_of(load_regions(), "butock", "region")
