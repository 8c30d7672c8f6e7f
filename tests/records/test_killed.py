"""Real processes: killed in the middle of what they do, and several that change the same thing."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import charted
import pytest

from rom_vision.records import Consent, Record, Session

KEEP = """
    record.keep(client, knee_flexion(), Path('clip.mp4'), overlay=Path('clip.mp4'))
"""
ERASE = """
    record.erase_client(client)
"""
DISCARD = """
    record.discard(record.measurements(client)[0].id)
"""
COVER = """
    record.cover_faces(measured[0].id, Path('clip.mp4'), Path('clip.mp4'), seen=0)
"""
# where the process is killed: before or after what is named
BEFORE_COMMIT = "from rom_vision.records.audit import Audit; stop(Audit, 'append')"
AFTER_COMMIT = "from rom_vision.records.audit import Audit; stop(Audit, 'keep')"
HALF_A_FILE = "import rom_vision.records.media as media; stop(media.os, 'fsync')"

SCRIPT = """
import os, signal, sys
from pathlib import Path
from measured import knee_flexion
from rom_vision.records import Record

def stop(owner, name):
    def killed(*arguments, **named):
        if armed:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    real = getattr(owner, name)
    setattr(owner, name, killed)

armed = False
{stop}
with Record.open(who='Otto') as record:
    client = record.clients()[0].id
    record.client(client)
    measured = record.measurements(client)
    armed = True
    {act}
"""


@pytest.fixture
def killed(tmp_path):
    def run(act, stop):
        (tmp_path / "clip.mp4").write_bytes(b"a film" * 1000)
        env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        script = SCRIPT.format(act=act.strip(), stop=stop)
        assert subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env).returncode == -signal.SIGKILL

    return run


def files(home):
    return sorted(path for path in (home / "media").glob("*"))


def settled(home):
    return not [path for path in (home / "doubtful").rglob("*") if path.is_file()]


class TestKilled:
    @pytest.mark.parametrize("stop", [HALF_A_FILE, BEFORE_COMMIT])
    def test_while_keeping_nothing_is_kept(self, record, anna, killed, home, stop):
        killed(KEEP, stop)
        assert files(home), "it was in the middle of it"
        with Record.open(who="Thea") as again:
            assert again.measurements(anna.id) == again.sessions(anna.id) == []
            assert again.audit_problems() == []
        assert files(home) == []
        assert settled(home)

    def test_after_keeping_all_is_kept(self, record, anna, killed, home):
        killed(KEEP, AFTER_COMMIT)
        with Record.open(who="Thea") as again:
            (kept,) = again.measurements(anna.id)
            assert files(home) == sorted([kept.video_path, kept.overlay_path])
            assert again.audit_problems() == []
            again.add_client("Bert")
            assert again.audit_problems() == []
        assert settled(home)

    def test_while_erasing_nothing_is_gone(self, record, anna, knee, clip, killed, home):
        kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"))
        killed(ERASE, BEFORE_COMMIT)
        with Record.open(who="Thea") as again:
            assert again.measurement(kept.id) == kept
        assert files(home) == sorted([kept.video_path, kept.overlay_path])
        assert settled(home)

    @pytest.mark.parametrize("act", [ERASE, DISCARD])
    def test_after_deleting_the_videos_go_when_the_record_is_opened_next(
        self, record, anna, knee, clip, killed, home, act
    ):
        record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"))
        killed(act, AFTER_COMMIT)
        assert len(files(home)) == 2
        Record.open(who="Thea").close()
        assert files(home) == []
        assert settled(home)

    @pytest.mark.parametrize(("stop", "covered"), [(BEFORE_COMMIT, False), (AFTER_COMMIT, True)])
    def test_while_covering_faces_the_film_is_the_old_one_or_the_new_one(
        self, record, anna, knee, clip, killed, home, stop, covered
    ):
        kept = record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"))
        killed(COVER, stop)
        with Record.open(who="Thea") as again:
            now = again.measurement(kept.id)
        assert (now != kept) == covered
        assert files(home) == sorted([now.video_path, now.overlay_path])
        assert settled(home)

    def test_a_file_that_can_not_be_deleted_keeps_nobody_out(self, record, anna, knee, clip, killed, home):
        kept = record.keep(anna.id, knee, clip())
        killed(ERASE, AFTER_COMMIT)
        kept.video_path.unlink()
        kept.video_path.mkdir()  # a folder can't be unlinked, by anyone
        Record.open(who="Thea").close()
        assert not settled(home)
        kept.video_path.rmdir()
        Record.open(who="Thea").close()
        assert settled(home)

    def test_files_of_another_record_are_left_alone(self, record, anna, knee, clip, killed, home, tmp_path):
        killed(KEEP, BEFORE_COMMIT)
        with Record.open(f"sqlite:///{tmp_path / 'other.sqlite3'}", who="Thea"):
            assert len(files(home)) == 2


class TestSeveralAtOnce:
    OPEN = "record = Record.open(who=f'user {own}'); client = record.clients()[0]\n"

    def test_what_both_add_is_there(self, record, anna, at_once):
        add = "for number in range(10): record.save(charted.consent(client.id, note=f'{own} {number}'))"
        assert at_once(self.OPEN + add, 2) == [""] * 2
        notes = {consent.note for consent in record.entries(anna.id, Consent)}
        assert notes == {f"{own} {number}" for own in range(2) for number in range(10)}
        assert record.audit_problems() == []

    def test_what_both_change_keeps_every_change(self, record, anna, at_once):
        """Each looks, adds a letter and saves; who is told that another was faster looks again."""
        record.save(charted.consent(anna.id, note="-"))
        change = (
            "done = 0\n"
            "while done < 10:\n"
            "    (consent,) = record.entries(client.id, Consent)\n"
            "    try: record.save(replace(consent, note=consent.note + own))\n"
            "    except RecordError as told: assert 'meanwhile' in str(told)\n"
            "    else: done += 1\n"
        )
        assert at_once(self.OPEN + change, 2) == [""] * 2
        (consent,) = record.entries(anna.id, Consent)
        assert sorted(consent.note) == sorted("-" + "0" * 10 + "1" * 10)

    def test_one_session_of_a_kind_is_made(self, record, anna, at_once):
        save = (
            "try: record.save(charted.session(client.id, plan=own))\n"
            "except RecordError as told: assert 'of that kind' in str(told)\n"
        )
        assert at_once(self.OPEN + save, 3) == [""] * 3
        assert len(record.entries(anna.id, Session)) == 1

    def test_all_that_is_seen_and_changed_makes_one_chain(self, record, anna, at_once, home):
        add = "for number in range(14): record.add_client(f'Anna {number}')"
        assert at_once(self.OPEN + add, 3) == [""] * 3
        assert len({row.hash for row in record.audit()}) == 2 + 3 * (1 + 14)
        assert record.audit_problems() == []
        record.add_client("Zoe")
        assert len(list((home / "audit").glob("*/*"))) == 1, "the other heads are no longer needed"

    def test_two_connections_in_one_process_see_each_other(self, record, anna):
        with Record.open(who="Otto") as other:
            kept = other.save(charted.session(anna.id))
            assert record.sessions(anna.id) == [kept]
            record.save(replace(kept, plan="mine"))
            assert other.sessions(anna.id)[0].plan == "mine"
