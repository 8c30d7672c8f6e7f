"""What a practice has set, and how long videos stay because of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rom_vision.errors import RecordError
from rom_vision.records import Settings

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_settings_are_kept_and_not_saved_over(record):
    assert record.settings() == Settings()
    saved = record.change_settings(Settings(practice="At the Market", address="Market 1\n1000 Town"))
    assert (
        record.settings() == saved == Settings(practice="At the Market", address="Market 1\n1000 Town", version=1)
    )
    with pytest.raises(RecordError, match="Somebody else has changed it meanwhile"):
        record.change_settings(replace(Settings(), practice="Another"))
    with pytest.raises(RecordError, match="0 can't be"):
        record.change_settings(replace(saved, video_days=0))


@pytest.mark.parametrize(
    ("videos", "days_later", "stays"),
    [("keep", 4000, True), ("days", 6, True), ("days", 8, False), ("drop", 0, False)],
)
def test_videos_are_deleted_when_the_settings_say_so_and_measurements_are_not(
    record, anna, knee, clip, videos, days_later, stays
):
    kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay"))
    record.change_settings(Settings(videos=videos, video_days=7))
    later = datetime.now(UTC) + timedelta(days=days_later, minutes=1)
    assert record.expire_videos(later) == (0 if stays else 1)
    now = record.measurement(kept.id)
    assert kept.video_path.exists() == kept.overlay_path.exists() == stays
    assert now == (kept if stays else replace(kept, video_path=None, overlay_path=None))
    assert len(record.curves(kept.id).tested_deg)


def test_a_video_that_was_measured_anew_lately_stays_for_that(record, anna, knee, clip):
    film = clip()
    first = record.keep(anna.id, knee, film)
    between = datetime.now(UTC)
    second = record.keep(anna.id, knee, film)
    record.change_settings(Settings(videos="days", video_days=7))
    assert record.expire_videos(between + timedelta(days=7)) == 1
    assert record.measurement(first.id).video_path is None
    assert record.measurement(second.id).video_path.exists()


def test_where_videos_are_dropped_none_is_taken_in(record, anna, knee, clip):
    record.change_settings(Settings(videos="drop"))
    kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay"))
    assert (kept.video_path, kept.overlay_path) == (None, None)
