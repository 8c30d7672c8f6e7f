"""What is known of the cameras in use: a small file for each, by name, beside the record."""

import dataclasses
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rom_vision.capture.camera import Camera, typical_camera
from rom_vision.errors import UsageError
from rom_vision.home import data_folder

NAME = re.compile(r"[\w][\w-]{0,63}")  # is a file's name, too
GOOD_ERROR = 1 / 4000  # of the longer side: half a pixel in full HD
AGAIN = "Calibrate it again, with --replace."


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A calibrated camera, and how good the calibration was.

    Attributes:
        error_px: root mean square distance of the board's corners from where the camera would see them.
        views: of the board that it stands on.
        covered: share of the picture between the outermost corners that were seen.
        made_on: the day.
    """

    camera: Camera
    error_px: float
    views: int
    covered: float
    made_on: date

    @property
    def is_good(self) -> bool:
        """Whether the error is that of a flat board in sharp pictures; more is still usable."""
        return self.error_px <= GOOD_ERROR * max(self.camera.size_px)


def keep(profile: Profile, *, replace: bool = False) -> Path:
    """Keep a profile under its camera's name.

    Raises:
        UsageError: the name is taken, or can't be a name, or the file can't be written.
    """
    check_free(profile.camera.name or "", replace=replace)
    path = _file(profile.camera.name or "")
    camera = dataclasses.asdict(profile.camera)
    kept = {
        **camera,
        **{f.name: getattr(profile, f.name) for f in dataclasses.fields(profile) if f.name != "camera"},
    }
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_text(json.dumps(kept, indent=2, default=str) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as problem:
        raise UsageError(f"{path} can't be written: {problem.strerror}.", remedy="Free some space.") from problem
    return path


def check_free(name: str, *, replace: bool = False) -> None:
    """Raises UsageError where a profile can't be kept under this name."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} can't be a camera's name.", remedy="Use letters, digits, - and _.")
    if _file(name).exists() and not replace:
        raise UsageError(f"There is a camera {name} already.", remedy="Choose another name, or add --replace.")


def load(name: str) -> Profile:
    """The profile of that name.

    Raises:
        UsageError: there is none, or its file is damaged.
    """
    path = _file(name)
    if not NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(names()) or "none yet"
        raise UsageError(
            f"There is no camera {name}.", remedy=f"Calibrated are: {known}. See rom-vision calibrate --help."
        )
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        camera = Camera(
            name=name,
            size_px=(int(kept["size_px"][0]), int(kept["size_px"][1])),
            focal_px=float(kept["focal_px"]),
            centre_px=(float(kept["centre_px"][0]), float(kept["centre_px"][1])),
            distortion=tuple(float(k) for k in kept["distortion"]),
            focal_doubt=float(kept["focal_doubt"]),
        )
        return Profile(
            camera=camera,
            error_px=float(kept["error_px"]),
            views=int(kept["views"]),
            covered=float(kept["covered"]),
            made_on=date.fromisoformat(kept["made_on"]),
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError) as problem:
        raise UsageError(f"The file of the camera {name} is damaged: {path}.", remedy=AGAIN) from problem


def names() -> list[str]:
    """Of all profiles, in order."""
    return sorted(path.stem for path in _folder().glob("*.json"))


def remove(name: str) -> None:
    """Forget a camera; one that is gone is no matter.

    Raises:
        UsageError: it can't be a name, or the file can't be deleted.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} can't be a camera's name.", remedy="Choose one from the list.")
    try:
        _file(name).unlink(missing_ok=True)
    except OSError as problem:
        raise UsageError(
            f"{_file(name)} can't be deleted: {problem.strerror}.", remedy="Delete it by hand."
        ) from problem


def camera_for(size_px: tuple[int, int], name: str | None) -> Camera:
    """The camera that made pictures of a size.

    Args:
        size_px: width and height of the upright pictures.
        name: of a profile; None takes the camera of a typical phone.
    Raises:
        UsageError: there is no such profile, or it is for pictures of another shape.
    """
    return load(name).camera.for_picture(size_px) if name else typical_camera(size_px)


def _folder() -> Path:
    return data_folder() / "cameras"


def _file(name: str) -> Path:
    return _folder() / f"{name}.json"
