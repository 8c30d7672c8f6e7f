"""Films with covered faces in place of those that were filmed, only when somebody says so."""

from datetime import date

import pytest

from rom_vision.errors import RecordError
from rom_vision.records import Settings

DAY = date(2026, 11, 3)


@pytest.fixture
def covering(record):
    record.change_settings(Settings(videos="cover"))
    return record


def test_each_film_is_to_be_covered_once_and_stays_until_it_is(covering, anna, knee, clip):
    film = clip()
    first = covering.keep(anna.id, knee, film, overlay=clip("overlay.mp4"), on=DAY)
    second = covering.keep(anna.id, knee, film, overlay=clip("overlay.mp4"), on=DAY)
    (waiting,) = covering.uncovered()
    assert (waiting.measurement_id, waiting.video_path) == (first.id, first.video_path)
    assert covering.expire_videos() == 0
    covering.cover_faces(first.id, clip("covered.mp4", b"no face"), clip("drawn.mp4", b"no face either"), seen=0)
    now = [covering.measurement(kept.id) for kept in (first, second)]
    assert [one.video_path.read_bytes() for one in now] == [b"no face", b"no face"]
    assert (now[0].overlay_path.read_bytes(), now[1].overlay_path) == (b"no face either", None)
    gone = (first.video_path, first.overlay_path, second.overlay_path)
    assert not any(path.exists() for path in gone)
    assert covering.uncovered() == []
    assert [row.what for row in covering.audit() if row.action == "change"][1:] == [
        f"video of measurement {kept.id}: faces covered" for kept in (first, second)
    ]


def test_a_film_stays_as_it_is_or_goes_where_a_therapist_says_so(covering, anna, knee, clip):
    kept = covering.keep(anna.id, knee, clip(), on=DAY)
    covering.show_faces(kept.id)
    assert covering.uncovered() == []
    assert kept.video_path.exists()
    covering.drop_film(kept.id)
    assert not kept.video_path.exists()
    assert covering.measurement(kept.id).peak_deg == kept.peak_deg
    with pytest.raises(RecordError, match="not kept any more"):
        covering.cover_faces(kept.id, clip(), None, seen=0)


def test_an_overlay_of_before_a_correction_is_left_out(covering, anna, knee, clip):
    kept = covering.keep(anna.id, knee, clip(), on=DAY)
    covering.correct(kept.id, knee, seen=0)
    covering.cover_faces(kept.id, clip("covered.mp4"), clip("drawn.mp4"), seen=0)
    assert covering.measurement(kept.id).overlay_path is None
