"""A client's zip (`client_zip`) back into a record: whole, or not at all.

It may come from anywhere. Nothing in it is unpacked under its own name; nothing in it may be compressed, so that
it can't be larger than the file itself; and every file has to be as it was exported.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from rom_vision.errors import RecordError
from rom_vision.exchange.client_index import curves_name
from rom_vision.exchange.client_zip import BLOCK_BYTES, INDEX, RECORD, SCHEMA, SUMS
from rom_vision.records import Brought, Chart, Client, KeptCurves, Record
from rom_vision.records.curves import CENTRES, TESTED, from_parquet
from rom_vision.records.typed_json import from_json

BEFORE_CORRECTIONS = 1  # the schema of files without corrections and ticked exercises; else it is today's
NAMES = re.compile(
    rf"{RECORD}|{INDEX}|{SUMS}|curves/\d{{1,10}}\.parquet|(videos|overlays)/\d{{1,10}}(\.\w{{1,9}})?", re.A
)
SUM = re.compile(r"([0-9a-f]{64})  (\S+)")
LARGEST_BYTES = 256 * 1024 * 1024  # of what is read into memory at once; six seconds of curves are 0.1 MiB
COLUMN = re.compile(r"[a-z_]{1,64}_deg")
REMEDY = "Take the file as it was exported."


def import_client(record: Record, file: Path, *, as_new: bool = False) -> Client:
    """Add the client of a zip to a record, with everything.

    Args:
        as_new: under a new id; else only where the id is taken.
    Raises:
        RecordError: the file is not whole, was altered, is of a newer version, or does not fit the record; then
            nothing is added.
    """
    with _opened(file) as archive:
        _check_files(archive, file.stat().st_size)
        chart = _chart(archive)
        _check_complete(archive, chart)
        return record.take_in(
            Brought(
                chart=chart,
                curves=lambda number: _curves(archive, number),
                media=lambda path: archive.open(path.as_posix()),
            ),
            as_new=as_new,
        )


@contextmanager
def _opened(file: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(file) as archive:
            yield archive
    except (BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError, struct.error) as problem:
        raise RecordError(f"{file.name} is damaged, or no zip file: {problem}.", remedy=REMEDY) from problem
    except OSError as problem:
        raise RecordError(
            f"{file.name} can't be read: {problem.strerror or problem}.", remedy="Check the file."
        ) from problem


def _check_files(archive: ZipFile, size_bytes: int) -> None:
    """Each is one that belongs there, as it was written."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    for info in infos:
        if not NAMES.fullmatch(info.filename):
            _altered(f"it holds a file {info.filename!r}, which is none of ours")
        if info.compress_type != ZIP_STORED or info.flag_bits & 1:
            _altered(f"{info.filename} in it is compressed or encrypted")
    if len(names) != len(set(names)) or sum(info.file_size for info in infos) > size_bytes:
        _altered("files in it overlap")
    sums = _sums(archive)
    for name in sorted({*names, *sums} - {SUMS}):
        if name not in names:
            _altered(f"{name} is missing")
        if sums.get(name) != _digest(archive, name):
            _altered(f"{name} is not what was exported")


def _sums(archive: ZipFile) -> dict[str, str]:
    lines = _read(archive, SUMS).decode(errors="replace").splitlines()
    found = [SUM.fullmatch(line) for line in lines]
    if not all(found):
        _altered(f"{SUMS} can't be read")
    return {one[2]: one[1] for one in found if one}


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _read(archive: ZipFile, name: str) -> bytes:
    if name not in archive.NameToInfo:
        _altered(f"{name} is missing")
    if archive.getinfo(name).file_size > LARGEST_BYTES:
        _altered(f"{name} is too large")
    return archive.read(name)


def _chart(archive: ZipFile) -> Chart:
    try:
        said = json.loads(_read(archive, RECORD), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        _altered(f"{RECORD} can't be read")
    schema = said.get("schema") if isinstance(said, dict) else None
    if type(schema) is not int or "chart" not in said:
        _altered(f"{RECORD} is not a client's record")
    if schema == BEFORE_CORRECTIONS and isinstance(said["chart"], dict):
        said["chart"] |= {"corrections": [], "ticks": []}
    elif schema != SCHEMA:
        raise RecordError(
            f"The file is written in schema {schema}, and this version reads {SCHEMA}.",
            remedy="Install the newest version, and export it anew where it is still kept.",
        )
    chart: Chart = from_json(Chart, said["chart"], "chart")
    return chart


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _check_complete(archive: ZipFile, chart: Chart) -> None:
    """What the chart names is there, where it belongs, and nothing else."""
    named = {RECORD, INDEX, SUMS} | {curves_name(kept.id) for kept in chart.measurements}
    for kept in chart.measurements:
        for folder, path in (("videos", kept.video_path), ("overlays", kept.overlay_path)):
            if path is not None and path.parent.as_posix() != folder:
                _altered(f"{path.as_posix()!r} is none of the {folder}")
            named |= {path.as_posix()} if path is not None else set()
    if missing := sorted(named - set(archive.namelist())):
        _altered(f"{missing[0]!r} is missing")
    if more := sorted(set(archive.namelist()) - named):
        _altered(f"{more[0]} belongs to nothing in it")


def _curves(archive: ZipFile, measurement_id: int) -> KeptCurves:
    name = curves_name(measurement_id)
    parquet = _read(archive, name)
    try:
        read = pq.read_metadata(pa.BufferReader(parquet))
        columns = read.schema.to_arrow_schema()
        fits = {"time_s", TESTED} <= set(columns.names) and len(set(columns.names)) == len(columns.names)
        fits &= all(_known(column.name) and pa.types.is_floating(column.type) for column in columns)
        if not fits or read.num_rows * read.num_columns * 8 > LARGEST_BYTES:
            _altered(f"{name} holds no curves")
        curves = from_parquet(parquet)
    except (pa.ArrowException, OSError) as problem:
        raise RecordError(f"The file was altered: {name} can't be read.", remedy=REMEDY) from problem
    if not np.isfinite(curves.joints.time_s).all() or (np.diff(curves.joints.time_s) <= 0).any():
        _altered(f"in {name} time does not go on")
    return curves


def _known(column: str) -> bool:
    return column == "time_s" or column in CENTRES or COLUMN.fullmatch(column) is not None


def _altered(what: str) -> NoReturn:
    raise RecordError(f"The file was altered: {what}.", remedy=REMEDY)
