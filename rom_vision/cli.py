"""rom-vision: the same as the dashboard, for a shell."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import rom_vision
from rom_vision import cli_accounts, cli_exchange, cli_film, cli_jobs
from rom_vision.capture import camera_profiles
from rom_vision.capture.board_pictures import find_boards
from rom_vision.capture.calibrate import calibrate
from rom_vision.capture.camera_profiles import Profile
from rom_vision.capture.pose_model import DEFAULT_SIZE
from rom_vision.cli_film import progress_bar
from rom_vision.compare import Comparisons, Result, compare_with, over_sessions
from rom_vision.errors import CancelledError, RomVisionError, UsageError, VideoError
from rom_vision.exchange import captions
from rom_vision.exchange.as_json import as_json
from rom_vision.exchange.board_pdf import write_board
from rom_vision.exchange.files import write_all
from rom_vision.measure import Measurement, check_fits, measure
from rom_vision.movements import MODES, SIDES, load_catalogue, movement_test
from rom_vision.records import Record

MEASURED, MENDABLE, USAGE, REFUSED, UNREADABLE, ALTERED, STOPPED = 0, 1, 2, 3, 4, 5, 130
EXIT_CODES = """exit codes: 0 measured, 2 asked for what does not exist or does not fit, 3 measured but refused by
quality, 4 the video can't be read, 5 the audit was altered, 1 anything else that can be mended, 130 stopped"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except VideoError as problem:
        return _tell(problem, UNREADABLE)
    except UsageError as problem:
        return _tell(problem, USAGE)
    except RomVisionError as problem:
        return _tell(problem, MENDABLE)
    except KeyboardInterrupt:
        return _tell(CancelledError(), STOPPED)


