"""Postures to learn from, in clinical terms: the movement tests of the catalogue, daily life, and anything a body
can do. Each call makes one at random."""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.studio.body import SIDES
from benchmarks.studio.manners import BASES, MANNERS, PRONE, SITTING, STANDING, SUPINE
from rom_vision.movements import MovementTest, load_catalogue

Posture = dict[str, float]
FARTHEST_DEG = 165.0
LEAST_NORMAL_DEG = 15.0  # a test of extension ends at 0, and says nothing of how far the joint goes
# how far each tested term may go, degrees; what is not named goes to 45
REACH_DEG = {
    "shoulder flexion": (-50, 178), "shoulder abduction": (0, 175), "shoulder plane": (0, 130),
    "shoulder rotation": (-70, 85), "elbow flexion": (0, 150), "hip flexion": (-25, 125),
    "hip abduction": (-20, 50), "hip rotation": (-45, 45), "knee flexion": (0, 145),
    "ankle dorsiflexion": (-50, 25), "trunk flexion": (-30, 95), "trunk lean": (-35, 35),
    "trunk turn": (-50, 50), "neck flexion": (-60, 55), "neck lean": (-45, 45), "neck turn": (-80, 80),
    "forearm pronation": (-85, 85), "wrist flexion": (-75, 75),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Still:
    """One posture, and how the body is carried.

    Attributes:
        terms: clinical term -> degrees.
        kind: what it is of, for looking at errors kind by kind.
        standing_on: the feet that are flat on the floor; none where the body lies or sits.
        seen_from_deg: where round the body the camera is asked to be, 0 in front, 90 at the left; None anywhere.
    """

    terms: Posture
    kind: str
    standing_on: tuple[str, ...] = ()
    seen_from_deg: float | None = None


def standing(random: np.random.Generator, camera_azimuth_deg: float) -> Still:
    """On one foot or both; a test turned to the camera about as it asks, all else facing anywhere."""
    make = random.choice([_tested_standing, _squat, _walking, _lunge, _anything], p=[0.60, 0.09, 0.08, 0.05, 0.18])
    still: Still = make(random)
    turned = random.uniform(-180, 180)
    if still.seen_from_deg is not None and random.random() < 0.75:
        turned = camera_azimuth_deg - still.seen_from_deg - random.normal(0, 28)
    return replace(still, terms=still.terms | {"body turn": turned})


def sitting(random: np.random.Generator) -> Still:
    """On a chair."""
    terms = _tested(random, SITTING)[0] if random.random() < 0.7 else dict(BASES[SITTING]) | _arms(random)
    if random.random() < 0.5:
        terms = _plus(terms, _trunk(random, 0.5))
    if random.random() < 0.4:  # one leg or both stretched out or drawn back
        for side in SIDES:
            terms[f"{side} knee flexion"] = random.uniform(0, 110)
    return Still(terms=_wobbled(random, terms), kind="sitting")


def lying(random: np.random.Generator) -> Still:
    """On the back, the front, or a side."""
    how = random.choice(["supine", "prone", "side"], p=[0.5, 0.25, 0.25])
    base = PRONE if how == "prone" else SUPINE
    terms = _tested(random, base)[0] if random.random() < 0.7 else dict(BASES[base])
    if random.random() < 0.3:
        terms |= _arms(random)
    if random.random() < 0.3 or how == "side":
        terms |= _legs(random, 0.7)
    if how == "side":
        terms["body lean"] = random.choice([-1, 1]) * random.normal(90, 12)
        terms["neck turn"] = random.normal(0, 12)
    else:
        terms["body lean"] = random.normal(0, 6)
    terms["body turn"] = random.normal(0, 8)
    return Still(terms=_wobbled(random, _plus(terms, _trunk(random, 0.25))), kind=how)


def _tested_standing(random: np.random.Generator) -> Still:
    terms, seen_from_deg = _tested(random, STANDING)
    if random.random() < 0.3:
        terms |= _arms(random, random.choice(SIDES))
    if random.random() < 0.3:
        terms = _plus(terms, _trunk(random, 0.3))
    lifted = [side for side in SIDES if abs(terms.get(f"{side} hip flexion", 0)) > 12
              or terms.get(f"{side} hip abduction", 0) > 12]  # fmt: skip
    both_bent = min(terms.get(f"{side} knee flexion", 0) for side in SIDES) > 10
    on = SIDES if both_bent or len(lifted) != 1 else tuple(side for side in SIDES if side not in lifted)
    return Still(terms=_wobbled(random, terms), kind="test", standing_on=on, seen_from_deg=seen_from_deg)


def _tested(random: np.random.Generator, posture: str) -> tuple[Posture, float]:
    """A movement test of that posture, somewhere on its way, and where the camera is asked to be."""
    names = [name for name, manner in MANNERS.items() if manner.posture == posture]
    name, side = str(random.choice(names)), random.choice(SIDES)
    manner = MANNERS[name]
    term, sign = manner.tested(side)
    test = next((test for test in load_catalogue().values() if name.startswith(test.id)), None)
    low, high = REACH_DEG.get(term.removeprefix("left ").removeprefix("right "), (0, 45))
    if sign < 0:
        low, high = -high, -low
    if test is not None and (normal_deg := _normal_deg(test)) >= LEAST_NORMAL_DEG and random.random() < 0.6:
        low, high = -0.1 * normal_deg, 1.15 * normal_deg
    # the ends count for more than what lies between: they are what is measured
    low, high = max(low, -FARTHEST_DEG), min(high, FARTHEST_DEG)
    asked = low + (high - low) * random.beta(0.8, 0.6)
    terms = {name: float(np.squeeze(angle)) for name, angle in manner.posture_at(np.array([asked]), side).items()}
    from_the_side = test is not None and test.view == "side"
    return terms | {term: sign * asked}, (90.0 if side == "left" else -90.0) if from_the_side else 0.0


def _normal_deg(test: MovementTest) -> float:
    """How far most people get."""
    return test.normal.deg if test.normal is not None else 0.0


def _squat(random: np.random.Generator) -> Still:
    """Squatting, or half way to a chair."""
    knee, lean, wide = random.uniform(10, 135), random.uniform(5, 60), random.uniform(3, 25)
    ankle = knee * random.uniform(0.2, 0.33)
    terms = dict(BASES[STANDING]) | {"pelvis tilt": lean * 0.6, "trunk flexion": lean * 0.4 + random.normal(0, 5)}
    for side in SIDES:
        terms |= {
            f"{side} knee flexion": knee + random.normal(0, 3),
            f"{side} hip flexion": knee - ankle + random.normal(0, 3),
            f"{side} hip abduction": wide, f"{side} hip rotation": random.uniform(-5, 25),
        }  # fmt: skip
    return Still(terms=_wobbled(random, terms | _arms(random)), kind="squat", standing_on=SIDES)


def _walking(random: np.random.Generator) -> Still:
    """A moment of a stride. Source of hip and knee over the stride: Winter DA, Biomechanics and Motor Control of
    Human Movement, 4th ed. 2009, appendix A, read off roughly."""
    stride, size = random.random(), random.uniform(0.7, 1.2)
    terms = dict(BASES[STANDING]) | {"pelvis tilt": random.uniform(-2, 10), "trunk turn": random.normal(0, 6)}
    for side, moment in zip(SIDES, (stride, (stride + 0.5) % 1), strict=True):
        knee = np.interp(moment, [0, 0.15, 0.4, 0.6, 0.73, 0.9, 1], [5, 18, 6, 35, 62, 15, 5])
        terms |= {
            f"{side} hip flexion": size * (8 + 21 * np.cos(2 * np.pi * moment)),
            f"{side} knee flexion": size * knee,
            f"{side} shoulder flexion": -18 * size * np.cos(2 * np.pi * moment) + random.normal(0, 6),
            f"{side} elbow flexion": random.uniform(5, 45),
        }
    on = (SIDES[0],) if stride < 0.5 else (SIDES[1],)
    if random.random() < 0.3:
        terms |= _arms(random)
    return Still(terms=_wobbled(random, terms), kind="walking", standing_on=on)


def _lunge(random: np.random.Generator) -> Still:
    front, back = random.permutation(SIDES)
    depth = random.uniform(0.2, 1)
    terms = dict(BASES[STANDING]) | _arms(random) | {
        f"{front} hip flexion": depth * random.uniform(50, 100),
        f"{front} knee flexion": depth * random.uniform(60, 110),
        f"{back} hip flexion": -depth * random.uniform(0, 25),
        f"{back} knee flexion": depth * random.uniform(20, 100),
    }  # fmt: skip
    terms = _plus(terms, _trunk(random, 0.6))
    return Still(terms=_wobbled(random, terms), kind="lunge", standing_on=(str(front),))


def _anything(random: np.random.Generator) -> Still:
    """Arms, trunk and one leg anywhere they can be."""
    on = str(random.choice(SIDES))
    free = next(side for side in SIDES if side != on)
    terms = _plus(dict(BASES[STANDING]) | _arms(random), _trunk(random, 1.0))
    legs = _legs(random, 1.0)
    terms |= {term: angle for term, angle in legs.items() if term.startswith(free) or random.random() < 0.3}
    return Still(terms=_wobbled(random, terms), kind="anything", standing_on=(on,))


def _arms(random: np.random.Generator, only: str | None = None) -> Posture:
    """Arms doing something, both alike more often than not."""
    alike, one = random.random() < 0.5, _arm(random)
    terms = {}
    for side in SIDES if only is None else (only,):
        arm = one if alike else _arm(random)
        terms |= {f"{side} {term}": angle for term, angle in arm.items()}
    return terms


def _arm(random: np.random.Generator) -> Posture:
    how = random.choice(["hangs", "front", "side", "up", "crossed", "on hip", "any"],
                        p=[0.22, 0.18, 0.12, 0.16, 0.08, 0.08, 0.16])  # fmt: skip

    def between(low: float, high: float) -> float:
        return float(random.uniform(low, high))

    bent = abs(random.normal(0, 12)) if random.random() < 0.5 else between(0, 140)
    arms = {
        "hangs": (between(0, 20), between(0, 90), between(-20, 40), abs(random.normal(0, 15))),
        "front": (between(40, 110), between(70, 110), between(-20, 60), bent),
        "side": (between(20, 170), float(random.normal(0, 12)), between(-20, 60), bent),
        "up": (between(90, 175), _plane(random), between(-20, 60), bent),
        "crossed": (between(15, 55), between(60, 110), between(-85, -40), between(80, 135)),
        "on hip": (between(20, 50), between(-30, 40), between(-80, -30), between(60, 110)),
        "any": (between(0, 170), between(-40, 130), between(-70, 80), between(0, 145)),
    }
    raised, plane, rotated, elbow = arms[how]
    return {
        "shoulder abduction": raised, "shoulder plane": plane, "shoulder rotation": rotated,
        "shoulder flexion": 0.0, "elbow flexion": elbow, "forearm pronation": between(-80, 80),
        "wrist flexion": float(random.normal(0, 20)), "finger flexion": between(0, 45),
    }  # fmt: skip


def _plane(random: np.random.Generator) -> float:
    """In which plane an arm is raised: 0 sideways, 90 forwards; these two more often than any between."""
    return float(random.choice([random.normal(0, 8), random.normal(90, 8), random.uniform(-10, 110)]))


def _legs(random: np.random.Generator, size: float) -> Posture:
    terms = {}
    for side in SIDES:
        hip = random.uniform(-20, 115) * size if random.random() < 0.6 else random.normal(0, 8)
        terms |= {
            f"{side} hip flexion": hip,
            f"{side} hip abduction": random.uniform(-12, 45) * size,
            f"{side} hip rotation": random.uniform(-35, 40) * size,
            f"{side} knee flexion": random.uniform(0, 135) if random.random() < 0.7 else abs(random.normal(0, 8)),
            f"{side} ankle dorsiflexion": random.uniform(-45, 20),
        }
    return terms


def _trunk(random: np.random.Generator, size: float) -> Posture:
    bend = size * random.uniform(-25, 80)
    return {
        "pelvis tilt": 0.4 * bend, "trunk flexion": 0.6 * bend,
        "trunk lean": size * random.uniform(-32, 32), "trunk turn": size * random.uniform(-45, 45),
        "neck flexion": size * random.uniform(-45, 45), "neck lean": size * random.uniform(-30, 30),
        "neck turn": size * random.uniform(-60, 60),
    }  # fmt: skip


def _plus(terms: Posture, more: Posture) -> Posture:
    return terms | {term: terms.get(term, 0.0) + angle for term, angle in more.items()}


WOBBLE_DEG = {
    "trunk flexion": 4, "trunk lean": 3, "trunk turn": 5, "pelvis tilt": 3, "pelvis lean": 2, "neck flexion": 8,
    "neck lean": 6, "neck turn": 15,
} | {
    f"{side} {term}": size
    for side in SIDES
    for term, size in {
        "shoulder abduction": 4, "shoulder flexion": 4, "shoulder rotation": 12, "elbow flexion": 5,
        "forearm pronation": 25, "wrist flexion": 12, "finger flexion": 10, "hip abduction": 2.5,
        "hip rotation": 7, "toe-out": 6,
    }.items()
}  # fmt: skip


def _wobbled(random: np.random.Generator, terms: Posture) -> Posture:
    """No two people, and no two tries, are held alike."""
    return _plus(terms, {term: float(random.normal(0, size)) for term, size in WOBBLE_DEG.items()})
