from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
import pytest
from filmed import WALL_RGB, filmed

from rom_vision.capture.landmarks import Point
from rom_vision.errors import CancelledError, UsageError, VideoError
from rom_vision.exchange.overlay import write_overlay
from rom_vision.exchange.panel import DONE, GROUND, REFUSED_GROUND, TO_COME, WARNING
from rom_vision.exchange.skeleton import ARC, LIMB, PALE, REFUSED, STILL
from rom_vision.measure import Measurement


def frames_of(path: Path) -> tuple[np.ndarray, list[np.ndarray]]:
    """(n,) seconds and the pictures, as a player shows them."""
    with av.open(str(path)) as container:
        decoded = list(container.decode(video=0))
    return np.array([frame.time for frame in decoded]), [frame.to_ndarray(format="rgb24") for frame in decoded]


def has(picture: np.ndarray, colour: tuple[int, int, int], *, within: int = 40) -> bool:
    """Whether a pixel of the picture has about that colour; encoding blurs colours of thin lines."""
    return bool((np.abs(picture.astype(int) - colour).max(axis=-1) <= within).any())


def around(picture: np.ndarray, at_px: np.ndarray, half_px: int = 4) -> np.ndarray:
    x, y = np.round(at_px).astype(int)
    return picture[y - half_px : y + half_px + 1, x - half_px : x + half_px + 1]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    measurement: Measurement
    time_s: np.ndarray
    pictures: list[np.ndarray]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """An accepted measurement's overlay, as a player shows it."""
    folder = tmp_path_factory.mktemp("overlay")
    given = filmed(folder)
    write_overlay(given.measurement, given.video, folder / "overlay.mp4")
    time_s, pictures = frames_of(folder / "overlay.mp4")
    return Drawn(measurement=given.measurement, time_s=time_s, pictures=pictures)


def test_each_picture_keeps_its_true_time(drawn):
    """The film's rate varies from 15 to 60 pictures a second."""
    assert len(drawn.time_s) == len(drawn.measurement.landmarks.time_s)
    np.testing.assert_allclose(drawn.time_s, drawn.measurement.landmarks.time_s, atol=1e-3)


def test_a_browser_plays_it(tmp_path):
    """What every browser can: H.264, 4:2:0, even sizes, and the index before the pictures, to start at once."""
    given = filmed(tmp_path, (361, 641))
    write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    with av.open(str(tmp_path / "overlay.mp4")) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt, codec.width) == ("h264", "yuv420p", 360)
        assert codec.height % 2 == 0
        assert codec.height > 640
    content = (tmp_path / "overlay.mp4").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_the_tested_limb_stands_out_and_the_rest_of_the_film_is_left_alone(drawn):
    px = drawn.measurement.landmarks.image_px
    for number in (0, 25, 80):
        hip, knee, ankle = px[number, [Point.LEFT_HIP, Point.LEFT_KNEE, Point.LEFT_ANKLE]]
        assert has(around(drawn.pictures[number], (knee + ankle) / 2), LIMB)
        assert has(around(drawn.pictures[number], (hip + knee) / 2), STILL)
        shoulder, elbow = px[number, [Point.LEFT_SHOULDER, Point.LEFT_ELBOW]]
        assert has(around(drawn.pictures[number], (shoulder + elbow) / 2), PALE, within=60)
        assert not has(around(drawn.pictures[number], (shoulder + elbow) / 2), LIMB)
        wall = drawn.pictures[number][:640, :100]
        assert np.abs(wall.astype(int) - WALL_RGB).max() < 8, "colours must come through as they were"


def test_the_arc_opens_with_the_angle(drawn):
    """It lies between the thigh, made longer beyond the knee, and the shank: half of it is inside a bent knee."""
    px, curve = drawn.measurement.landmarks.image_px, drawn.measurement.curve
    bent, straight = int(np.nanargmax(curve)), 0
    hip, knee, ankle = px[bent, [Point.LEFT_HIP, Point.LEFT_KNEE, Point.LEFT_ANKLE]]
    thigh, shank = (knee - hip) / np.linalg.norm(knee - hip), (ankle - knee) / np.linalg.norm(ankle - knee)
    halfway = (thigh + shank) / np.linalg.norm(thigh + shank)
    on_arc = knee + halfway * np.linalg.norm(ankle - knee) / 2
    assert has(around(drawn.pictures[bent], on_arc), ARC, within=70)
    assert not has(around(drawn.pictures[straight], on_arc), ARC, within=70)


def test_the_curve_fills_up_to_the_playhead(drawn):
    """The middle frame in time is where the playhead stands in the middle."""
    time_s = drawn.measurement.landmarks.time_s
    middle = int(np.searchsorted(time_s, time_s[-1] / 2))
    begun, half_way, done = (drawn.pictures[number][-63:-11, 135:] for number in (0, middle, -1))
    left, right = slice(95), slice(115, 220)
    assert not has(begun, DONE)
    assert has(half_way[:, left], DONE)
    assert not has(half_way[:, right], DONE)
    assert has(done[:, right], DONE)
    assert has(begun, TO_COME)
    assert has(done, GROUND, within=10)


