"""People whom the neck's films are made of besides those of the accuracy benchmark.

A face differs more from one person to the next than an arm does, so that benchmark needs more of them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from benchmarks.accuracy_set import PEOPLE, Person, Split
from benchmarks.studio.body import Build
from benchmarks.studio.wardrobe import Outfit

MORE: Mapping[Split, Mapping[str, Person]] = MappingProxyType(
    {
        "development": {
            "woman_26": Person(
                build=Build(female=1.0, age_years=26, height_m=1.62, weight=0.25, asian=0.6, caucasian=0.4),
                outfit=Outfit(skin=(0.86, 0.69, 0.57), hair=(0.10, 0.07, 0.06), long_hair=True,
                              shirt=(0.82, 0.82, 0.80), sleeve=0.1, shirt_slack_m=0.003, folds_seed=15),
            ),
            "man_35": Person(
                build=Build(female=0.0, age_years=35, height_m=1.78, weight=0.55, muscle=0.7, african=0.5,
                            caucasian=0.5),
                outfit=Outfit(skin=(0.55, 0.38, 0.28), hair=(0.06, 0.05, 0.04), beard=0.9,
                              shirt=(0.15, 0.16, 0.18), sleeve=0.3, shirt_slack_m=0.02, folds_seed=16),
            ),
            "woman_52": Person(
                build=Build(female=1.0, age_years=52, height_m=1.70, weight=0.9, muscle=0.3, african=1.0,
                            caucasian=0.0),
                outfit=Outfit(skin=(0.29, 0.19, 0.14), hair=(0.10, 0.09, 0.08), shirt=(0.60, 0.20, 0.24),
                              sleeve=0.5, shirt_slack_m=0.045, folds_seed=17),
            ),
            "man_67": Person(
                build=Build(female=0.0, age_years=67, height_m=1.66, weight=0.4, muscle=0.35, asian=1.0,
                            caucasian=0.0),
                outfit=Outfit(skin=(0.78, 0.61, 0.47), hair=(0.55, 0.54, 0.53), beard=0.4,
                              shirt=(0.45, 0.52, 0.40), sleeve=0.9, shirt_slack_m=0.03, folds_seed=18),
            ),
            "man_28": Person(
                build=Build(female=0.0, age_years=28, height_m=1.86, weight=0.95, muscle=0.6),
                outfit=Outfit(skin=(0.90, 0.73, 0.65), hair=(0.55, 0.36, 0.18), beard=0.7,
                              shirt=(0.24, 0.34, 0.52), stripes=0.5, sleeve=0.25, folds_seed=19),
            ),
            "woman_80": Person(
                build=Build(female=1.0, age_years=80, height_m=1.56, weight=0.3, muscle=0.15),
                outfit=Outfit(skin=(0.88, 0.73, 0.66), hair=(0.85, 0.84, 0.83), long_hair=True,
                              shirt=(0.66, 0.56, 0.60), sleeve=0.7, shirt_slack_m=0.02, folds_seed=20),
            ),
        },
        "test": {
            "woman_29": Person(
                build=Build(female=1.0, age_years=29, height_m=1.66, weight=0.5, asian=1.0, caucasian=0.0),
                outfit=Outfit(skin=(0.84, 0.68, 0.55), hair=(0.08, 0.06, 0.05), long_hair=True,
                              shirt=(0.42, 0.54, 0.50), sleeve=0.3, shirt_slack_m=0.03, folds_seed=25),
            ),
            "man_47": Person(
                build=Build(female=0.0, age_years=47, height_m=1.75, weight=0.6, muscle=0.6, african=0.8,
                            caucasian=0.2),
                outfit=Outfit(skin=(0.42, 0.29, 0.21), hair=(0.07, 0.06, 0.05), beard=0.8,
                              shirt=(0.85, 0.84, 0.80), sleeve=0.5, shirt_slack_m=0.012, folds_seed=26),
            ),
            "woman_60": Person(
                build=Build(female=1.0, age_years=60, height_m=1.72, weight=0.7, muscle=0.4),
                outfit=Outfit(skin=(0.89, 0.72, 0.63), hair=(0.62, 0.46, 0.30), shirt=(0.18, 0.30, 0.44),
                              sleeve=0.8, shirt_slack_m=0.006, folds_seed=27),
            ),
            "man_71": Person(
                build=Build(female=0.0, age_years=71, height_m=1.69, weight=0.75, muscle=0.3, asian=0.7,
                            caucasian=0.3),
                outfit=Outfit(skin=(0.80, 0.62, 0.50), hair=(0.66, 0.65, 0.64), shirt=(0.36, 0.32, 0.28),
                              sleeve=0.6, shirt_slack_m=0.045, folds_seed=28),
            ),
        },
    }
)  # fmt: skip


def everybody(split: Split) -> Mapping[str, Person]:
    """The accuracy benchmark's people of a split and these."""
    return {**PEOPLE[split], **MORE[split]}
