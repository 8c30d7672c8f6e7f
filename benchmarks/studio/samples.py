"""The sample clips: six people, six movement tests."""

from benchmarks.studio.body import Build
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Take
from benchmarks.studio.furniture import Decor
from benchmarks.studio.movement import Repetition, Script
from benchmarks.studio.picture import Lamp
from benchmarks.studio.wardrobe import Outfit

FRONT, LEFT, RIGHT = 0.0, 90.0, -90.0


def _repetitions(peaks_deg: tuple[float, ...], seconds: float) -> tuple[Repetition, ...]:
    """Repetitions of about this length, none like the other."""
    uneven = ((0.46, 0.03, 0.45), (0.49, 0.05, 0.44), (0.45, 0.04, 0.49))
    return tuple(
        Repetition(peak_deg=peak, up_s=seconds * up, hold_s=seconds * hold, down_s=seconds * down)
        for peak, (up, hold, down) in zip(peaks_deg, uneven, strict=True)
    )


SAMPLES = {
    "left_shoulder_abduction": Take(
        build=Build(female=1.0, age_years=34, height_m=1.66, weight=0.45, muscle=0.5),
        outfit=Outfit(skin=(0.86, 0.68, 0.58), hair=(0.32, 0.20, 0.12), long_hair=True, shirt=(0.45, 0.22, 0.28),
                      trousers=(0.17, 0.18, 0.22), folds_seed=1),
        decor=Decor(things=("couch", "plant", "print"), seed=1),
        script=Script(movement="shoulder_abduction", side="left", rest_deg=9, seed=1,
                      repetitions=_repetitions((140, 146, 143), 1.65)),
        camera=Camera(azimuth_deg=FRONT, distance_m=2.6, looks_at_m=(0.1, 0, 0.98)),
    ),
    "right_shoulder_flexion": Take(
        build=Build(female=0.0, age_years=58, height_m=1.77, weight=0.62, muscle=0.5),
        outfit=Outfit(skin=(0.82, 0.63, 0.54), hair=(0.45, 0.44, 0.42), beard=0.35, shirt=(0.30, 0.42, 0.36),
                      trousers=(0.34, 0.31, 0.27), shoes=(0.2, 0.2, 0.22), folds_seed=2),
        decor=Decor(wall=(0.80, 0.84, 0.84), floor=(0.45, 0.46, 0.48), carpet=True,
                    things=("shelf", "print"), seed=2),
        script=Script(movement="shoulder_flexion", side="right", rest_deg=4, seed=2,
                      repetitions=_repetitions((152, 161, 157), 1.65)),
        camera=Camera(azimuth_deg=RIGHT, distance_m=2.6, looks_at_m=(0, -0.1, 1.04)),
        lamp=Lamp(azimuth_deg=35, warmth=0.3),
    ),
    "left_elbow_flexion": Take(
        build=Build(female=0.0, age_years=26, height_m=1.83, weight=0.42, muscle=0.75, african=1.0, caucasian=0.0),
        outfit=Outfit(skin=(0.36, 0.24, 0.18), hair=(0.04, 0.035, 0.03), shirt=(0.83, 0.83, 0.80), sleeve=0.22,
                      trousers=(0.22, 0.27, 0.38), trouser_leg=0.48, trouser_slack_m=0.012, folds_seed=3),
        decor=Decor(wall=(0.88, 0.83, 0.74), things=("window", "ball"), seed=3),
        script=Script(movement="elbow_flexion", side="left", rest_deg=12, seed=3,
                      repetitions=_repetitions((131, 138, 135), 1.5)),
        camera=Camera(azimuth_deg=LEFT, distance_m=2.35),
        lamp=Lamp(azimuth_deg=-30, warmth=0.5),
    ),
    "right_knee_flexion": Take(
        build=Build(female=1.0, age_years=47, height_m=1.58, weight=0.7, muscle=0.4, asian=1.0, caucasian=0.0),
        outfit=Outfit(skin=(0.84, 0.68, 0.54), hair=(0.05, 0.045, 0.05), long_hair=True, shirt=(0.62, 0.66, 0.72),
                      stripes=0.6, trousers=(0.12, 0.13, 0.15), trouser_leg=0.55,
                      trouser_slack_m=0.007, folds_seed=4),
        decor=Decor(wall=(0.84, 0.86, 0.80), things=("couch", "door"), seed=4),
        script=Script(movement="knee_flexion", side="right", rest_deg=4, seed=4,
                      repetitions=_repetitions((112, 118, 110), 1.55)),
        camera=Camera(azimuth_deg=RIGHT, distance_m=2.3, height_m=1.0, looks_at_m=(0, 0.05, 0.85)),
        lamp=Lamp(azimuth_deg=45),
    ),
    "left_hip_abduction": Take(
        build=Build(female=0.0, age_years=71, height_m=1.72, weight=0.55, muscle=0.35),
        outfit=Outfit(skin=(0.85, 0.66, 0.58), hair=(0.72, 0.71, 0.69), shirt=(0.24, 0.30, 0.42), sleeve=0.5,
                      trousers=(0.45, 0.42, 0.36), trouser_leg=0.9, trouser_slack_m=0.012,
                      shoes=(0.3, 0.22, 0.16), folds_seed=5),
        decor=Decor(wall=(0.87, 0.86, 0.84), floor=(0.50, 0.40, 0.32), things=("shelf", "stool", "print"), seed=5),
        script=Script(movement="hip_abduction", side="left", rest_deg=3, seed=5,
                      repetitions=_repetitions((36, 41, 38), 1.6)),
        camera=Camera(azimuth_deg=FRONT, distance_m=2.45, height_m=1.1, looks_at_m=(0.1, 0, 0.9)),
        lamp=Lamp(azimuth_deg=30, height_deg=62),
    ),
    "right_trunk_lateral_flexion": Take(
        build=Build(female=1.0, age_years=24, height_m=1.72, weight=0.35, muscle=0.6, african=0.4, caucasian=0.6),
        outfit=Outfit(skin=(0.62, 0.44, 0.34), hair=(0.08, 0.06, 0.05), shirt=(0.20, 0.45, 0.47), sleeve=0.18,
                      trousers=(0.30, 0.20, 0.32), shirt_slack_m=0.010, trouser_slack_m=0.005, folds_seed=6),
        decor=Decor(wall=(0.90, 0.88, 0.86), floor=(0.72, 0.62, 0.50), things=("couch", "window", "mat"), seed=6),
        script=Script(movement="trunk_lateral_flexion", side="right", seed=6,
                      repetitions=_repetitions((26, 30, 28), 1.7)),
        camera=Camera(azimuth_deg=FRONT, distance_m=2.4, looks_at_m=(-0.05, 0, 0.92)),
        lamp=Lamp(azimuth_deg=-25, warmth=0.2),
    ),
}  # fmt: skip
