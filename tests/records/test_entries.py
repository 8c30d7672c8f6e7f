"""What is written about a client, saved and read again, in a real file and on a real server."""

from dataclasses import fields, replace
from datetime import date, timedelta

import charted
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rom_vision.errors import RecordError
from rom_vision.records import Exercise, Referral, Session

DAY = charted.DAY
LATER = date(2026, 11, 10)


@pytest.fixture
def treated(record, anna):
    """A kept session."""
    return record.save(charted.session(anna.id))


@pytest.fixture(params=[*charted.OF_A_CLIENT, *charted.OF_A_SESSION], ids=lambda make: make.__name__)
def entry(request, anna, treated):
    """One of each kind, not saved yet, with every field filled in."""
    if request.param is charted.session:
        return charted.session(anna.id, kind="re_assessment")
    if request.param in charted.OF_A_SESSION:
        return request.param(anna.id, treated.id)
    return request.param(anna.id)


def of_kind(record, entry):
    return [kept for kept in record.entries(entry.client_id, type(entry)) if kept.id == entry.id]


class TestEveryKind:
    def test_comes_back_as_it_was_saved(self, record, entry):
        kept = record.save(entry)
        assert kept.id is not None
        assert kept == replace(entry, id=kept.id, version=1)
        assert of_kind(record, kept) == [kept]

    def test_is_changed_and_not_added(self, record, entry):
        kept = record.save(record.save(entry))
        assert kept.version == 2
        assert of_kind(record, kept) == [kept]

    def test_is_not_saved_over_what_somebody_else_has_saved_since(self, record, entry):
        mine = record.save(entry)
        theirs = record.save(mine)
        with pytest.raises(RecordError, match="Somebody else has changed it meanwhile"):
            record.save(mine)
        with pytest.raises(RecordError, match="Somebody else has changed it meanwhile"):
            record.delete(mine)
        assert of_kind(record, mine) == [theirs]

    def test_is_deleted(self, record, entry):
        kept = record.save(entry)
        record.delete(kept)
        assert of_kind(record, kept) == []
        with pytest.raises(RecordError, match=f"There is no .* {kept.id} of client .*deleted meanwhile"):
            record.save(kept)

    def test_stays_with_its_client(self, record, entry):
        kept = record.save(entry)
        bert = record.add_client("Bert")
        with pytest.raises(RecordError, match=r"There is no|has no"):
            record.save(replace(kept, client_id=bert.id))
        assert of_kind(record, kept) == [kept]

    def test_is_on_the_chart(self, record, entry):
        kept = record.save(entry)
        chart = record.chart(entry.client_id)
        listed = [getattr(chart, field.name) for field in fields(chart) if field.name != "client"]
        assert sum(kept in entries for entries in listed) == 1
        assert chart.client == record.client(entry.client_id)

    def test_whose_client_is_not_there(self, record, entry):
        with pytest.raises(RecordError, match="no client C-222222"):
            record.save(replace(entry, client_id="C-222222"))


# one file is enough for any text: the tables are made once
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.text(max_size=60),
    x=st.floats(allow_nan=True, allow_infinity=True),
    pain=st.integers() | st.floats(),
)
def test_whatever_is_typed_is_kept_to_the_last_letter_or_told(record, anna, treated, text, x, pain):
    finding = charted.palpation(anna.id, treated.id, note=text, x=x, pain=pain)
    if text.isprintable() and 0 <= x <= 1 and type(pain) is int and 0 <= pain <= 10:
        kept = record.save(finding)
    else:
        try:
            kept = record.save(finding)
        except RecordError:
            return
    assert of_kind(record, kept) == [replace(finding, id=kept.id, version=1)]


