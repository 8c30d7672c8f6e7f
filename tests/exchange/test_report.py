"""What is gathered for the physician, from a real record."""

from dataclasses import replace
from datetime import date

import charted
import numpy as np
import pytest
from measured import knee_flexion, knee_push, no_movement
from shoulder_series import DAYS, ON, filmed, told

from rom_vision.errors import RecordError
from rom_vision.exchange.report import report_of
from rom_vision.records import Goal, MovementFinding, PalpationFinding, Referral, Session, Treatment

DAY = charted.DAY


def verdicts(report):
    return {reached.goal.what: reached.verdict for reached in report.goals}


def session(record, client, on=DAY, kind="treatment", **more):
    return record.save(Session(client_id=client.id, on=on, kind=kind, **more))


def moved(record, of, value_deg=None, movement="knee_flexion", side="left", mode="active", **found):
    doubt_deg = None if value_deg is None else 5.0
    by = "eye" if value_deg is None else "goniometer"
    return record.save(
        MovementFinding(
            client_id=of.client_id, session_id=of.id, movement=movement, side=side, mode=mode,
            **{"by": by, "value_deg": value_deg, "uncertainty_deg": doubt_deg, **found},
        )
    )  # fmt: skip


class TestASeries:
    def test_every_part_is_there(self, shoulder):
        assert shoulder.referral.physician == "Dr. med. Eva Grün"
        assert shoulder.referral.sessions_used == 5
        assert [session.on for session in shoulder.sessions] == DAYS
        assert [(row.first.pain, row.last.pain) for row in shoulder.palpated] == [(7, 2), (8, 4), (3, 3), (4, 4)]
        assert [pain for _, one in shoulder.treatments for pain in (one.pain_before,)] == [7, 6, 5, 4, 3]
        assert shoulder.therapist == "Thea Sommer"
        assert shoulder.suggestion == "Six further sessions, once a week."
        assert [one.kind for one in shoulder.history] == ["injury", "surgery"]
        assert shoulder.age_years == pytest.approx(46.5, abs=0.1)

    def test_changes_are_told_from_the_first_session_on(self, shoulder):
        found = {course.visits[0].kind: course for course in shoulder.courses}
        abduction = found["shoulder_abduction", "right", "active"]
        assert [visit.result.peak_deg for visit in abduction.visits] == [112, 121, 133, 142]
        assert [visit.pain for visit in abduction.visits] == [6, 5, 4, 2]
        assert abduction.verdict == "improved"
        assert found["shoulder_external_rotation", "right", "active"].verdict == "unchanged"
        assert found["elbow_flexion", "right", "active"].verdict == "measured once"

    def test_readings_are_those_of_the_last_assessment(self, shoulder):
        assert shoulder.read_on == DAYS[-1]
        rules = [statement.rule for statement in shoulder.readings]
        assert "passive_above_active" in rules  # 142 against 165
        assert "empty_end_feel" not in rules  # of the first session only

    def test_goals_are_told_by_what_was_measured(self, shoulder):
        assert verdicts(shoulder) == {
            "Hang up the washing": "not met",  # 142 ± 7 against 150
            "Sleep on the right side": "not met",  # came with 3 of 10 to the last treatment
            "Neck at ease": "met",  # 2 of 10 on pressure
        }

    def test_what_has_a_goal_is_drawn_first_with_both_its_films(self, shoulder):
        first = shoulder.plots[0]
        assert first.course.visits[0].kind == ("shoulder_abduction", "right", "active")
        assert (first.then.on, first.then.peak_deg) == (DAYS[0], pytest.approx(112, abs=1))
        assert (first.now.on, first.now.peak_deg) == (DAYS[-1], pytest.approx(142, abs=1))
        assert np.nanmax(first.now.angle_deg) == pytest.approx(142, abs=1)
        assert first.now.time_s[0] == pytest.approx(-0.3, abs=0.05)  # a little before the start
        assert len(shoulder.plots) == 3

    def test_recordings_at_home_count_for_the_programme_alone(self, shoulder):
        assert [(one.done, one.due) for one in shoulder.programme] == [(1, 23)]
        assert all(trial.test.id != "shoulder_flexion" for trial in shoulder.trials)

    def test_on_an_earlier_day_what_came_later_is_not_known(self, record):
        early = report_of(record, told(record), on=DAYS[0])
        assert [session.on for session in early.sessions] == DAYS[:1]
        assert early.treatments == ()
        assert {course.verdict for course in early.courses} == {"measured once"}
        assert [(plot.then, plot.now.on) for plot in early.plots if plot.now] == [(None, DAYS[0])] * 3
        assert verdicts(early)["Neck at ease"] == "not met"


