"""The folder of the video files. Their names are random: a file tells nothing about whose it is.

A file and the row that names it can't come or go in one step, and the program may be killed in between. So while
that lasts an empty file of the same name lies in the folder `doubtful`; whatever is still there when the record is
opened next is settled by the rows (`settle`).
"""

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from rom_vision.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """The media folder.

    Attributes:
        folder: made when the first file comes.
        doubtful: the folder of the names that are in doubt; of one database only, the media may be of several.
    """

    folder: Path
    doubtful: Path

    def path(self, name: str | None) -> Path | None:
        """Where a file of that name lies; None for None."""
        return None if name is None else self.folder / name

    @contextmanager
    def intake(self) -> Iterator["Intake"]:
        """Takes files in; when the block fails, they are gone again."""
        intake = Intake(media=self)
        with ExitStack() as on_failure:
            on_failure.callback(self._remove, intake.names)
            yield intake
            on_failure.pop_all()
        self._no_more_doubt(intake.names)

    @contextmanager
    def removal(self) -> Iterator[Callable[[Iterable[str]], None]]:
        """Takes the names of files that are deleted when the block succeeds; one that is gone is no matter.

        When it fails they stay in doubt: a server may have done it and lost the connection.

        Raises:
            RecordError: one could not be deleted.
        """
        names: list[str] = []

        def remove(more: Iterable[str]) -> None:
            for name in more:
                names.append(name)
                self.doubt(name)

        yield remove
        self._remove(names)

    def in_doubt(self) -> list[str]:
        """The names of files of which it is not known whether they are to stay."""
        return sorted(path.name for path in self.doubtful.glob("*"))

    def settle(self, named: Collection[str]) -> None:
        """Deletes the files in doubt that no row names; one that can't be deleted stays in doubt.

        Args:
            named: of those in doubt, the names that are in rows.
        """
        for name in self.in_doubt():
            if name in named:
                self._no_more_doubt([name])
            else:
                with contextlib.suppress(RecordError):  # whoever opens a record can't help it
                    self._remove([name])

    def doubt(self, name: str) -> None:
        """Notes that it is not known whether a file is to stay.

        Raises:
            OSError: that can't be noted.
        """
        self.doubtful.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.doubtful / name).touch()

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            path = self.folder / name
            try:
                path.unlink(missing_ok=True)
            except OSError as problem:
                raise RecordError(
                    f"The video {path} could not be deleted: {problem.strerror}.", remedy="Delete it by hand."
                ) from problem
            self._no_more_doubt([name])

    def _no_more_doubt(self, names: Iterable[str]) -> None:
        for name in names:
            (self.doubtful / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Files on their way into the media folder.

    Attributes:
        names: of those taken so far.
    """

    media: Media
    names: list[str] = field(default_factory=list)

    def copy(self, file: Path) -> str:
        """Takes a copy of a file and says its name.

        Raises:
            RecordError: it can't be copied.
        """
        return self.take(lambda: file.open("rb"), file)

    def take(self, opened: Callable[[], IO[bytes]], file: Path) -> str:
        """Takes in what can be read, and says its name.

        Args:
            opened: opens it.
            file: what it is called where it comes from.
        Raises:
            RecordError: it can't be read or kept.
        """
        ending = file.suffix.lower()
        name = secrets.token_hex(16) + (ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else "")
        try:
            self.media.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.names.append(name)
            self.media.doubt(name)
            with opened() as source, (self.media.folder / name).open("xb") as copy:
                shutil.copyfileobj(source, copy, length=1024 * 1024)
                copy.flush()
                os.fsync(copy.fileno())  # the row that names it is written to the disk after it
        except OSError as problem:
            raise RecordError(
                f"The video {file.name} can't be kept: {problem.strerror}.",
                remedy=f"See that {self.media.folder} can be written to and that the disk has room.",
            ) from problem
        return name