class TestSessions:
    def test_a_day_has_one_of_each_kind(self, record, anna, treated):
        kinds = ("first_assessment", "re_assessment", "home")
        held = [treated, *(record.save(charted.session(anna.id, kind=kind)) for kind in kinds)]
        earlier = record.save(charted.session(anna.id, on=date(2026, 11, 2)))
        assert record.sessions(anna.id) == [earlier, *held]
        with pytest.raises(RecordError, match="a session of that kind on 2026-11-03 already"):
            record.save(charted.session(anna.id))
        with pytest.raises(RecordError, match="a session of that kind on 2026-11-03 already"):
            record.save(replace(earlier, on=DAY))

    def test_a_measurement_goes_into_the_session_with_the_therapist(self, record, anna, knee, treated):
        record.save(charted.session(anna.id, kind="home"))
        assert record.keep(anna.id, knee, None, on=DAY).session_id == treated.id
        assert [session.measurements for session in record.sessions(anna.id)] == [1, 0]

    def test_a_measurement_makes_the_session_that_it_needs(self, record, anna, knee):
        record.keep(anna.id, knee, None, on=DAY, kind="home")
        record.keep(anna.id, knee, None, on=DAY)
        record.keep(anna.id, knee, None, on=LATER)
        record.keep(anna.id, knee, None, on=LATER, kind="treatment")
        assert [(session.on, session.kind) for session in record.sessions(anna.id)] == [
            (DAY, "home"), (DAY, "first_assessment"), (LATER, "re_assessment"), (LATER, "treatment"),
        ]  # fmt: skip

    def test_discarding_leaves_a_session_in_which_something_is_written(self, record, anna, knee, treated):
        made = record.keep(anna.id, knee, None, on=LATER)
        record.save(charted.treatment(anna.id, made.session_id))
        for kept in (made, record.keep(anna.id, knee, None, on=DAY)):
            record.discard(kept.id)
        assert [session.id for session in record.sessions(anna.id)] == [treated.id, made.session_id]

    @pytest.mark.parametrize("make", charted.OF_A_SESSION)
    def test_one_that_holds_something_is_not_deleted(self, record, anna, treated, make):
        kept = record.save(make(anna.id, treated.id))
        with pytest.raises(RecordError, match=f"belongs to session {treated.id}. Delete that first"):
            record.delete(treated)
        assert of_kind(record, kept) == [kept]

    def test_one_with_measurements_is_not_deleted(self, record, anna, knee, treated):
        kept = record.keep(anna.id, knee, None, on=DAY)
        with pytest.raises(RecordError, match=f"belongs to session {treated.id}"):
            record.delete(treated)
        assert record.measurement(kept.id) == kept


class TestReferrals:
    def test_sessions_used_are_those_with_a_treatment(self, record, anna, treated):
        order = record.save(charted.referral(anna.id, sessions_ordered=3))
        record.save(replace(treated, referral_id=order.id))
        under = [
            record.save(charted.session(anna.id, on=LATER, kind=kind, referral_id=order.id))
            for kind in ("first_assessment", "re_assessment", "home")
        ]
        for _ in range(2):
            record.save(charted.treatment(anna.id, under[0].id))
        record.save(charted.session(anna.id, on=date(2026, 11, 11)))  # under no order
        (kept,) = record.entries(anna.id, Referral)
        assert (kept.sessions_used, kept.sessions_left) == (2, 1)

    def test_one_with_sessions_is_not_deleted(self, record, anna, treated):
        order = record.save(charted.referral(anna.id))
        record.save(replace(treated, referral_id=order.id))
        with pytest.raises(RecordError, match=f"belongs to referral {order.id}"):
            record.delete(order)

    def test_what_is_worked_out_is_not_saved(self, record, anna):
        assert record.save(charted.referral(anna.id, sessions_used=5)).sessions_used == 0


class TestMovementFindings:
    def test_a_filmed_one_has_the_value_of_its_measurement(self, record, anna, knee, treated):
        measured = record.keep(anna.id, knee, None, on=DAY)
        filmed = {"movement": "knee_flexion", "side": "left", "mode": "active", "by": "film", "end_feel": None}
        finding = charted.movement(anna.id, treated.id, **filmed, measurement_id=measured.id, value_deg=7.0)
        kept = record.save(finding)
        assert (kept.value_deg, kept.uncertainty_deg) == (measured.peak_deg, measured.uncertainty_deg)
        with pytest.raises(RecordError, match=f"A finding belongs to measurement {measured.id}"):
            record.discard(measured.id)
        with pytest.raises(RecordError, match="is of another test, side or mode"):
            record.save(replace(kept, side="right"))

    def test_a_client_goes_with_findings_that_hang_together(self, record, anna, knee, treated):
        measured = record.keep(anna.id, knee, None, on=LATER)
        filmed = {"movement": "knee_flexion", "side": "left", "mode": "active", "by": "film", "end_feel": None}
        record.save(charted.movement(anna.id, treated.id, **filmed, measurement_id=measured.id))
        record.erase_client(anna.id)
        assert record.clients() == []

    def test_what_it_belongs_to_is_the_same_clients(self, record, anna, knee, treated):
        bert = record.add_client("Bert")
        with pytest.raises(RecordError, match=f"Client {bert.id} has no session {treated.id}"):
            record.save(charted.movement(bert.id, treated.id))
        other = record.save(charted.session(bert.id))
        measured = record.keep(anna.id, knee, None)
        with pytest.raises(RecordError, match=f"Client {bert.id} has no measurement {measured.id}"):
            record.save(charted.movement(bert.id, other.id, by="film", measurement_id=measured.id))
        with pytest.raises(RecordError, match=f"Client {bert.id} has no referral"):
            record.save(replace(other, referral_id=record.save(charted.referral(anna.id)).id))


