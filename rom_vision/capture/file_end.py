"""Whether a recording ends before it should.

FFmpeg reads an AVI, WebM or Matroska file to where it breaks off and takes that for its end. But both kinds are
boxes in boxes that say how long they are, and a file that is shorter than its boxes was cut off.
"""

import os
from pathlib import Path
from typing import BinaryIO

EBML = 0x1A45DFA3
OPEN_ENDED = -1  # every bit set: the length is not known


def is_cut_off(path: Path) -> bool:
    """Whether an AVI, WebM or Matroska file is shorter than it says; False for any other kind of file.

    Source: "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 2, for RIFF;
    RFC 8794, section 4 to 6, for EBML.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(8)
        if start[:4] == b"RIFF":
            return 8 + int.from_bytes(start[4:], "little") > size
        if int.from_bytes(start[:4]) != EBML:
            return False
        file.seek(0)
        return _breaks_off(file, size)


def _breaks_off(file: BinaryIO, size: int) -> bool:
    """Steps over an EBML file from element to element: each is an id, a length, and so many bytes."""
    while file.tell() < size:
        identity = _number(file)
        length = _number(file)
        if identity is None or length is None:
            return True
        if length == OPEN_ENDED:  # a live recording's Segment or Cluster: step into it
            continue
        if file.tell() + length > size:
            return True
        file.seek(length, os.SEEK_CUR)
    return False


def _number(file: BinaryIO) -> int | None:
    """A number as EBML writes it: the zeros before its first set bit say how many bytes follow. None: broken."""
    first = file.read(1)
    if not first or not first[0]:
        return None
    following = 8 - first[0].bit_length()
    rest = file.read(following)
    if len(rest) < following:
        return None
    bits = 7 * (following + 1)
    number = int.from_bytes(first + rest) & ((1 << bits) - 1)
    return OPEN_ENDED if number == (1 << bits) - 1 else number