def _tell(problem: RomVisionError, code: int) -> int:
    print(problem, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rom-vision", description=rom_vision.__doc__, epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"rom-vision {rom_vision.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("measure", help="measure a movement test from a video", epilog=EXIT_CODES)
    _add_measure_options(one)

    commands.add_parser("movements", help="list the movement tests").set_defaults(command=_movements)

    clients = commands.add_parser("clients", help="list the clients, add one, remove one")
    clients.set_defaults(command=_clients)
    do = clients.add_mutually_exclusive_group()
    do.add_argument("--add", metavar="NAME")
    do.add_argument("--remove", metavar="ID", help="into the recycle bin, for 30 days")
    do.add_argument("--restore", metavar="ID", help="out of the recycle bin")
    do.add_argument("--erase", metavar="ID", help="now and for good, with all videos")
    do.add_argument("--bin", action="store_true", help="list the recycle bin")
    do.add_argument("--empty-bin", action="store_true", help="erase who was removed over 30 days ago")
    clients.add_argument("--born", type=date.fromisoformat, metavar="YYYY-MM-DD", help="for the norm of the age")
    clients.add_argument("--sex", choices=("female", "male"), help="for the norm of the sex")

    cli_accounts.add_to(commands)

    audit = commands.add_parser("audit", help="who saw and changed what; and whether that was altered")
    audit.set_defaults(command=_audit)

    sessions = commands.add_parser(
        "sessions", help="list a client's sessions, and the numbers of their measurements"
    )
    sessions.set_defaults(command=_sessions)
    sessions.add_argument("client", metavar="CLIENT")

    cli_exchange.add_to(commands)

    cli_jobs.add_to(commands)

    compare = commands.add_parser("compare", help="how far a movement has come")
    compare.set_defaults(command=_compare)
    compare.add_argument("client", metavar="CLIENT")
    compare.add_argument("--movement", required=True, metavar="ID")

    lens = commands.add_parser("calibrate", help="tell what a camera's lens does, from a film of a printed board")
    lens.set_defaults(command=_calibrate)
    lens.add_argument("pictures", type=Path, nargs="*", metavar="FILE", help="a film of the board, or photos")
    lens.add_argument("--name", metavar="NAME", help="of the camera, for rom-vision measure --camera NAME")
    lens.add_argument("--replace", action="store_true", help="a camera of that name")
    lens.add_argument("--board", type=Path, metavar="PDF", help="write the board to print, and no more")

    cameras = commands.add_parser("cameras", help="list the calibrated cameras")
    cameras.set_defaults(command=_cameras)

    cli_film.add_to(commands)
    return parser


def _add_measure_options(one: argparse.ArgumentParser) -> None:
    one.set_defaults(command=_measure)
    one.add_argument("video", type=Path)
    one.add_argument("--movement", required=True, metavar="ID", help="see rom-vision movements")
    one.add_argument("--side", choices=SIDES)
    one.add_argument("--mode", choices=MODES, default="active")
    one.add_argument("--client", metavar="ID", help="keep it in this client's record, and compare")
    one.add_argument(
        "--client-at", type=_point, metavar="X,Y", help="a point on the client in the first frame, in pixels"
    )
    one.add_argument(
        "--camera", metavar="NAME", help="that filmed it, see rom-vision cameras; else a typical phone"
    )
    one.add_argument("--out", type=Path, metavar="DIR", help="write angles.csv, curve.png and overlay.mp4 there")
    one.add_argument("--json", action="store_true", help="print the result for programs")
    one.add_argument("--workers", type=_count, metavar="N", help="processes to work with; one a core by default")
    one.add_argument("--model", default=DEFAULT_SIZE, help="lite, full, heavy (default), or an own .task file")


def _point(text: str) -> tuple[float, float]:
    x, y = text.split(",")
    return float(x), float(y)


def _count(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def _measure(options: argparse.Namespace) -> int:
    test = movement_test(options.movement)
    check_fits(test, options.side, options.mode)
    if options.client:
        with Record.open() as record:
            record.client(options.client)  # a wrong id is told before the work, not after
    with progress_bar() as told, TemporaryDirectory() as scratch:
        measurement = measure(
            options.video, test, options.side, options.mode, model=options.model,
            client_at_px=options.client_at, camera=options.camera, workers=options.workers, on_progress=told,
        )  # fmt: skip
        comparisons = _compared(measurement, options.client)
        keep = options.client and measurement.accepted
        if options.out or keep:
            files = write_all(measurement, options.video, options.out or Path(scratch), told)
        if keep:
            with Record.open() as record:
                record.keep(options.client, measurement, options.video, overlay=files.overlay)
    if options.json:
        print(json.dumps(as_json(measurement, comparisons), indent=2))
    else:
        print(_for_a_person(measurement, comparisons))
        if options.client and not measurement.accepted:
            print("Not kept, since there is no number to compare.")
    return MEASURED if measurement.accepted else REFUSED


def _compared(measurement: Measurement, client_id: str | None) -> Comparisons | None:
    """Against the norm, and against what the client's record holds."""
    if client_id:
        with Record.open() as record:
            return record.compared(client_id, measurement, date.today())
    result = Result.of(measurement, date.today())
    return compare_with(result, []) if result else None


def _for_a_person(measurement: Measurement, comparisons: Comparisons | None) -> str:
    lines = [captions.title(measurement.test, measurement.side, measurement.mode), captions.result(measurement)]
    if measurement.hold:
        lines.append(captions.hold_details(measurement.hold))
    elif measurement.accepted and measurement.mean_peak_deg is not None:
        lines.append(
            f"Repetitions: {len(measurement.repetitions)}, mean peak {captions.degrees(measurement.mean_peak_deg)}"
        )
    lines += [f"{sentence[0].upper()}{sentence[1:]}." for sentence in comparisons.sentences] if comparisons else []
    lines += [f"{'Refused' if p.refused else 'Note'}: {p.message} {p.remedy}" for p in measurement.problems]
    return "\n".join(lines)


def _movements(options: argparse.Namespace) -> int:
    for test in load_catalogue().values():
        sides = "left, right" if test.sided else "-"
        care = "with care" if test.with_care else ""
        print(f"{test.id:30} {test.name:30} {sides:12} {test.view:6} {care}".rstrip())
    return MEASURED


def _clients(options: argparse.Namespace) -> int:
    with Record.open() as record:
        if options.add:
            print(record.add_client(options.add, birth_date=options.born, sex=options.sex).id)
            return MEASURED
        if options.remove:
            record.remove_client(options.remove)
            print("In the recycle bin for 30 days; --restore brings the client back.")
        elif options.restore:
            print(record.restore_client(options.restore).id)
        elif options.erase:
            record.erase_client(options.erase)
            print("Erased.")
        elif options.empty_bin:
            print(f"Erased: {len(record.empty_bin())}")
        else:
            for client in record.removed_clients() if options.bin else record.clients():
                print(f"{client.id}  {client.name}")
    return MEASURED


def _audit(options: argparse.Namespace) -> int:
    with Record.open() as record:
        for row in record.audit():
            done = f"{row.action} {row.what}".rstrip()
            print(
                f"{row.number:6}  {row.at:%Y-%m-%d %H:%M:%S} UTC  {row.who:12}  {row.client_id or '-':8}  {done}"
            )
        problems = record.audit_problems()
    for problem in problems:
        print(problem, file=sys.stderr)
    return ALTERED if problems else MEASURED


def _sessions(options: argparse.Namespace) -> int:
    with Record.open() as record:
        measurements = record.measurements(options.client)
        for session in record.sessions(options.client):
            print(f"{session.on}  {session.measurements} measured")
            for kept in measurements:
                if kept.session_id == session.id:
                    title = captions.title(kept.test, kept.side, kept.mode)
                    print(f"    {kept.id:6}  {title:45} {_peak(kept.result)}")
    return MEASURED


def _compare(options: argparse.Namespace) -> int:
    test = movement_test(options.movement)
    with Record.open() as record:
        kept = record.measurements(options.client, movement=test.id)
        for side, mode in dict.fromkeys((m.side, m.mode) for m in kept):
            print(captions.title(test, side, mode))
            for change in over_sessions(record.results(options.client, test.id, side, mode)).changes:
                print(f"    {change.result.on}  {_peak(change.result):12} {change.sentence}")
    if not kept:
        print(f"{test.name} was not measured yet.")
    return MEASURED


def _peak(result: Result | None) -> str:
    return captions.peak(result.peak_deg, result.uncertainty_deg) if result else "refused"


def _calibrate(options: argparse.Namespace) -> int:
    if options.board:
        write_board(options.board)
        print(options.board)
        return MEASURED
    if not options.pictures or not options.name:
        raise UsageError(
            "Calibrating takes a film or photos of the board, and a name for the camera.",
            remedy="rom-vision calibrate FILE --name NAME, or --board FILE.pdf for the board.",
        )
    camera_profiles.check_free(options.name, replace=options.replace)  # told before the work, not after
    with progress_bar() as told:
        size_px, sightings = find_boards(options.pictures, told)
    profile = calibrate(options.name, size_px, sightings, date.today())
    path = camera_profiles.keep(profile, replace=options.replace)
    print(_camera(profile))
    if profile.is_good:
        print("Good: the corners of the board are where this camera would see them.")
    else:
        print("Fair: it can be used. A flatter board, more light or a stiller hand would make it better.")
    print(f"Kept as {path}")
    return MEASURED


def _cameras(options: argparse.Namespace) -> int:
    for name in camera_profiles.names():
        print(_camera(camera_profiles.load(name)))
    return MEASURED


def _camera(profile: Profile) -> str:
    camera, (width, height) = profile.camera, profile.camera.size_px
    return (
        f"{camera.name}: {width}x{height}, "
        f"focal length {camera.focal_px:.0f} px ± {1.96 * camera.focal_doubt:.1%}; "
        f"error {profile.error_px:.2f} px in {profile.views} views over {profile.covered:.0%} of the picture; "
        f"{profile.made_on}"
    )
