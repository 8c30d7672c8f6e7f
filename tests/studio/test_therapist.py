# ruff: noqa: E402 - the studio is imported only where its packages are
"""The second person against geometry: hands on the limb, feet on the floor, and the client as without them."""

import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("anny", reason="the film studio needs benchmarks/requirements.txt (anny is not installed)")
pytest.importorskip("torch", reason="the film studio needs benchmarks/requirements.txt (torch is not installed)")
moderngl = pytest.importorskip(
    "moderngl", reason="the film studio needs benchmarks/requirements.txt (moderngl is not installed)"
)

from benchmarks.accuracy_set import PEOPLE
from benchmarks.passive_set import FAR, HIDING, NEAR, PASSIVE, passive_cases
from benchmarks.studio.body import Build, make_body
from benchmarks.studio.cache import filmed
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Clock, Take, act, film, open_studio, skeleton_truth
from benchmarks.studio.furniture import Decor
from benchmarks.studio.grips import GRIPS
from benchmarks.studio.movement import Repetition, Script
from benchmarks.studio.skeleton import surface_m
from benchmarks.studio.therapist import HANDS_S, WALK_S, Helper
from benchmarks.studio.wardrobe import Outfit

CLIENT = Build(female=0.0, age_years=60, height_m=1.76, weight=0.6)
THERAPIST = Build(female=1.0, age_years=35, height_m=1.68, weight=0.4)


def passive(test: str = "straight_leg_raise", place: str = FAR, side: str = "left", **how) -> Take:
    """A small film of one test by hand, filmed and held as in the benchmark."""
    known = PASSIVE[test]
    mirrored = 1 if side == "left" else -1
    still_s = WALK_S + HANDS_S + 0.3 if "enters_s" in how else 0.2
    return Take(
        build=CLIENT,
        outfit=Outfit(),
        decor=Decor(),
        script=Script(
            movement=known.movement, side=side, rest_deg=known.rest_deg, still_s=still_s, unrest_deg=0.05,
            repetitions=(Repetition(peak_deg=known.peak_deg, up_s=1.5, hold_s=0.4, down_s=1.5),),
        ),
        camera=Camera(azimuth_deg=mirrored * known.view_deg, distance_m=3.0, width_px=256, height_px=144),
        clock=Clock(frames_per_s=8),
        helper=Helper(
            build=THERAPIST, outfit=Outfit(shirt=(0.75, 0.1, 0.1)), grips=GRIPS[test],
            azimuth_deg=mirrored * known.therapist_deg[place], **how,
        ),
    )  # fmt: skip


def people(take: Take):
    return act(take, take.time_s())


@pytest.fixture(scope="module")
def comes_and_goes() -> Take:
    return passive(enters_s=0.5, leaves_s=WALK_S + 2 * HANDS_S + 3.8)


@pytest.mark.parametrize("place", [FAR, NEAR])
@pytest.mark.parametrize("test", sorted(PASSIVE))
def test_both_hands_lie_on_the_client_in_every_frame(test, place):
    """Against the surface that is drawn, wherever it is: no more than a hand's thickness from knuckle to skin."""
    take = passive(test, place, "left" if place == FAR else "right")
    here = people(take)
    skin = make_body(take.build).skin
    knuckles = np.stack([here.therapist.joints_m[f"{side} knuckle"] for side in ("left", "right")], axis=1)
    for motions, hands in list(zip(here.client.motions, knuckles, strict=True))[::4]:
        surface = surface_m(skin, motions)
        nearest = np.linalg.norm(surface - hands[:, None], axis=-1).min(axis=1)
        assert nearest.max() < 0.05


@pytest.mark.parametrize("how", [{}, {"leans_across_s": (0.3, 2.5)}, {"kneels": True}], ids=str)
@pytest.mark.parametrize("test", ["straight_leg_raise", "hip_abduction"])
def test_the_therapist_is_on_the_floor_and_beside_the_client(test, how):
    here = people(passive(test, FAR, **how))
    skin = make_body(THERAPIST).skin
    lowest = [surface_m(skin, motions)[:, 2].min() for motions in here.therapist.motions[::6]]
    assert np.abs(lowest).max() < (0.06 if "kneels" in how else 0.03)
    assert _trunks_apart_m(here) > 0.3


