"""The page by which a person finds their way in what is kept of them."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from rom_vision.exchange.captions import peak
from rom_vision.language import read_back, say, spoken
from rom_vision.records import Chart, KeptMeasurement, Limit

STYLE = "body{font:16px sans-serif;max-width:60em;margin:2em auto}table{border-collapse:collapse}\
td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top;white-space:pre-wrap}"
UNTOLD = {"client_id", "version"}  # the same in every row, or of use to the program alone
KINDS = (
    "consents",
    "referrals",
    "history",
    "goals",
    "exercises",
    "sessions",
    "palpation",
    "movement",
    "treatments",
    "letters",
    "corrections",
    "ticks",
)


def index_html(chart: Chart, missing: Iterable[int]) -> str:
    """All that is written of a client, and links to their curves and videos.

    Args:
        chart: its paths are those of the files beside the page.
        missing: numbers of the measurements that have lost a video.
    """
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{spoken()}"><head><meta charset="utf-8"><title>{say("What is kept of you")}</title>',
            f"<style>{STYLE}</style></head><body>",
            f"<h1>{say('What is kept of you')}</h1>",
            f"<p>{say('The same is in record.json, for programs. Angles are in degrees.')}</p>",
            *_table(say("Client"), [chart.client]),
            *(line for kind in KINDS for line in _table(_words(kind), getattr(chart, kind))),
            *_measurements(chart.measurements, set(missing)),
            "</body></html>\n",
        ]
    )


def curves_name(measurement_id: int) -> str:
    """The file of a measurement's curves."""
    return f"curves/{measurement_id}.parquet"


def _table(title: str, rows: Iterable[Any]) -> Iterator[str]:
    rows = list(rows)
    if not rows:
        return
    names = [field.name for field in fields(rows[0]) if field.name not in UNTOLD]
    yield f"<h2>{title}</h2><table>"
    yield _row("th", map(_words, names))
    yield from (_row("td", (_said(getattr(row, name)) for name in names)) for row in rows)
    yield "</table>"


def _measurements(measurements: Iterable[KeptMeasurement], missing: set[int]) -> Iterator[str]:
    measurements = list(measurements)
    if not measurements:
        return
    yield f"<h2>{_words('measurements')}</h2><table>"
    yield _row("th", map(_words, ("id", "on", "movement", "side", "mode", "peak", "remarks", "files")))
    for kept in measurements:
        told = (kept.id, kept.on, kept.movement, kept.side, kept.mode, _peak(kept))
        remarks = [read_back(problem.message) for problem in kept.problems]
        remarks += [say("A video of it was lost.")] if kept.id in missing else []
        yield _row("td", [*map(_said, told), _said("\n".join(remarks)), _links(kept)])
    yield "</table>"


def _links(kept: KeptMeasurement) -> str:
    files = {
        say("curves"): Path(curves_name(kept.id)),
        say("video"): kept.video_path,
        say("video with what was measured"): kept.overlay_path,
    }
    return "\n".join(
        f'<a href="{html.escape(path.as_posix())}">{name}</a>' for name, path in files.items() if path is not None
    )


def _peak(kept: KeptMeasurement) -> str:
    if kept.peak_deg is None or kept.uncertainty_deg is None:
        return say("no result")
    return peak(kept.peak_deg, kept.uncertainty_deg)


def _row(cell: str, contents: Iterable[str]) -> str:
    """Of cells whose content is HTML already."""
    return "<tr>" + "".join(f"<{cell}>{content}</{cell}>" for content in contents) + "</tr>"


def _said(value: object) -> str:
    """As HTML, with nothing in it that a browser would act on."""
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, Limit):
        value = " ".join(filter(None, (value.movement, value.side, value.mode)))
    if isinstance(value, bool):
        value = say("yes") if value else say("no")
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M} UTC"
    return "" if value is None else html.escape(str(value))


def _words(name: str) -> str:
    return say(name.replace("_", " ").capitalize(), "a field of the record")
