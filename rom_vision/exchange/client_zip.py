"""Everything of a client as one zip: for the client, whose right it is, and for another installation.

    index.html           to be read by a person
    record.json          the whole chart, and which schema it is written in
    curves/7.parquet     of measurement 7
    videos/7.mp4         the same
    overlays/7.mp4       with what was measured drawn in
    SHA256SUMS           the digests of all these files, as sha256sum writes and checks them

Nothing in it is compressed, since videos and curves are already: so it is as large as what is in it.
"""

import hashlib
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import rom_vision
from rom_vision.exchange.client_index import curves_name, index_html
from rom_vision.exchange.whole_file import written_whole
from rom_vision.records import Chart, Record
from rom_vision.records.curves import to_parquet
from rom_vision.records.typed_json import to_json

SCHEMA = 2
RECORD, INDEX, SUMS = "record.json", "index.html", "SHA256SUMS"
BLOCK_BYTES = 1024 * 1024


def write_client(record: Record, client_id: str, out: Path) -> None:
    """Write everything of a client. Videos are read bit by bit, however long they are.

    A video that has been taken out of the media folder is left out, and the index says so.

    Raises:
        RecordError: there is no such client.
        UsageError: `out` can't be written.
    """
    chart = record.chart(client_id)
    within, media = _named_within(chart)
    said = {"program": rom_vision.__version__, "schema": SCHEMA, "chart": to_json(within)}
    with written_whole(out) as part, ZipFile(part, "w", ZIP_STORED) as archive:
        sums = {
            INDEX: _add(archive, INDEX, _text(index_html(within, _missing(chart)))),
            RECORD: _add(archive, RECORD, _text(json.dumps(said, ensure_ascii=False, indent=1))),
        }
        for kept in within.measurements:
            name = curves_name(kept.id)
            sums[name] = _add(archive, name, io.BytesIO(to_parquet(record.curves(kept.id))))
        for path, name_within in media.items():
            with path.open("rb") as file:
                sums[name_within.as_posix()] = _add(archive, name_within.as_posix(), file)
        _add(archive, SUMS, _text("".join(f"{digest}  {name}\n" for name, digest in sums.items())))


def _named_within(chart: Chart) -> tuple[Chart, dict[Path, Path]]:
    """The chart with the paths of the zip, and the files that go there; one of several measurements goes once."""
    names: dict[Path, Path] = {}

    def name(path: Path | None, folder: str, number: int) -> Path | None:
        if path is None or not path.exists():
            return None
        return names.setdefault(path, Path(folder) / f"{number}{path.suffix}")

    measurements = tuple(
        replace(
            kept,
            video_path=name(kept.video_path, "videos", kept.id),
            overlay_path=name(kept.overlay_path, "overlays", kept.id),
        )
        for kept in chart.measurements
    )
    return replace(chart, measurements=measurements), names


def _missing(chart: Chart) -> Iterator[int]:
    """Numbers of the measurements that have lost a file."""
    for kept in chart.measurements:
        if any(path and not path.exists() for path in (kept.video_path, kept.overlay_path)):
            yield kept.id


def _text(text: str) -> IO[bytes]:
    return io.BytesIO(text.encode())


def _add(archive: ZipFile, name: str, file: IO[bytes]) -> str:
    """Adds a file; gives its digest."""
    digest = hashlib.sha256()
    with archive.open(ZipInfo(name, time.localtime()[:6]), "w", force_zip64=True) as member:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            member.write(block)
    return digest.hexdigest()
