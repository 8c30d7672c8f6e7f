"""A client with something of every kind on the chart, filmed and typed in."""

from datetime import date
from functools import cache
from pathlib import Path

import charted
from measured import knee_flexion, knee_push, no_movement

from rom_vision.records import Client, Exercise, Record, Referral

NAME = "Anna <Example> & Söhne"
SECOND = date(2026, 11, 10)


# measured once for all tests: they are frozen
knee, push, still = cache(knee_flexion), cache(knee_push), cache(no_movement)


def treated(record: Record, folder: Path) -> Client:
    """Two sessions and one at home; the knee filmed in each, the shoulder read from a goniometer."""
    client = record.add_client(NAME, birth_date=date(1980, 5, 17), sex="female", contact="Sackgasse 9")
    for make in (charted.consent, charted.referral, charted.history, charted.goal, charted.exercise):
        record.save(make(client.id))
    record.save(charted.history(client.id, kind="medication", what="Ibuprofen", on=None, age_years=44, side=None))
    record.save(charted.history(client.id, kind="condition", what="Gout", limits=(), region="", side=None))
    (referral,) = record.entries(client.id, Referral)
    first = record.save(charted.session(client.id, referral_id=referral.id, subjective="sore <b>\x0bat night</b>"))
    for make in charted.OF_A_SESSION:
        record.save(make(client.id, first.id))
    film, overlay = folder / "film.mp4", folder / "overlay.mp4"
    film.write_bytes(b"a film" * 500)
    overlay.write_bytes(b"a film, drawn in" * 500)
    bent = record.keep(client.id, knee(), film, overlay=overlay, on=first.on)
    pain = charted.movement(
        client.id, first.id, movement="knee_flexion", side="left", mode="active", by="film", end_feel=None,
        measurement_id=bent.id, value_deg=None, uncertainty_deg=None, note="=1+1",
    )  # fmt: skip
    record.save(pain)
    later = record.save(charted.session(client.id, on=SECOND, kind="re_assessment", referral_id=referral.id))
    pushed = record.keep(client.id, push(), None, on=SECOND, kind=later.kind)
    record.save(
        charted.movement(
            client.id,
            later.id,
            movement="knee_flexion",
            side="left",
            mode="resisted",
            by="film",
            end_feel=None,
            measurement_id=pushed.id,
            value_deg=None,
            uncertainty_deg=None,
            strength=4,
            force_n=120.0,
        )
    )
    record.keep(client.id, still(), film, on=SECOND, kind=later.kind)
    (exercise,) = record.entries(client.id, Exercise)
    at_home = record.keep(client.id, knee(), film, on=SECOND, exercise_id=exercise.id)
    record.correct(at_home.id, knee(), seen=0)
    record.tick(client.id, exercise.id, SECOND, done=True)
    return record.client(client.id)