def test_a_refused_measurement_is_marked_in_every_picture(tmp_path):
    """The right knee is on the far side."""
    given = filmed(tmp_path, side="right")
    assert not given.measurement.accepted
    write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    time_s, pictures = frames_of(tmp_path / "overlay.mp4")
    assert len(time_s) == len(given.measurement.landmarks.time_s)
    for picture in pictures:
        panel = picture[640:]
        assert np.median(np.abs(panel.astype(int) - REFUSED_GROUND).max(axis=-1)) < 10
        assert has(panel, WARNING), "the reason stands in the panel"
        assert not has(picture[:640], LIMB, within=25)
    knee, ankle = given.measurement.landmarks.image_px[0, [Point.RIGHT_KNEE, Point.RIGHT_ANKLE]]
    assert has(around(pictures[0], (knee + ankle) / 2), REFUSED)


def test_where_nobody_was_seen_nothing_is_drawn(tmp_path):
    given = filmed(tmp_path, unseen=slice(100, 120))
    write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    _, pictures = frames_of(tmp_path / "overlay.mp4")
    assert np.abs(pictures[110][:640].astype(int) - WALL_RGB).max() < 8
    assert has(pictures[90][:640], LIMB)
    assert has(pictures[130][:640], LIMB)


def test_a_clip_in_which_nobody_is_ever_seen_is_still_drawn(tmp_path):
    given = filmed(tmp_path, unseen=slice(None))
    write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    time_s, _ = frames_of(tmp_path / "overlay.mp4")
    assert len(time_s) == len(given.measurement.landmarks.time_s)


def test_points_beside_the_picture_do_no_harm(tmp_path):
    """A limb that leaves the picture is given places far outside it."""
    given = filmed(tmp_path, (64, 48))
    write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    assert frames_of(tmp_path / "overlay.mp4")[1][0].shape[1] == 64


def test_stopping_leaves_nothing_behind_and_the_earlier_file_as_it_was(tmp_path):
    given = filmed(tmp_path)
    (tmp_path / "out").mkdir()
    earlier = tmp_path / "out" / "overlay.mp4"
    earlier.write_bytes(b"earlier")

    def stop(doing: str, done: int, of: int | None) -> None:
        if done == 20:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_overlay(given.measurement, given.video, earlier, stop)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["overlay.mp4"]
    assert earlier.read_bytes() == b"earlier"


def test_progress_is_told_frame_by_frame(tmp_path):
    given, told = filmed(tmp_path), []
    write_overlay(
        given.measurement, given.video, tmp_path / "overlay.mp4", lambda doing, done, of: told.append((done, of))
    )
    frames = len(given.measurement.landmarks.time_s)
    assert told == [(number, frames) for number in range(1, frames + 1)]


def test_a_video_that_is_gone_is_said_so(tmp_path):
    given = filmed(tmp_path)
    given.video.unlink()
    with pytest.raises(VideoError, match="There is no file"):
        write_overlay(given.measurement, given.video, tmp_path / "overlay.mp4")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_said_so(tmp_path):
    given = filmed(tmp_path)
    with pytest.raises(UsageError, match=r"overlay\.mp4 can't be written: No such file or directory"):
        write_overlay(given.measurement, given.video, tmp_path / "missing" / "overlay.mp4")


def test_another_video_than_the_measured_is_our_mistake(tmp_path):
    given = filmed(tmp_path)
    measurement = given.measurement
    other = filmed(tmp_path, (362, 640))
    with pytest.raises(ValueError, match="expected size"):
        write_overlay(measurement, other.video, tmp_path / "overlay.mp4")


def test_what_the_model_does_not_believe_to_see_is_pale(tmp_path):
    """The toes are hidden from frame 50 on; up to then the foot belongs to the limb that stands out."""
    given = filmed(tmp_path)
    landmarks = given.measurement.landmarks
    visibility = np.array(landmarks.visibility)
    visibility[50:, Point.LEFT_TOES] = 0.4
    measurement = replace(given.measurement, landmarks=replace(landmarks, visibility=visibility))
    write_overlay(measurement, given.video, tmp_path / "overlay.mp4")
    _, pictures = frames_of(tmp_path / "overlay.mp4")
    sole_px = landmarks.image_px[:, [Point.LEFT_HEEL, Point.LEFT_TOES]].mean(axis=1)
    in_sight, hidden = (around(pictures[number], sole_px[number]) for number in (40, 60))
    assert has(in_sight, LIMB)
    assert not has(hidden, LIMB)
    assert has(hidden, PALE, within=60)
