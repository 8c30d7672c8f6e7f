"""What can go wrong, in words for the person who can put it right.

RomVisionError
├── UsageError        asked for something that does not exist or does not fit
├── VideoError        this file can't be measured from
├── ModelError        the pose model can't be obtained or opened
├── CatalogueError    the catalogue of movement tests has a mistake
├── CameraError       the camera can't be calibrated from these pictures
├── RecordError       the record does not hold, or can't take, what was asked
├── AccountError      the account, its password or an invitation is not right
├── JobError          a piece of long work is not there, or did not come to its end
├── NotAllowedError   whoever is signed in may not see or do that
└── CancelledError    the person stopped the work

A wrong shape or a missing key is our own mistake: it stays a plain ValueError or KeyError.
"""

from rom_vision.language import read_back


class RomVisionError(Exception):
    """Something that the person using the program can put right.

    Args:
        message: what happened, in one plain sentence, in English: it may be kept.
        remedy: what to do about it, likewise.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{read_back(self.message)} {read_back(self.remedy)}".rstrip()


class UsageError(RomVisionError):
    """Asked for something that does not exist or does not fit together."""


class VideoError(RomVisionError):
    """This file can't be measured from."""


class ModelError(RomVisionError):
    """The pose model can't be obtained or opened."""


class CatalogueError(RomVisionError):
    """The catalogue of movement tests has a mistake."""


class CameraError(RomVisionError):
    """The camera can't be calibrated from these pictures."""


class RecordError(RomVisionError):
    """The record does not hold, or can't take, what was asked."""


class AccountError(RomVisionError):
    """The account, its password or an invitation is not there, or can't be so."""


class JobError(RomVisionError):
    """A piece of long work is not there, or did not come to its end."""


class NotAllowedError(RomVisionError):
    """Whoever is signed in may not see or do that."""


class CancelledError(RomVisionError):
    """The person stopped the work."""

    def __init__(self) -> None:
        super().__init__("Stopped.")
