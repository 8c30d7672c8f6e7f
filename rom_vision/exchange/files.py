"""The files that a measurement is handed over as."""

from dataclasses import dataclass
from pathlib import Path

from rom_vision.errors import UsageError
from rom_vision.exchange.angle_table import write_angles
from rom_vision.exchange.curve_plot import write_curve
from rom_vision.exchange.opensim import write_joint_angles, write_joint_centres
from rom_vision.exchange.overlay import write_overlay
from rom_vision.measure import Measurement
from rom_vision.progress import Progress, untold


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """Where they are."""

    angles: Path
    curve: Path
    joint_centres: Path
    joint_angles: Path
    overlay: Path


def write_all(measurement: Measurement, video: Path, folder: Path, on_progress: Progress = untold) -> Files:
    """Write all of them, for a refused measurement too, so that one sees why: angles.csv, curve.png, overlay.mp4,
    and joint_centres.trc and joint_angles.mot for OpenSim.

    Args:
        measurement: of that video.
        video: the file that was measured.
        folder: to write into; made where it is missing.
        on_progress: told after each frame of the overlay; may raise CancelledError to stop.
    Raises:
        VideoError: the video can't be read any more.
        UsageError: the folder can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(
            f"The folder {folder} can't be made: {problem.strerror}.", remedy="Choose another folder."
        ) from problem
    files = Files(
        angles=folder / "angles.csv",
        curve=folder / "curve.png",
        joint_centres=folder / "joint_centres.trc",
        joint_angles=folder / "joint_angles.mot",
        overlay=folder / "overlay.mp4",
    )
    body, accepted = measurement.body, measurement.accepted
    write_angles(measurement.curves, files.angles)
    write_curve(measurement, files.curve)
    write_joint_centres(body.time_s, body.joints_m, files.joint_centres, accepted=accepted)
    write_joint_angles(measurement.curves, files.joint_angles, accepted=accepted)
    write_overlay(measurement, video, files.overlay, on_progress)
    return files
