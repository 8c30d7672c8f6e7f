"""Files built by hand, byte by byte, as RFC 8794 (EBML) and RFC 9559 (Matroska) lay them out."""

import struct

import pytest

from rom_vision.capture.file_end import is_cut_off

HEADER = bytes.fromhex("1a45dfa3") + b"\x84" + bytes(4)
SEGMENT = bytes.fromhex("18538067")
CLUSTER = bytes.fromhex("1f43b675")
OPEN = bytes.fromhex("01ffffffffffffff")  # length not known
BLOCK = b"\xa3\x40\x05" + b"block"  # a length of 5, written in two bytes
LIVE = HEADER + SEGMENT + OPEN + CLUSTER + OPEN + BLOCK + BLOCK + CLUSTER + b"\xff" + BLOCK
KNOWN = HEADER + SEGMENT + b"\x88" + BLOCK
AVI = b"RIFF" + struct.pack("<I", 12) + b"AVI " + bytes(8)


@pytest.fixture
def cut_off(tmp_path):
    def ask(content: bytes) -> bool:
        path = tmp_path / "film"
        path.write_bytes(content)
        return is_cut_off(path)

    return ask


@pytest.mark.parametrize("content", [LIVE, KNOWN, AVI, AVI + b"more", b"", b"anything else"])
def test_whole_files(content, cut_off):
    assert not cut_off(content)


@pytest.mark.parametrize("missing", range(1, len(BLOCK)))
def test_a_live_recording_that_ends_in_a_block(missing, cut_off):
    assert cut_off(LIVE[:-missing])


def test_a_live_recording_that_ends_between_two_blocks_can_not_be_told_from_a_whole_one(cut_off):
    assert not cut_off(LIVE[: -len(BLOCK)])


@pytest.mark.parametrize("missing", range(1, len(BLOCK) + 1))
def test_a_file_shorter_than_its_segment_says(missing, cut_off):
    assert cut_off(KNOWN[:-missing])


def test_a_live_recording_whose_rest_was_never_written(cut_off):
    assert cut_off(LIVE + bytes(100))


@pytest.mark.parametrize("missing", [1, 8, 12])
def test_an_avi_file_shorter_than_it_says(missing, cut_off):
    assert cut_off(AVI[:-missing])