class TestMissing:
    def test_of_a_client_without_entries_there_is_nothing_but_the_client(self, record, anna):
        empty = report_of(record, anna.id, on=ON)
        assert empty.client == anna
        assert empty.referral is None
        assert empty.read_on is None
        assert empty.therapist == ""
        nothing = (empty.sessions, empty.palpated, empty.trials, empty.courses, empty.readings, empty.treatments)
        assert not any((*nothing, empty.goals, empty.programme, empty.plots, empty.history))

    def test_a_client_that_is_not_there_is_told(self, record):
        with pytest.raises(RecordError, match="no client"):
            report_of(record, "C-222222", on=ON)

    def test_a_goal_that_nothing_tells_is_not_known(self, record, anna):
        record.save(charted.goal(anna.id))
        pain = {"client_id": anna.id, "aim": "pain_relieved", "what": "sleep", "target_pain": 2}
        record.save(Goal(yardstick="pain_scale", **pain))
        record.save(Goal(yardstick="finding", region="buttock", side="left", **pain))
        reached = report_of(record, anna.id, on=ON).goals
        assert [one.verdict for one in reached] == [None, None, None]
        assert [one.words for one in reached] == [
            "not tested",
            "pain not asked before a treatment",
            "no finding there",
        ]

    def test_asking_for_it_is_no_export(self, record, anna):
        report_of(record, anna.id, on=ON)
        assert all(entry.action != "export" for entry in record.audit())


class TestWhichSessions:
    def test_those_of_another_order_are_left_out(self, record, anna):
        orders = [record.save(charted.referral(anna.id, physician=name)) for name in ("Dr. A", "Dr. B")]
        other = session(record, anna, date(2026, 11, 5), referral_id=orders[0].id)
        own = session(record, anna, date(2026, 11, 6), referral_id=orders[1].id)
        report = report_of(record, anna.id, on=ON)
        assert report.referral.physician == "Dr. B"
        assert report.sessions == (own,)
        assert other not in report.sessions

    def test_those_under_no_order_count_from_the_order_on(self, record, anna):
        session(record, anna, date(2026, 10, 1))
        after = session(record, anna, date(2026, 11, 6))
        record.save(charted.referral(anna.id, written_on=date(2026, 11, 1)))
        assert report_of(record, anna.id, on=ON).sessions == (after,)

    def test_an_order_of_later_is_not_answered(self, record, anna):
        record.save(charted.referral(anna.id, written_on=date(2026, 11, 20), valid_until=None))
        assert report_of(record, anna.id, on=date(2026, 11, 19)).referral is None


class TestTests:
    def test_what_was_filmed_and_what_was_written_about_it_are_one(self, record, anna):
        kept = record.keep(anna.id, knee_flexion(), None, on=DAY)
        of = record.sessions(anna.id)[0]
        moved(record, of, pain=3)  # by eye, beside the film
        [trial] = report_of(record, anna.id, on=ON).trials
        assert trial.result == kept.result
        assert (trial.by, trial.pain) == ("film", 3)
        assert trial.outcome.pain == 3

    def test_a_film_counts_more_than_what_was_read(self, record, anna):
        kept = record.keep(anna.id, knee_flexion(), None, on=DAY)
        moved(record, record.sessions(anna.id)[0], 90.0)
        [trial] = report_of(record, anna.id, on=ON).trials
        assert trial.result == kept.result

    def test_of_a_video_measured_twice_the_newer_counts(self, record, anna):
        record.keep(anna.id, knee_flexion(), None, on=DAY)
        record.keep(anna.id, replace(knee_flexion(), peak_deg=88.0), None, on=DAY)
        [trial] = report_of(record, anna.id, on=ON).trials
        assert trial.result.peak_deg == 88

    def test_what_was_read_counts_with_its_uncertainty(self, record, anna):
        moved(record, session(record, anna), 90.0, pain=0, note="slow")
        [trial] = report_of(record, anna.id, on=ON).trials
        assert (trial.by, trial.result.peak_deg, trial.result.uncertainty_deg) == ("goniometer", 90, 5)

    def test_a_refused_film_gives_nothing(self, record, anna):
        record.keep(anna.id, no_movement(), None, on=DAY)
        assert report_of(record, anna.id, on=ON).trials == ()

    def test_but_what_was_felt_in_it_stays(self, record, anna):
        kept = record.keep(anna.id, no_movement(), None, on=DAY)
        moved(record, record.sessions(anna.id)[0], by="film", measurement_id=kept.id, pain=4)
        [trial] = report_of(record, anna.id, on=ON).trials
        assert (trial.result, trial.by, trial.pain) == (None, None, 4)

    def test_a_push_that_was_filmed_was_held(self, record, anna):
        push = knee_push()
        record.keep(anna.id, push, None, on=DAY)
        [trial] = report_of(record, anna.id, on=ON).trials
        assert trial.hold.lasted_s == pytest.approx(push.hold.lasted_s, abs=0.3)
        assert trial.hold.isometric
        assert trial.hold.tremor_deg is None
        assert report_of(record, anna.id, on=ON).courses == ()

    def test_more_tests_than_can_be_drawn(self, record, anna):
        of = session(record, anna)
        for number, movement in enumerate(("knee_flexion", "hip_flexion", "elbow_flexion", "shoulder_flexion")):
            film = filmed(movement, "left", "active", 100.0, 7.0, number)
            record.keep(anna.id, film, None, on=of.on, kind=of.kind)
        assert len(report_of(record, anna.id, on=ON).plots) == 3

    def test_what_was_typed_in_once_is_not_drawn(self, record, anna):
        moved(record, session(record, anna), 90.0)
        assert report_of(record, anna.id, on=ON).plots == ()


