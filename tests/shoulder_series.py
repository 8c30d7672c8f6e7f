"""A whole series in a record: a stiff and sore shoulder, treated five times, assessed before and after."""

from dataclasses import replace
from datetime import date
from typing import Any

import measured
import numpy as np

from rom_vision.kinematics.repetitions import find_repetitions
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Side, movement_test
from rom_vision.records import (
    Exercise,
    Goal,
    History,
    Limit,
    MovementFinding,
    PalpationFinding,
    Record,
    Referral,
    Session,
    Treatment,
)

DAYS = [date(2026, 11, day) for day in (3, 6, 10, 13, 17, 20, 24)]
ON = date(2026, 11, 25)
NAME = "Anna Musterfrau-Østergård"


def filmed(
    movement: str, side: Side | None, mode: Mode, peak_deg: float, doubt_deg: float, film: int
) -> Measurement:
    """A measurement whose curve is three hills of that height.

    Args:
        film: tells one film from another.
    """
    base = measured.knee_flexion()
    time_s = base.curves.time_s
    curve = 5 + (peak_deg - 5) * (1 - np.cos(np.linspace(0, 6 * np.pi * (1 + film % 5 / 10), len(time_s)))) / 2
    return replace(
        base,
        test=movement_test(movement),
        side=side,
        mode=mode,
        curve=curve,
        repetitions=find_repetitions(time_s, curve),
        peak_deg=peak_deg,
        uncertainty_deg=doubt_deg,
        hold=None,
        problems=(),
        provenance=measured.provenance(f"{film:064x}"),
    )


def told(record: Record) -> str:
    """Keep all of it; gives the client's id."""
    client = record.add_client(
        NAME, birth_date=date(1980, 5, 17), sex="female", height_m=1.68, weight_kg=62, dominant_side="right"
    )
    series = _Series(record, client.id)
    series.write()
    series.palpate()
    series.test()
    series.treat()
    return client.id


