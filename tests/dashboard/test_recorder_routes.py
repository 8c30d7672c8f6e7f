"""What becomes of each part of a film that is sent while it is recorded: each role, and each odd case."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import httpx
import people
import pytest
from films import H264, counting, film, needs_ffmpeg
from people import Practice
from starlette.applications import Starlette
from starlette.middleware import Middleware

from rom_vision.accounts import Account, open_record
from rom_vision.capture.live_pose import FILES
from rom_vision.capture.video import Video
from rom_vision.dashboard import recorder_routes, recordings
from rom_vision.dashboard.entrance.door import COOKIE, the_accounts
from rom_vision.dashboard.entrance.gate import Gate
from rom_vision.dashboard.recordings import BROKEN_OFF_S, MOST_AT_ONCE, STALE_S, Subject, the_recordings
from rom_vision.records import Client, Exercise, Record

TEST = {"movement": "knee_flexion", "side": "left", "mode": "active"}


@dataclass(frozen=True)
class World:
    app: Starlette
    practice: Practice
    anna: Client
    ben: Client
    exercise: Exercise

    def ask(self, method: str, path: str, content: bytes = b"", **headers: str) -> httpx.Response:
        async def asked() -> httpx.Response:
            through = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=through, base_url="http://rom.test") as client:
                return await client.request(method, path, content=content, headers=headers)

        return asyncio.run(asked())

    def post(self, path: str, who: Account | None, body: object = b"", **headers: str):
        cookie = the_accounts().sign_in_vouched(who.user_name) if who else ""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        all_headers = {"origin": "http://rom.test", "cookie": f"{COOKIE}={cookie}", **headers}
        return self.ask("POST", path, sent, **all_headers)

    def begin(self, who: Account | None, client: Client, **more: object):
        return self.post("/recordings", who, {"client_id": client.id, **TEST, "exercise_id": None, **more})

    def begun(self) -> str:
        return self.begin(self.practice.therapist, self.anna).json()["recording"]

    def chunk(self, recording: str, offset: int, part: bytes, who: Account | None = None):
        path = f"/recordings/{recording}/chunk?offset={offset}"
        return self.post(path, who or self.practice.therapist, part)

    def finish(self, recording: str, size: int, who: Account | None = None):
        return self.post(f"/recordings/{recording}/finish?size={size}", who or self.practice.therapist)


@pytest.fixture
def world(home: Path) -> Iterator[World]:
    the_recordings.cache_clear()
    with Record.open(who="shell") as record:
        anna, ben = (record.add_client(name) for name in ("Anna Example", "Ben Example"))
        exercise = record.save(
            Exercise(
                client_id=anna.id, movement="knee_flexion", side="left", repetitions=5, times_a_week=3,
                starts_on=date(2026, 11, 1),
            )
        )  # fmt: skip
    app = Starlette(routes=recorder_routes.ROUTES, middleware=[Middleware(Gate)])
    yield World(app, people.practice(the_accounts(), anna), anna, ben, exercise)
    the_recordings.cache_clear()


@pytest.fixture
def webm(tmp_path: Path) -> bytes:
    """A film as a browser writes it: H.264, without duration and index."""
    film(tmp_path / "film.mkv", counting(frames=30), *H264, "-g", "10", "-live", "1", "-f", "matroska")
    return (tmp_path / "film.mkv").read_bytes()


@pytest.mark.parametrize(
    ("role", "whose", "answering", "status"),
    [
        ("owner", "ben", False, 201),
        ("therapist", "ben", False, 201),
        ("therapist", "anna", True, 201),
        ("client", "anna", True, 201),
        ("client", "anna", False, 403),
        ("client", "ben", False, 403),
        ("client", "ben", True, 403),
        ("reviewer", "anna", False, 403),
        ("reviewer", "anna", True, 403),
    ],
)
def test_who_may_begin_a_film_of_whom(world, role, whose, answering, status):
    told = world.begin(
        getattr(world.practice, role), getattr(world, whose), exercise_id=world.exercise.id if answering else None
    )
    assert told.status_code == status
    assert "Example" not in told.text
    assert len(list(the_recordings()._folder.iterdir())) == (status == 201)


def test_an_exercise_is_filmed_as_what_it_is(world):
    for wrong in ({"side": "right"}, {"movement": "elbow_flexion"}, {"exercise_id": 999}):
        told = world.begin(world.practice.client, world.anna, **{"exercise_id": world.exercise.id, **wrong})
        assert told.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"side": None}, {"movement": "nose"}, {"mode": "eager"}, {"exercise_id": "x"}, {"more": 1}, {"client_id": 7}],
)
def test_what_can_not_be_filmed_is_refused(world, wrong):
    assert world.begin(world.practice.therapist, world.anna, **wrong).status_code == 422


def test_no_json_no_client_nobody_and_another_site(world):
    assert world.post("/recordings", world.practice.therapist, b"{").status_code == 400
    assert world.post("/recordings", world.practice.therapist, b"x" * 5000).status_code == 413
    gone = replace(world.anna, id="C-NOBODY")
    assert world.begin(world.practice.therapist, gone).status_code == 422
    assert world.begin(None, world.anna).status_code == 403
    body = {"client_id": world.anna.id, **TEST, "exercise_id": None}
    from_elsewhere = world.post("/recordings", world.practice.therapist, body, origin="http://evil.test")
    assert from_elsewhere.status_code == 403


@needs_ffmpeg
def test_a_film_in_parts_becomes_the_same_pictures_at_the_same_times(world, webm, tmp_path):
    recording = world.begun()
    half = len(webm) // 2
    assert world.chunk(recording, 0, webm[:half]).json() == {"said": "added", "have": half}
    assert world.chunk(recording, 0, webm[:half]).json() == {"said": "duplicate", "have": half}
    gap = world.chunk(recording, half + 9, webm[half + 9 :])
    assert (gap.status_code, gap.json()) == (409, {"said": "gap", "have": half})
    changed = world.chunk(recording, half - 4, b"xxxx" + webm[half:])
    assert (changed.status_code, changed.json()["said"]) == (409, "differs")
    early = world.finish(recording, len(webm))
    assert (early.status_code, early.json()) == (409, {"said": "gap", "have": half})
    overlap = world.chunk(recording, half - 100, webm[half - 100 :])
    assert (overlap.status_code, overlap.json()) == (200, {"said": "overlap", "have": len(webm)})
    assert world.finish(recording, len(webm)).json() == {"said": "finished"}
    assert world.finish(recording, len(webm)).json() == {"said": "finished_before"}
    assert world.chunk(recording, len(webm), b"more").json()["said"] == "finished"

    kept = the_recordings().get(world.practice.therapist, recording)
    assert kept is not None
    assert kept.film is not None
    assert kept.film.name == "film.mp4"
    raw = tmp_path / "film.mkv"
    times = [[frame.time_s for frame in Video(path)] for path in (kept.film, raw)]
    assert times[0] == pytest.approx(times[1], abs=0.001)
    assert len(times[0]) == 30
    assert Video(kept.film).duration_s == pytest.approx(1.0, abs=0.04)


@needs_ffmpeg
def test_what_has_no_place_in_mp4_stays_in_webm(world, tmp_path):
    vp8 = film(tmp_path / "film.live.webm", counting(frames=30), "-c:v", "libvpx").read_bytes()
    recording = world.begun()
    world.chunk(recording, 0, vp8)
    assert world.finish(recording, len(vp8)).status_code == 200
    kept = the_recordings().get(world.practice.therapist, recording).film
    assert kept.name == "film.webm"
    assert Video(kept).duration_s == pytest.approx(1.0, abs=0.04)


@needs_ffmpeg
def test_where_the_program_ends_in_the_middle_nothing_that_came_is_lost(world, webm):
    recording = world.begun()
    world.chunk(recording, 0, webm[:900])
    with (the_recordings()._folder / recording / "part").open("ab") as file:
        file.write(webm[900:950])  # written when the plug was pulled, and never answered for
    the_recordings.cache_clear()
    assert world.chunk(recording, 900, webm[900:]).json() == {"said": "overlap", "have": len(webm)}
    assert world.finish(recording, len(webm)).status_code == 200


@pytest.mark.parametrize("role", ["owner", "client", "reviewer"])
def test_a_film_of_others_is_as_if_it_were_not_there(world, role):
    recording, other = world.begun(), getattr(world.practice, role)
    for name in (recording, "0" * 32, "..", "%2e%2e"):
        assert world.chunk(name, 0, b"part", other).status_code == 404
        assert world.finish(name, 0, other).status_code == 404
        assert world.post(f"/recordings/{name}/abandon", other).status_code == 404
    assert the_recordings().get(world.practice.therapist, recording).size == 0


def test_too_much_is_not_taken(world, monkeypatch):
    recording = world.begun()
    monkeypatch.setattr(recorder_routes, "LARGEST_PART", 100)
    monkeypatch.setattr(recordings, "LARGEST", 150)
    assert world.chunk(recording, 0, b"x" * 101).status_code == 413
    assert world.chunk(recording, 0, b"x" * 100).status_code == 200
    too_large = world.chunk(recording, 100, b"x" * 51)
    assert (too_large.status_code, too_large.json()) == (413, {"said": "too_large", "have": 100})
    for offset in ("", "-1", "1e3", "٣"):
        path = f"/recordings/{recording}/chunk?offset={offset}"
        assert world.post(path, world.practice.therapist, b"x").status_code == 400


def test_what_is_no_film_is_said_to_be_none_and_can_be_thrown_away(world):
    recording = world.begun()
    world.chunk(recording, 0, b"no film at all")
    told = world.finish(recording, 14)
    assert told.status_code == 422
    assert "Film again" in told.json()["words"]
    assert world.post(f"/recordings/{recording}/abandon", world.practice.therapist).status_code == 204
    assert world.chunk(recording, 14, b"x").status_code == 404
    assert list(the_recordings()._folder.iterdir()) == []


def test_what_nobody_comes_back_for_is_swept_and_nobody_fills_the_disk(world):
    begun = [world.begun() for _ in range(MOST_AT_ONCE)]
    too_many = world.begin(world.practice.therapist, world.anna)
    assert too_many.status_code == 422
    assert "too many" in too_many.json()["words"]
    folder = the_recordings()._folder / begun[0]
    long_ago_s = time.time() - STALE_S - 1
    for path in [*folder.iterdir(), folder]:
        os.utime(path, (long_ago_s, long_ago_s))
    assert world.begin(world.practice.therapist, world.anna).status_code == 201
    assert not folder.exists()


def test_a_film_that_broke_off_waits(world, monkeypatch):
    recording = world.begun()
    world.chunk(recording, 0, b"part")
    own = the_recordings().get
    assert not own(world.practice.therapist, recording).waits
    monkeypatch.setattr(recordings, "BROKEN_OFF_S", -1.0)
    assert own(world.practice.therapist, recording).waits
    assert BROKEN_OFF_S > 10


def test_a_recording_of_a_client_who_is_no_longer_ones_own_is_gone(world):
    with open_record(world.practice.client) as record:
        subject = Subject(client_id=world.anna.id, exercise_id=world.exercise.id, **TEST)
        recording = the_recordings().begin(record, subject)
    assert the_recordings().get(replace(world.practice.client, client_ids=frozenset()), recording) is None


def test_scripts_and_model_are_kept_by_the_browser_for_good(world):
    cookie = {"cookie": f"{COOKIE}={the_accounts().sign_in_vouched('thea')}"}
    for name in ("recorder_session.js", *FILES):
        got = world.ask("GET", f"{recorder_routes.address()}/{name}", **cookie)
        assert got.status_code == 200
        assert "immutable" in got.headers["cache-control"]
        assert got.headers.get("content-encoding") == (None if name == "recorder_session.js" else "gzip")
    for wrong in (f"{recorder_routes.address()}/guard.js", "/recorder/old/recorder_session.js"):
        assert world.ask("GET", wrong, **cookie).status_code == 404
    script = f"{recorder_routes.address()}/recorder_session.js"
    assert world.ask("GET", script).status_code == 403