class TestHomeProgramme:
    def films(self, record, anna, knee, exercise, days):
        for number, day in enumerate(days):
            provenance = replace(knee.provenance, video_sha256=f"{number:064d}")
            film = replace(knee, provenance=provenance)
            record.keep(anna.id, film, None, on=day, exercise_id=exercise.id)

    def test_each_film_answers_an_exercise(self, record, anna, knee):
        exercise = record.save(charted.exercise(anna.id))
        kept = record.keep(anna.id, knee, None, on=DAY, exercise_id=exercise.id)
        assert kept.exercise_id == exercise.id
        assert record.measurement(kept.id) == kept
        assert [session.kind for session in record.sessions(anna.id)] == ["home"]
        with pytest.raises(RecordError, match=f"belongs to exercise {exercise.id}"):
            record.delete(exercise)

    def test_adherence_counts_the_films_within_its_time(self, record, anna, knee):
        exercise = record.save(charted.exercise(anna.id, times_a_week=3, until=date(2026, 11, 16)))
        outside = [date(2026, 11, 2), date(2026, 11, 17)]
        self.films(record, anna, knee, exercise, [DAY, DAY, date(2026, 11, 16), *outside])
        (early,) = record.adherence(anna.id, date(2026, 11, 9))
        assert (early.due, early.done, early.share) == (3, 2, 2 / 3)
        (all_of_it,) = record.adherence(anna.id, date(2027, 1, 1))
        assert (all_of_it.due, all_of_it.done, all_of_it.share) == (6, 3, 0.5)
        (before,) = record.adherence(anna.id, date(2026, 11, 1))
        assert (before.due, before.done, before.share) == (0, 0, None)

    def test_a_film_that_was_measured_twice_counts_once(self, record, anna, knee):
        exercise = record.save(charted.exercise(anna.id))
        for _ in range(2):
            record.keep(anna.id, knee, None, on=DAY, exercise_id=exercise.id)
        (adherence,) = record.adherence(anna.id, DAY)
        assert (adherence.due, adherence.done) == (1, 1)

    def test_a_day_that_is_ticked_counts_once_and_not_beside_its_films(self, record, anna, knee):
        exercise = record.save(charted.exercise(anna.id, times_a_week=7))
        day_after = DAY + timedelta(days=1)
        for on in (DAY, DAY, day_after):
            record.tick(anna.id, exercise.id, on, done=True)
        (ticked,) = record.adherence(anna.id, day_after)
        assert (ticked.done, ticked.filmed_today, ticked.ticked_today) == (2, 0, True)
        self.films(record, anna, knee, exercise, [DAY, DAY, day_after])
        (filmed,) = record.adherence(anna.id, day_after)
        assert (filmed.done, filmed.filmed_today, filmed.ticked_today) == (3, 1, True)
        record.tick(anna.id, exercise.id, day_after, done=False)
        (filmed,) = record.adherence(anna.id, day_after)
        assert (filmed.done, filmed.filmed_today, filmed.ticked_today) == (3, 1, False)
        with pytest.raises(RecordError, match="has no exercise"):
            record.tick(record.add_client("Bert").id, exercise.id, DAY, done=True)

    def test_a_film_of_something_else_answers_no_exercise(self, record, anna, knee):
        other = record.save(charted.exercise(anna.id, side="right"))
        with pytest.raises(RecordError, match=f"Exercise {other.id} is of another movement or side"):
            record.keep(anna.id, knee, None, exercise_id=other.id)
        bert = record.add_client("Bert")
        with pytest.raises(RecordError, match=f"has no exercise {other.id}"):
            record.keep(bert.id, knee, None, exercise_id=other.id)


def test_a_history_forbids_the_tests_it_limits(anna):
    history = charted.history(anna.id)
    assert history.forbids("knee_flexion", "left", "passive")
    assert not history.forbids("knee_flexion", "left", "active")
    assert not history.forbids("knee_flexion", "right", "passive")
    assert history.forbids("squat", None, "active")


def test_a_consent_stands_from_its_day_until_it_is_withdrawn(anna):
    consent = charted.consent(anna.id, withdrawn_on=LATER)
    days = [DAY - timedelta(days=1), DAY, LATER - timedelta(days=1), LATER]
    assert [consent.stands(day) for day in days] == [False, True, True, False]


def test_a_new_session_is_of_no_version_until_somebody_writes_into_it(record, anna, knee):
    record.keep(anna.id, knee, None, on=DAY)
    (made,) = record.sessions(anna.id)
    assert made.version == 0
    assert record.save(replace(made, plan="go on")) == replace(made, plan="go on", version=1)
    assert {type(made)} == {Session}
    assert record.entries(anna.id, Exercise) == []
