"""What there is to do today, over all clients."""

from dataclasses import replace
from datetime import date, timedelta

import charted

TODAY = date(2026, 11, 25)


def ago(days):
    return TODAY - timedelta(days=days)


def held(record, client, days, **changed):
    return record.save(charted.session(client.id, on=ago(days), referral_id=None, **changed))


def test_sessions_are_of_today_or_lately_with_the_latest_first(record, anna):
    ben = record.add_client("Ben Example")
    held(record, anna, 0)
    for days in (3, 10, 15):
        held(record, ben, days)
    found = record.agenda(TODAY)
    assert [(one.name, one.on) for one in found.today] == [("Anna Example", TODAY)]
    assert [(one.name, one.on) for one in found.lately] == [("Ben Example", ago(3)), ("Ben Example", ago(10))]


def test_a_recording_at_home_waits_until_the_next_session(record, anna, knee):
    exercise = record.save(charted.exercise(anna.id, movement="knee_flexion", side="left"))
    held(record, anna, 9)
    for days in (10, 2):
        record.keep(anna.id, knee, None, on=ago(days), exercise_id=exercise.id)
    (waiting,) = record.agenda(TODAY).filmed
    assert (waiting.name, waiting.on, waiting.movement, waiting.side) == (
        anna.name,
        ago(2),
        "knee_flexion",
        "left",
    )
    held(record, anna, 1)
    assert record.agenda(TODAY).filmed == ()


def test_orders_that_run_out_are_told_of_while_the_client_comes(record, anna):
    order = record.save(charted.referral(anna.id, sessions_ordered=3, valid_until=TODAY + timedelta(days=60)))
    assert record.agenda(TODAY).ending == ()  # nobody comes
    for days in (20, 10):
        record.save(charted.session(anna.id, on=ago(days), referral_id=order.id))
    (ending,) = record.agenda(TODAY).ending
    assert (ending.sessions_used, ending.sessions_ordered, ending.physician) == (2, 3, "Dr. Grün")
    assert record.agenda(TODAY + timedelta(days=80)).ending == ()  # comes no more
    more = record.save(charted.referral(anna.id, written_on=ago(1), sessions_ordered=6, valid_until=None))
    assert record.agenda(TODAY).ending == ()  # the new order counts
    record.save(replace(more, valid_until=TODAY + timedelta(days=14)))
    assert [one.valid_until for one in record.agenda(TODAY).ending] == [TODAY + timedelta(days=14)]


def test_who_is_in_the_recycle_bin_is_on_no_list(record, anna):
    held(record, anna, 0)
    record.remove_client(anna.id)
    found = record.agenda(TODAY)
    assert found.today == found.ending == ()
