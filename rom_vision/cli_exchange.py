"""The commands by which data leave the record and come into it."""

import argparse
from pathlib import Path

from rom_vision.errors import UsageError
from rom_vision.exchange.client_unzip import import_client
from rom_vision.exchange.export import CLIENT_KINDS, MEASUREMENT_KINDS, export_client, export_measurement
from rom_vision.exchange.goniometer_csv import import_goniometer
from rom_vision.records import Record

DONE = 0
KINDS = tuple(dict.fromkeys((*CLIENT_KINDS, *MEASUREMENT_KINDS)))


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    out = commands.add_parser("export", help="write what is kept of a client, or one measurement's curves")
    out.set_defaults(command=_export)
    out.add_argument("client", metavar="CLIENT", nargs="?")
    out.add_argument("--measurement", type=int, metavar="ID", help="see rom-vision sessions")
    out.add_argument(
        "--format",
        required=True,
        choices=KINDS,
        help=f"of a client {', '.join(CLIENT_KINDS)}; of a measurement {', '.join(MEASUREMENT_KINDS)}",
    )
    out.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")

    into = commands.add_parser(
        "import", help="take in a client from another record (zip), or goniometer values (csv)"
    )
    into.set_defaults(command=_import)
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--client", metavar="ID", help="whose goniometer values they are")
    into.add_argument("--new-id", action="store_true", help="take the client in under a new id in any case")


def _export(options: argparse.Namespace) -> int:
    of_client = options.measurement is None
    if of_client == (options.client is None):
        raise UsageError(
            "Export a client, or a measurement.", remedy="rom-vision export CLIENT, or --measurement ID."
        )
    kinds = CLIENT_KINDS if of_client else MEASUREMENT_KINDS
    if options.format not in kinds:
        raise UsageError(
            f"A {'client' if of_client else 'measurement'} can't be written as {options.format}.",
            remedy=f"Choose one of: {', '.join(kinds)}.",
        )
    with Record.open() as record:
        if of_client:
            export_client(record, options.client, options.format, options.out)
        else:
            export_measurement(record, options.measurement, options.format, options.out)
    print(options.out)
    return DONE


def _import(options: argparse.Namespace) -> int:
    ending = options.file.suffix.lower()
    if ending not in {".zip", ".csv"}:
        raise UsageError(
            f"{options.file.name} is neither .zip nor .csv.", remedy="Name the file that was exported."
        )
    if (ending == ".csv") != (options.client is not None) or (ending == ".csv" and options.new_id):
        raise UsageError(
            "Only goniometer values need a client, and only a zip brings one.",
            remedy="rom-vision import FILE.zip [--new-id], or rom-vision import FILE.csv --client ID.",
        )
    with Record.open() as record:
        if ending == ".csv":
            print(f"{import_goniometer(record, options.client, options.file)} imported")
        else:
            client = import_client(record, options.file, as_new=options.new_id)
            print(f"{client.id}  {client.name}")
    return DONE
