"""Films that a browser sends while it records them: each in a folder of its own, until somebody takes it.

What is on the disk is the truth, so that nothing is lost where the program or the browser ends in the middle: the
browser asks again and goes on where the file ends.
"""

import functools
import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rom_vision.accounts import Account, GuardedRecord
from rom_vision.capture.remux import remux
from rom_vision.dashboard.words_film import words_film as words
from rom_vision.errors import NotAllowedError, UsageError
from rom_vision.home import data_folder
from rom_vision.movements import MODES, SIDES, Mode, MovementTest, Side, movement_test
from rom_vision.records import Exercise

LARGEST = 1_000_000_000  # bytes of a film
MOST_AT_ONCE = 12  # of one account: who films does not fill the disk
BROKEN_OFF_S = 30.0  # no longer does a browser wait with the next part, even where it has to ask again
STALE_S = 3 * 24 * 3600.0

Said = Literal["added", "duplicate", "overlap", "gap", "differs", "finished", "too_large"]
"""What became of a part: it was added, it was there already, its new end was added; or it was not taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a film is of.

    Attributes:
        side: None for a test of the midline.
        exercise_id: that of the home programme that it answers; None for none.
    """

    client_id: str
    movement: str
    side: Side | None
    mode: Mode
    exercise_id: int | None = None

    @property
    def test(self) -> MovementTest:
        """The movement test."""
        return movement_test(self.movement)

    @classmethod
    def told(cls, sent: object) -> "Subject":
        """As a browser says it.

        Raises:
            UsageError: that can't be.
        """
        try:
            subject = cls(**sent)  # type: ignore[arg-type]  # what is wrong with it is found out here
            sided = movement_test(subject.movement).sided
        except TypeError as problem:
            raise UsageError(words.NO_SUBJECT, remedy=words.RELOAD) from problem
        sides: tuple[Side | None, ...] = SIDES if sided else (None,)
        strings = isinstance(subject.client_id, str) and isinstance(subject.exercise_id, int | None)
        if not strings or subject.side not in sides or subject.mode not in MODES:
            raise UsageError(words.NO_SUBJECT, remedy=words.RELOAD)
        return subject

    def told_as(self) -> dict[str, str | int | None]:
        """As a browser is told it, and says it again."""
        return asdict(self)

    def demand(self, record: GuardedRecord) -> None:
        """Stop whoever may not keep such a film.

        Raises:
            NotAllowedError: the client is not theirs, or it answers no exercise and they may keep no other.
            RecordError: there is no such client.
        """
        record.client(self.client_id)
        if self.exercise_id is None:
            record.account.demand("write", self.client_id)
            return
        record.account.demand("film", self.client_id)
        wanted = (self.exercise_id, self.movement, self.side)
        if wanted not in [(e.id, e.movement, e.side) for e in record.entries(self.client_id, Exercise)]:
            raise NotAllowedError(words.NO_EXERCISE, remedy=words.RELOAD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A film on its way, or all there.

    Attributes:
        id: a random word that gives nothing away.
        by: id of the account that records.
        film: the film that can be measured; None until it is finished.
        size: bytes that came.
        idle_s: since the last of them.
    """

    id: str
    by: int
    subject: Subject
    film: Path | None
    size: int
    idle_s: float

    @property
    def waits(self) -> bool:
        """Whether nobody records it any more: it is finished, or broke off."""
        return self.film is not None or (self.size > 0 and self.idle_s > BROKEN_OFF_S)


class Recordings:
    """All that are on this server. Whoever asks for one that is not theirs gets None, as if there were none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._one_writes = threading.Lock()

    def begin(self, record: GuardedRecord, subject: Subject) -> str:
        """A new one; gives its id.

        Raises:
            RomVisionError: whoever asks may not keep such a film, or left too many unfinished.
        """
        subject.demand(record)
        self._sweep()
        if len(self.of(record.account)) >= MOST_AT_ONCE:
            raise UsageError(words.TOO_MANY, remedy=words.TOO_MANY_REMEDY)
        recording_id = secrets.token_hex(16)
        folder = self._folder / recording_id
        folder.mkdir(mode=0o700)
        about = {"by": record.account.id, "subject": subject.told_as()}
        (folder / "part").touch(mode=0o600)
        (folder / "about.json").write_text(json.dumps(about))
        return recording_id

    def get(self, account: Account, recording_id: str) -> Recording | None:
        """One that the account records or recorded."""
        found = self._read(self._folder / recording_id) if recording_id.isalnum() else None
        return found if found and found.by == account.id and account.sees(found.subject.client_id) else None

    def of(self, account: Account) -> list[Recording]:
        """All of an account, oldest first."""
        folders = sorted(self._folder.iterdir(), key=lambda folder: folder.stat().st_ctime)
        found = (self.get(account, folder.name) for folder in folders)
        return [recording for recording in found if recording]

    def append(self, recording: Recording, offset: int, part: bytes) -> tuple[Said, int]:
        """Add what was recorded, at exactly its place, and see it to the disk.

        Returns:
            what became of it, and how many bytes there are now.
        """
        with self._one_writes:
            if recording.film or (film_in(self._folder / recording.id) is not None):
                return "finished", recording.size
            with (self._folder / recording.id / "part").open("r+b") as file:
                size = file.seek(0, os.SEEK_END)
                if offset > size:
                    return "gap", size
                if offset + len(part) > LARGEST:
                    return "too_large", size
                file.seek(offset)
                if file.read(len(part)) != part[: size - offset]:
                    return "differs", size
                new = part[size - offset :]
                if not new:
                    return "duplicate", size
                file.seek(0, os.SEEK_END)
                file.write(new)
                file.flush()
                os.fdatasync(file.fileno())
                return ("overlap" if offset < size else "added"), size + len(new)

    def finish(self, recording: Recording) -> Path:
        """Make of what came a film that can be measured; done twice it is the same film.

        Raises:
            VideoError: it is no film.
        """
        folder = self._folder / recording.id
        with self._one_writes:
            film = film_in(folder) or remux(folder / "part", folder)
            (folder / "part").unlink(missing_ok=True)
        return film

    def remove(self, recording: Recording) -> None:
        """Throw it away, or let go of it once it is with the measuring."""
        with self._one_writes:
            shutil.rmtree(self._folder / recording.id, ignore_errors=True)

    def _read(self, folder: Path) -> Recording | None:
        try:
            about = json.loads((folder / "about.json").read_text())
            film = film_in(folder)
            stat = (film or folder / "part").stat()
        except (OSError, ValueError):  # there is none, or it is being made or removed just now
            return None
        return Recording(
            id=folder.name,
            by=about["by"],
            subject=Subject(**about["subject"]),
            film=film,
            size=stat.st_size,
            idle_s=time.time() - stat.st_mtime,
        )

    def _sweep(self) -> None:
        """Remove what nobody came back for."""
        oldest_s = time.time() - STALE_S
        for folder in self._folder.iterdir():
            newest_s = max((path.stat().st_mtime for path in _within(folder)), default=folder.stat().st_mtime)
            if newest_s < oldest_s:
                shutil.rmtree(folder, ignore_errors=True)


def film_in(folder: Path) -> Path | None:
    """The finished film in a recording's folder."""
    return next(iter(folder.glob("film.*")), None)


def _within(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())


@functools.cache
def the_recordings() -> Recordings:
    """This server's."""
    return Recordings(data_folder() / "recordings")
