"""Where the files of jobs lie: a folder of this machine, or any place that fsspec knows, for several machines.

A file is there whole, or not at all. Each job's files lie in a folder that is called by its id, and the folders of
a record in one that is called by the record's, so that several records may share one place.
"""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

import fsspec
from fsspec.implementations.local import LocalFileSystem

from rom_vision.errors import UsageError, VideoError
from rom_vision.home import cache_folder, data_folder

SETTING = "ROM_VISION_MEDIA"


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """The files of all jobs of one record."""

    _files: fsspec.AbstractFileSystem
    _root: str
    _copies: Path
    """Where what lies elsewhere is copied to when this machine needs it."""
    shared: bool
    """Whether several machines may use it."""

    @classmethod
    def open(cls, record_id: str) -> Self:
        """The store that ROM_VISION_MEDIA names, else a folder among the program's data.

        Raises:
            UsageError: the setting can't be understood, or needs a package that is not installed.
        """
        named = os.environ.get(SETTING)
        address = named or str(data_folder() / "jobs")
        try:
            files, root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError) as problem:
            raise UsageError(
                f"The place for videos that {SETTING} names can't be used: {problem}.",
                remedy="Correct it, or install the package that it takes (for s3:// that is s3fs).",
            ) from problem
        return cls(files, f"{root.rstrip('/')}/{record_id}", cache_folder() / "jobs" / record_id, bool(named))

    @property
    def _local(self) -> bool:
        return isinstance(self._files, LocalFileSystem)

    def put(self, job_id: str, name: str, source: Path, *, move: bool = False) -> None:
        """Take in a file under that name, in place of any that is there.

        Args:
            move: whether it may be taken away from where it lies.
        Raises:
            VideoError: there is no room for it.
        """
        part = self._place(job_id, f".{secrets.token_hex(4)}-{name}")
        try:
            self._make_folder(job_id)
            if self._local:
                (shutil.move if move else shutil.copyfile)(source, part)
                _to_disk(Path(part))
            else:
                self._files.put_file(str(source), part)
            self._rename(part, self._place(job_id, name))
        except OSError as problem:
            raise VideoError(
                f"The clip could not be taken over: {problem.strerror or problem}.",
                remedy="Free some space and try again.",
            ) from problem
        if move and not self._local:
            source.unlink(missing_ok=True)

    def fetch(self, job_id: str, name: str) -> Path:
        """Where a file lies on this machine, copied if need be.

        Raises:
            FileNotFoundError: there is none.
        """
        place = self._place(job_id, name)
        if self._local:
            if not Path(place).exists():
                raise FileNotFoundError(place)
            return Path(place)
        copy = self._copies / job_id / name
        if not (copy.exists() and copy.stat().st_size == self._files.size(place)):
            part = self.beside(job_id) / f".{secrets.token_hex(4)}-{name}"
            self._files.get_file(place, str(part))
            part.replace(copy)
        return copy

    def write(self, job_id: str, name: str, content: bytes) -> None:
        """Write a small file, in place of any that is there."""
        scratch = self.beside(job_id) / f".{secrets.token_hex(4)}"
        scratch.write_bytes(content)
        try:
            self.put(job_id, name, scratch, move=True)
        finally:
            scratch.unlink(missing_ok=True)

    def read(self, job_id: str, name: str) -> bytes:
        """The content of a small file.

        Raises:
            FileNotFoundError: there is none.
        """
        return bytes(self._files.cat_file(self._place(job_id, name)))

    def remove(self, job_id: str) -> None:
        """Delete a job's files; none there is no matter."""
        self._files.invalidate_cache()
        if self._files.exists(f"{self._root}/{job_id}"):
            self._files.rm(f"{self._root}/{job_id}", recursive=True)
        shutil.rmtree(self._copies / job_id, ignore_errors=True)

    def job_ids(self) -> set[str]:
        """Of all jobs that have files, here or there."""
        self._files.invalidate_cache()
        there = self._files.ls(self._root, detail=False) if self._files.exists(self._root) else []
        return {PurePosixPath(place).name for place in there} | {path.name for path in self._copies.glob("*")}

    def beside(self, job_id: str) -> Path:
        """A folder of this machine for what is made on the way; it goes with the job."""
        folder = self._copies / job_id
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _place(self, job_id: str, name: str) -> str:
        return f"{self._root}/{job_id}/{name}"

    def _rename(self, part: str, place: str) -> None:
        if self._local:
            Path(part).replace(place)
        else:
            self._files.mv(part, place)

    def _make_folder(self, job_id: str) -> None:
        if self._local:
            Path(self._root).mkdir(mode=0o700, parents=True, exist_ok=True)
            Path(self._root, job_id).mkdir(mode=0o700, exist_ok=True)
        else:
            self._files.makedirs(f"{self._root}/{job_id}", exist_ok=True)


def _to_disk(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