def test_leaning_across_brings_the_trunk_over_the_client():
    upright, bent = (
        people(passive("straight_leg_raise", FAR, **how)).therapist.joints_m
        for how in ({}, {"leans_across_s": (0.0, 9.0)})
    )
    way = -np.sign(upright["left hip"][:, 0].mean())  # over the couch
    assert (way * (bent["neck"] - upright["neck"])[len(bent["neck"]) // 2, 0]) > 0.05


def test_the_client_moves_as_without_a_therapist():
    helped = passive()
    assert (people(helped).client.motions == people(replace(helped, helper=None)).client.motions).all()


def test_planted_feet_stay_where_they_are(comes_and_goes):
    """Walking in and out, one foot carries at any moment: it is level with the floor and does not slide."""
    here = people(comes_and_goes)
    ankles = np.stack([here.therapist.joints_m[f"{side} ankle"] for side in ("left", "right")], axis=1)
    slides = np.linalg.norm(np.diff(ankles[..., :2], axis=0), axis=-1).min(axis=1)
    assert slides.max() < 0.05
    rest = make_body(THERAPIST).centre("foot.L")[2]
    assert ankles[..., 2].min(axis=1) == pytest.approx(rest, abs=0.03)


def test_the_truth_says_who_is_who_and_when_they_are_there(comes_and_goes, tmp_path):
    here = film(comes_and_goes, tmp_path / "passive.mp4")
    known = json.loads((tmp_path / "passive.json").read_text())
    assert known["mode"] == "passive"
    arrives_s, goes_s = known["people"]["therapist"]["in_room_s"]
    assert (arrives_s, goes_s) == pytest.approx((0.5, WALK_S * 2 + 2 * HANDS_S + 3.8), abs=0.13)
    first, last = known["people"]["therapist"]["holds_s"]
    assert first == pytest.approx(0.5 + WALK_S + HANDS_S, abs=0.13)
    assert first <= known["repetitions"][0]["start_s"] + 0.13
    assert last >= known["repetitions"][0]["end_s"] - 0.13
    everything = skeleton_truth(comes_and_goes, here)
    seen = np.isfinite(everything["therapist_joints_px"]).all(axis=(1, 2))
    assert (seen == ((everything["time_s"] >= 0.5) & (everything["time_s"] <= goes_s + 0.01))).all()


def test_all_that_is_known_agrees_with_itself(tmp_path):
    """Joints, lens and place of the camera give the same pixels; the tested angle is among all angles."""
    take = passive()
    video = filmed(take, tmp_path)
    with np.load(video.with_suffix(".npz")) as known:
        for whose in ("", "therapist_"):
            in_camera = known[f"{whose}joints_m"].astype(float)
            flat = in_camera[..., :2] / in_camera[..., 2:]
            pixels = flat * known["focal_px"] + known["size_px"] / 2  # this lens does not bend
            assert pixels == pytest.approx(known[f"{whose}joints_px"], abs=0.01)
        place = take.camera.position_m()
        assert known["camera_position_m"] == pytest.approx(place)
        assert known["camera_rotation"] @ (np.array(take.camera.looks_at_m) - place) == pytest.approx(
            [0, 0, np.hypot(3.0, 1.2 - 0.95)]
        )
        tested = list(known["angle_names"]).index("left straight_leg_raise")
        told = json.loads(video.with_suffix(".json").read_text())
        assert known["angles_deg"][:, tested] == pytest.approx(told["angle_deg"], abs=0.01)
        assert known["peaks_deg"] == pytest.approx([PASSIVE["straight_leg_raise"].peak_deg], abs=1.0)


def test_the_therapist_is_drawn_where_their_joints_are_and_changes_nothing_else():
    take = passive()
    here = people(take)
    try:
        alone = open_studio(replace(take, helper=None))
    except moderngl.Error as problem:
        pytest.skip(f"no EGL to render with ({problem}); install libegl1 and libgl1-mesa-dri")
    client, therapist = here.client.motions[8], here.therapist.motions[8]
    single = alone.picture(client)
    alone.close()
    with_both = open_studio(take)
    assert (with_both.picture(client, None) == single).all()
    both = with_both.picture(client, therapist)
    red = (both[..., 0] > 90) & (both[..., 1] < 60)  # the therapist's shirt
    middle = np.mean([here.therapist.joints_m[f"{side} {joint}"][8] for side in ("left", "right")
                      for joint in ("shoulder", "hip")], axis=0)  # fmt: skip
    where = take.camera.project_px(middle)
    rows, columns = np.nonzero(red)
    assert not ((single[..., 0] > 90) & (single[..., 1] < 60)).any()
    assert columns.mean() == pytest.approx(where[0], abs=12)
    assert rows.min() < where[1]
    points = np.stack([joint[8] for joint in here.therapist.joints_m.values()])
    for point, pixel in zip(points, take.camera.project_px(points), strict=True):
        drawn = with_both.markers(point[None])[..., 0].astype(float)
        if not drawn.any():
            continue
        rows, columns = np.indices(drawn.shape) + 0.5
        assert [np.average(columns, weights=drawn), np.average(rows, weights=drawn)] == pytest.approx(
            pixel, abs=0.5
        )
    with_both.close()


def test_who_kneels_does_not_walk():
    with pytest.raises(ValueError, match="kneels"):
        Helper(
            build=THERAPIST, outfit=Outfit(), grips=GRIPS["hip_flexion"], azimuth_deg=90, kneels=True, enters_s=0.0
        )


@pytest.mark.parametrize("split", ["development", "test"])
def test_the_passive_set_has_every_test_near_and_far_left_and_right(split):
    chosen = list(passive_cases(split))
    assert {case.body for case in chosen} == set(PEOPLE[split])
    for test, known in PASSIVE.items():
        mine = [case for case in chosen if case.test.id == test and case.should_accept]
        stands = {abs(case.take.helper.azimuth_deg) for case in mine}
        assert stands == {abs(known.therapist_deg[place]) for place in (NEAR, FAR)}
        assert {case.side for case in mine} == {"left", "right"}
        assert all(case.take.helper.build != case.take.build for case in mine)
    assert sum(not case.should_accept for case in chosen) == sum(
        HIDING in p.therapist_deg for p in PASSIVE.values()
    )
    assert {case.take.helper.enters_s for case in chosen} == {0.0, -np.inf}


def _trunks_apart_m(here) -> float:
    """The least distance between the two people's trunks, from the middle of the hips to the neck."""
    share = np.linspace(0, 1, 9)[:, None, None]
    trunks = []
    for joints in (here.client.joints_m, here.therapist.joints_m):
        hips = (joints["left hip"] + joints["right hip"]) / 2
        trunks.append(hips + share * (joints["neck"] - hips))
    return float(np.linalg.norm(trunks[0][:, None] - trunks[1][None], axis=-1).min())
