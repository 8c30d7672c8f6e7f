"""The folder of the video files. Their names are random: a file tells nothing about whose it is."""

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rom_vision.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """The media folder.

    Attributes:
        folder: made when the first file comes.
    """

    folder: Path

    def path(self, name: str | None) -> Path | None:
        """Where a file of that name lies; None for None."""
        return None if name is None else self.folder / name

    @contextmanager
    def intake(self) -> Iterator["Intake"]:
        """Takes files in; when the block fails, they are gone again."""
        intake = Intake(media=self)
        with ExitStack() as on_failure:
            on_failure.callback(self.remove, intake.names)
            yield intake
            on_failure.pop_all()

    def remove(self, names: Iterable[str]) -> None:
        """Deletes files; one that is gone already is no matter.

        Raises:
            RecordError: one could not be deleted.
        """
        for name in names:
            path = self.folder / name
            try:
                path.unlink(missing_ok=True)
            except OSError as problem:
                raise RecordError(
                    f"The video {path} could not be deleted: {problem.strerror}.", remedy="Delete it by hand."
                ) from problem


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
        ending = file.suffix.lower()
        name = secrets.token_hex(16) + (ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else "")
        try:
            self.media.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.names.append(name)
            with file.open("rb") as source, (self.media.folder / name).open("xb") as copy:
                shutil.copyfileobj(source, copy, length=1024 * 1024)
                copy.flush()
                os.fsync(copy.fileno())  # the row that names it is written to the disk after it
        except OSError as problem:
            raise RecordError(
                f"The video {file.name} can't be kept: {problem.strerror}.",
                remedy=f"See that {self.media.folder} can be written to and that the disk has room.",
            ) from problem
        return name