class TestPalpation:
    def found(self, record, of, pain, **more) -> PalpationFinding:
        return record.save(charted.palpation(of.client_id, of.id, pain=pain, **more))

    def test_the_same_place_and_kind_is_one_line(self, record, anna):
        then, now = session(record, anna), session(record, anna, date(2026, 11, 10))
        self.found(record, then, 7)
        self.found(record, now, 3, x=0.58)
        [row] = report_of(record, anna.id, on=ON).palpated
        assert (row.first.pain, row.last.pain, row.last.x, row.again) == (7, 3, 0.58, True)
        assert (row.first_on, row.last_on) == (then.on, now.on)

    @pytest.mark.parametrize(
        "other", [{"kind": "taut_band", "referral_area": ""}, {"muscle": None}, {"face": "front"}]
    )
    def test_another_kind_or_place_is_another_line(self, record, anna, other):
        self.found(record, session(record, anna), 7)
        self.found(record, session(record, anna, date(2026, 11, 10)), 3, **other)
        rows = report_of(record, anna.id, on=ON).palpated
        assert [row.first.pain for row in rows] == [7, 3]
        assert not any(row.again for row in rows)

    def test_two_alike_in_one_session_are_not_taken_for_then_and_now(self, record, anna):
        then, now = session(record, anna), session(record, anna, date(2026, 11, 10))
        for of, pain in ((then, 7), (then, 5), (now, 3)):
            self.found(record, of, pain)
        rows = report_of(record, anna.id, on=ON).palpated
        assert [(row.first.pain, row.again) for row in rows] == [(7, False), (5, False), (3, False)]


def test_the_pain_scale_is_told_by_the_pain_with_which_the_client_came(record, anna):
    of = session(record, anna)
    record.save(
        Treatment(
            client_id=anna.id, session_id=of.id, techniques=("massage",), minutes=30, pain_before=5, pain_after=1
        )
    )
    record.save(Goal(client_id=anna.id, aim="pain_relieved", what="sleep", yardstick="pain_scale", target_pain=2))
    [reached] = report_of(record, anna.id, on=ON).goals
    assert (reached.verdict, reached.words) == ("not met", "pain 5 of 10 before the treatment of 3 November 2026")


def test_a_goal_inside_the_uncertainty_is_near(record, anna):
    moved(record, session(record, anna), 97.0)
    record.save(
        Goal(
            client_id=anna.id, aim="motion_regained", what="kneel", yardstick="movement_test",
            movement="knee_flexion", side="left", mode="active", target_deg=100.0,
        )
    )  # fmt: skip
    [reached] = report_of(record, anna.id, on=ON).goals
    assert reached.verdict == "near"
    assert reached.words.startswith("97° ± 5° on 3 November 2026")


def test_a_red_flag_is_told_instead_of_all_readings(record, anna):
    session = record.save(charted.session(anna.id, kind="first_assessment", red_flags=("fever",)))
    record.save(charted.movement(anna.id, session.id))
    (statement,) = report_of(record, anna.id, on=DAY).readings
    assert statement.refer
    assert statement.words == "Fever: do not test, refer to a physician"


def test_a_red_flag_stops_before_any_test(record, anna):
    record.save(charted.session(anna.id, kind="first_assessment", red_flags=("hot_joint", "fever")))
    report = report_of(record, anna.id, on=DAY)
    assert report.trials == ()
    assert [statement.rule for statement in report.readings] == ["hot_joint", "fever"]


def test_nothing_but_the_order_is_an_order(record, anna):
    record.save(Referral(client_id=anna.id, physician="Dr. A", written_on=DAY, sessions_ordered=1))
    report = report_of(record, anna.id, on=ON)
    assert report.referral.sessions_left == 1
    assert report.sessions == ()