class _Series:
    def __init__(self, record: Record, client_id: str) -> None:
        self.record, self.client_id, self.films = record, client_id, 0
        order = record.save(
            Referral(
                client_id=client_id,
                physician="Dr. med. Eva Grün",
                practice="At the Market",
                written_on=date(2026, 10, 28),
                diagnosis="Impingement of the right shoulder",
                icd10=("M75.41", "M54.2"),
                techniques=("massage", "trigger_point_therapy"),
                sessions_ordered=6,
                how_often="twice a week",
                precautions="no strong pressure on the front of the neck",
                valid_until=date(2027, 1, 31),
            )
        )
        kinds = ["first_assessment", *["treatment"] * 5, "re_assessment"]
        self.sessions = [
            record.save(
                Session(client_id=client_id, on=day, kind=kind, referral_id=order.id, therapist="Thea Sommer")
            )
            for day, kind in zip(DAYS, kinds, strict=True)
        ]

    def write(self) -> None:
        own = {"client_id": self.client_id}
        limit = Limit(movement="knee_flexion", side="left", mode="passive")
        for entry in (
            History(kind="injury", what="fall on the shoulder", on=date(2024, 2, 1), region="top_of_shoulder",
                    side="right", **own),
            History(kind="surgery", what="meniscus sutured", on=date(2019, 1, 1), limits=(limit,), **own),
            Goal(aim="motion_regained", what="Hang up the washing", yardstick="movement_test",
                 movement="shoulder_abduction", side="right", mode="active", target_deg=150.0,
                 by=date(2026, 12, 24), **own),
            Goal(aim="pain_relieved", what="Sleep on the right side", yardstick="pain_scale", target_pain=2,
                 **own),
            Goal(aim="tissue_restored", what="Neck at ease", yardstick="finding", region="angle_of_neck",
                 side="right", target_pain=3, **own),
        ):  # fmt: skip
            self.record.save(entry)

    def palpate(self) -> None:
        neck: dict[str, Any] = {"region": "angle_of_neck", "side": "right", "face": "back", "x": 0.57, "y": 0.16}
        blade: dict[str, Any] = {
            "region": "shoulder_blade",
            "side": "right",
            "face": "back",
            "x": 0.62,
            "y": 0.245,
        }
        chest: dict[str, Any] = {"region": "chest", "side": "right", "face": "front", "x": 0.41, "y": 0.26}
        spine: dict[str, Any] = {"region": "cervical_spine", "face": "back", "x": 0.5, "y": 0.13, "level": "C5"}
        point: dict[str, Any] = {"kind": "trigger_point_active", "muscle": "infraspinatus"}
        self._found(0, pain=7, kind="hypertonic_muscle", muscle="levator_scapulae", quality="aching", **neck)
        self._found(0, pain=8, quality="sharp", referral_area="down the arm", **blade, **point)
        self._found(0, pain=3, kind="fascial_restriction", **chest)
        self._found(0, pain=4, kind="spinal_segment", **spine)
        self._found(6, pain=2, kind="hypertonic_muscle", muscle="levator_scapulae", quality="dull", **neck)
        self._found(6, pain=4, quality="dull", **blade, **point)

    def test(self) -> None:
        arc = {"painful_from_deg": 70.0, "painful_to_deg": 110.0, "concordant": True}
        for session, deg, pain in ((0, 112, 6), (2, 121, 5), (4, 133, 4), (6, 142, 2)):
            self._filmed(session, "shoulder_abduction", "right", deg, pain=pain, **arc)
        for session, deg in ((0, 168), (6, 170)):
            self._filmed(session, "shoulder_abduction", "left", deg, pain=0)
        for session, deg, pain, feel in ((0, 150, 5, "empty"), (6, 165, 2, "firm")):
            self._read(session, "shoulder_abduction", "passive", deg, pain=pain, end_feel=feel)
        for session, strength in ((0, 4), (6, 5)):
            self._read(session, "shoulder_abduction", "resisted", pain=3, strength=strength, force_n=96.0)
        for session, deg in ((0, 32), (6, 41)):
            self._filmed(session, "shoulder_external_rotation", "right", deg, doubt_deg=13)
        self._read(0, "elbow_flexion", "active", 143)

    def treat(self) -> None:
        for session, before, after in ((1, 7, 4), (2, 6, 4), (3, 5, 3), (4, 4, 2), (5, 3, 2)):
            self.record.save(
                Treatment(
                    client_id=self.client_id,
                    session_id=self.sessions[session].id or 0,
                    techniques=("trigger_point_therapy", "myofascial_release"),
                    regions=("shoulder_blade",),
                    minutes=45,
                    response="slept through",
                    pain_before=before,
                    pain_after=after,
                )
            )
        exercise = self.record.save(
            Exercise(
                client_id=self.client_id,
                movement="shoulder_flexion",
                side="right",
                repetitions=10,
                times_a_week=7,
                starts_on=DAYS[0],
            )
        )
        at_home = filmed("shoulder_flexion", "right", "active", 99.0, 7.0, 1000)
        self.record.keep(self.client_id, at_home, None, on=DAYS[3], exercise_id=exercise.id)

    def _found(self, session: int, **found: Any) -> None:
        self.record.save(
            PalpationFinding(client_id=self.client_id, session_id=self.sessions[session].id or 0, **found)
        )

    def _filmed(
        self, session: int, movement: str, side: Side, deg: float, doubt_deg: float = 7.0, **felt: Any
    ) -> None:
        self.films += 1
        day, kind = self.sessions[session].on, self.sessions[session].kind
        film = filmed(movement, side, "active", deg, doubt_deg, self.films)
        kept = self.record.keep(self.client_id, film, None, on=day, kind=kind)
        self._moved(session, movement, side, "active", by="film", measurement_id=kept.id, **felt)

    def _read(self, session: int, movement: str, mode: Mode, deg: float | None = None, **felt: Any) -> None:
        doubt_deg = None if deg is None else 5.0
        read = {"by": "goniometer" if deg else "eye", "value_deg": deg, "uncertainty_deg": doubt_deg}
        self._moved(session, movement, "right", mode, **read, **felt)

    def _moved(self, session: int, movement: str, side: Side, mode: Mode, **found: Any) -> None:
        own = {"client_id": self.client_id, "session_id": self.sessions[session].id or 0}
        self.record.save(MovementFinding(movement=movement, side=side, mode=mode, **own, **found))
