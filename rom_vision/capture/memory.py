"""Memory that stays flat however long the film is."""

import ctypes
import sys

PICTURE_BYTES = 1 << 20  # what is larger is a picture
M_MMAP_THRESHOLD = -3  # glibc's malloc.h


def keep_pictures_off_the_heap() -> None:
    """Give every picture memory of its own, which goes back to the system when the picture is done with.

    glibc starts so, but once it has seen a picture freed it puts the next ones on the heap, among the small
    things that stay; then hardly a gap fits the next picture, and the heap grows by a megabyte a frame. Other
    systems keep large blocks apart by themselves.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):  # not in musl
        libc.mallopt(M_MMAP_THRESHOLD, PICTURE_BYTES)
