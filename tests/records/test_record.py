"""Clients, sessions and measurements, kept in a real file and read again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from rom_vision.compare import Result
from rom_vision.errors import RecordError
from rom_vision.movements import movement_test
from rom_vision.records import Record

THEN, NOW = date(2026, 11, 3), date(2026, 11, 24)
MADE_AT = {"0.1.0": datetime(2026, 11, 3, tzinfo=UTC), "0.2.0": datetime(2026, 12, 1, tzinfo=UTC)}


def files(home):
    return sorted(path.name for path in (home / "media").glob("*"))


class TestClients:
    def test_a_client_is_known_by_a_random_pseudonym(self, record):
        client = record.add_client(" Anna Example ", birth_date=date(1980, 5, 17), sex="female")
        assert client.name == "Anna Example"
        assert client.id[:2] == "C-"
        assert len(client.id) == 8
        assert not set(client.id[2:]) & set("01ILOU")
        assert record.client(client.id) == client
        assert record.add_client("Anna Example").id != client.id

    def test_an_id_may_be_typed_in_small_letters(self, record, anna):
        assert record.client(f" {anna.id.lower()} ") == anna

    def test_they_outlive_the_program(self, record, anna):
        record.close()
        with Record.open() as again:
            assert again.clients() == [anna]
            assert again.client(anna.id).added_at.tzinfo is UTC

    def test_clients_are_listed_by_name(self, record):
        for name in ("bert", "Carla", "Anna"):
            record.add_client(name)
        assert [client.name for client in record.clients()] == ["Anna", "bert", "Carla"]

    def test_an_empty_record_has_none(self, record):
        assert record.clients() == []

    def test_one_that_is_not_there(self, record, anna):
        with pytest.raises(RecordError, match="no client C-222222 among the 1 in the record"):
            record.client("C-222222")

    @pytest.mark.parametrize(
        ("name", "born", "words"),
        [
            ("  ", None, "no name"),
            ("Anna", date.today() + timedelta(days=1), "Nobody alive was born on"),
            ("Anna", date(1880, 1, 1), "Nobody alive was born on 1880-01-01"),
        ],
    )
    def test_what_no_client_can_be(self, record, name, born, words):
        with pytest.raises(RecordError, match=words):
            record.add_client(name, birth_date=born)
        assert record.clients() == []

    def test_age_is_that_of_the_day(self, record):
        client = record.add_client("Anna", birth_date=date(1980, 5, 17))
        assert int(client.age_years(date(2020, 5, 16))) == 39
        assert int(client.age_years(date(2020, 5, 18))) == 40
        assert record.add_client("Bert").age_years(NOW) is None


class TestKeeping:
    def test_all_of_a_measurement_comes_back(self, record, anna, knee, clip):
        kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4", b"drawn"), on=THEN)
        again = record.measurement(kept.id)
        assert again == kept
        assert knee.peak_deg == pytest.approx(100, abs=1)  # that of the body it was made from
        for name in ("side", "mode", "accepted", "peak_deg", "uncertainty_deg", "mean_peak_deg", "range_deg"):
            assert getattr(again, name) == getattr(knee, name), name
        assert again.repetitions == knee.repetitions
        assert again.problems == knee.problems
        assert again.problems, "the other person is to be warned of"
        assert again.provenance == knee.provenance
        assert again.provenance.made_at == knee.provenance.made_at
        assert (again.client_id, again.on, again.movement) == (anna.id, THEN, "knee_flexion")
        assert again.test == movement_test("knee_flexion")
        assert again.result == Result.of(knee, THEN)

    def test_the_curves_come_back_to_the_last_bit(self, record, anna, knee):
        kept = record.curves(record.keep(anna.id, knee, None).id)
        np.testing.assert_array_equal(kept.tested_deg, knee.curve)
        np.testing.assert_array_equal(kept.joints.time_s, knee.curves.time_s)
        assert list(kept.joints.angle_deg) == list(knee.curves.angle_deg)
        for name, curve in knee.curves.angle_deg.items():
            np.testing.assert_array_equal(kept.joints.angle_deg[name], curve)
        assert np.isnan(kept.joints.of("knee_flexion", "right")[-10:]).all(), "not seen stays not seen"

    def test_a_refused_measurement_is_kept_without_a_result(self, record, anna, refused):
        kept = record.keep(anna.id, refused, None)
        assert not kept.accepted
        assert kept.peak_deg is kept.uncertainty_deg is kept.result is None
        assert [problem.kind for problem in kept.problems] == ["no_movement"]
        assert len(record.curves(kept.id).tested_deg) == 60

    def test_a_day_is_one_session(self, record, anna, knee, refused):
        for measurement, on in ((knee, NOW), (knee, THEN), (refused, NOW)):
            record.keep(anna.id, measurement, None, on=on)
        assert [(session.on, session.measurements) for session in record.sessions(anna.id)] == [
            (THEN, 1),
            (NOW, 2),
        ]

    def test_today_where_no_day_is_given(self, record, anna, knee):
        before = date.today()
        assert before <= record.keep(anna.id, knee, None).on <= date.today()

    def test_measurements_are_listed_oldest_first_and_by_what_is_asked(self, record, anna, knee):
        later = replace(
            knee, provenance=replace(knee.provenance, made_at=knee.provenance.made_at + timedelta(hours=1))
        )
        right = replace(knee, side="right", mode="passive")
        squat = replace(knee, test=movement_test("squat"))
        kept = [
            record.keep(anna.id, m, None, on=on).id
            for m, on in ((later, THEN), (knee, THEN), (right, NOW), (squat, NOW))
        ]
        record.keep(record.add_client("Bert").id, knee, None, on=THEN)

        def ids(**asked):
            return [measurement.id for measurement in record.measurements(anna.id, **asked)]

        assert ids() == [kept[1], kept[0], kept[2], kept[3]]
        assert ids(movement="knee_flexion") == [kept[1], kept[0], kept[2]]
        assert ids(movement="knee_flexion", side="left") == [kept[1], kept[0]]
        assert ids(mode="passive") == [kept[2]]
        assert ids(movement="neck_flexion") == []

    def test_results_are_those_of_each_videos_newest_measurement(self, record, anna, knee, refused):
        def measured_with(program, video_sha256, **changed):
            provenance = replace(
                knee.provenance, program=program, video_sha256=video_sha256, made_at=MADE_AT[program]
            )
            return replace(knee, provenance=provenance, **changed)

        record.keep(anna.id, measured_with("0.1.0", "1"), None, on=NOW)
        record.keep(anna.id, measured_with("0.1.0", "2"), None, on=THEN)
        record.keep(anna.id, measured_with("0.2.0", "2", peak_deg=97.0), None, on=THEN)
        record.keep(anna.id, measured_with("0.1.0", "3", side="right"), None, on=THEN)
        record.keep(anna.id, refused, None, on=NOW)
        results = record.results(anna.id, "knee_flexion", "left", "active")
        assert [(result.on, result.peak_deg) for result in results] == [(THEN, 97.0), (NOW, knee.peak_deg)]

    @pytest.mark.parametrize("ask", ["measurement", "curves", "discard"])
    def test_a_measurement_that_is_not_there(self, record, ask):
        with pytest.raises(RecordError, match="no measurement 7 in the record"):
            getattr(record, ask)(7)

    @pytest.mark.parametrize("ask", ["measurements", "sessions", "erase_client"])
    def test_whose_client_is_not_there(self, record, ask):
        with pytest.raises(RecordError, match="no client C-222222"):
            getattr(record, ask)("C-222222")

    def test_a_setting_that_is_no_number_is_our_own_mistake(self, record, anna, knee):
        settings = MappingProxyType({"cutoff_hz": float("nan")})
        with pytest.raises(Exception, match="not JSON compliant"):
            record.keep(anna.id, replace(knee, provenance=replace(knee.provenance, settings=settings)), None)

    def test_moments_are_utc_whatever_the_zone_they_came_in(self, record, anna, knee):
        made_at = datetime(2026, 11, 3, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))
        kept = record.keep(anna.id, replace(knee, provenance=replace(knee.provenance, made_at=made_at)), None)
        assert record.measurement(kept.id).provenance.made_at == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


class TestVideos:
    def test_the_video_is_copied_under_a_name_that_tells_nothing(self, record, anna, knee, clip, home):
        video = clip("Anna Example.MOV", b"x" * 3_000_000)
        kept = record.keep(anna.id, knee, video, overlay=clip("overlay.mp4"))
        assert kept.video_path.read_bytes() == video.read_bytes()
        assert kept.video_path.suffix == ".mov"
        assert kept.overlay_path.read_bytes() == b"a film"
        assert {kept.video_path.name, kept.overlay_path.name} == set(files(home))
        assert "Anna" not in kept.video_path.name

    def test_an_ending_that_is_none_is_left_out(self, record, anna, knee, clip):
        assert record.keep(anna.id, knee, clip("clip.of Anna Example")).video_path.suffix == ""

    def test_measuring_a_kept_video_again_adds_a_measurement_to_the_same_file(
        self, record, anna, knee, clip, home
    ):
        first = record.keep(anna.id, knee, clip(), on=THEN)
        newer = replace(knee, provenance=replace(knee.provenance, program="0.2.0"))
        second = record.keep(anna.id, newer, first.video_path, on=first.on)
        assert second.id != first.id
        assert second.video_path == first.video_path
        assert len(files(home)) == 1
        assert [m.provenance.program for m in record.measurements(anna.id)] == ["0.1.0", "0.2.0"]

    def test_two_clients_share_no_file(self, record, anna, knee, clip, home):
        bert = record.add_client("Bert")
        assert record.keep(anna.id, knee, clip()).video_path != record.keep(bert.id, knee, clip()).video_path

    def test_a_kept_video_that_was_lost_is_taken_in_again(self, record, anna, knee, clip):
        record.keep(anna.id, knee, clip()).video_path.unlink()
        assert record.keep(anna.id, knee, clip()).video_path.exists()


class TestDeleting:
    def test_discard_takes_the_video_only_with_the_last_that_needs_it(self, record, anna, knee, clip, home):
        first = record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"), on=THEN)
        second = record.keep(anna.id, knee, clip(), on=THEN)
        record.discard(first.id)
        assert files(home) == [second.video_path.name]
        record.discard(second.id)
        assert files(home) == []
        assert record.sessions(anna.id) == []
        assert record.client(anna.id) == anna

    def test_discard_leaves_a_session_that_holds_more(self, record, anna, knee):
        gone, stays = (record.keep(anna.id, knee, None, on=THEN) for _ in range(2))
        record.discard(gone.id)
        assert record.measurements(anna.id) == [stays]
        assert len(record.sessions(anna.id)) == 1

    def test_a_client_goes_with_everything(self, record, anna, knee, clip, home):
        bert = record.add_client("Bert")
        record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"))
        stays = record.keep(bert.id, knee, clip())
        record.erase_client(anna.id)
        assert record.clients() == [bert]
        assert files(home) == [stays.video_path.name]
        assert record.measurements(bert.id) == [stays]

    def test_a_video_that_can_not_be_deleted_is_named(self, record, anna, knee, clip):
        kept = record.keep(anna.id, knee, clip())
        kept.video_path.unlink()
        kept.video_path.mkdir()  # a folder can't be unlinked, by anyone
        with pytest.raises(RecordError, match=f"{kept.video_path.name} could not be deleted.*by hand"):
            record.discard(kept.id)
        assert record.measurements(anna.id) == []


def test_a_measurement_is_not_compared_with_an_earlier_one_of_the_same_video(record, anna, knee, clip):
    record.keep(anna.id, knee, clip(), on=date(2026, 11, 3))
    assert record.compared(anna.id, knee, date(2026, 11, 3)).earlier is None
    again = replace(knee, provenance=replace(knee.provenance, video_sha256="e" * 64))
    assert record.compared(anna.id, again, date(2026, 11, 20)).earlier.difference_deg == 0


def test_what_has_no_result_is_not_compared(record, anna, refused):
    assert record.compared(anna.id, refused, date(2026, 11, 3)) is None
