"""The pose model: obtained once, built into the form MediaPipe takes, verified, kept in the cache.

Of the two networks in Google's npm package `@mediapipe/pose`, what draws a silhouette is left out; see
`capture.bundle` for what is done to all models.
"""

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rom_vision.capture.bundle import opened, packed, sha256_of, with_normalisation, write_bundle
from rom_vision.capture.npm_package import Source, fetched, verified
from rom_vision.errors import ModelError
from rom_vision.home import cache_folder

PACKAGE = "@mediapipe/pose@0.5.1675469404"

DETECTOR = Source(
    "pose_solution_packed_assets.data", "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"
)
LANDMARKS: Mapping[str, Source] = MappingProxyType(
    {
        "lite": Source(
            "pose_landmark_lite.tflite", "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"
        ),
        "full": Source(
            "pose_landmark_full.tflite", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"
        ),
        "heavy": Source(
            "pose_landmark_heavy.tflite", "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"
        ),
    }
)
DEFAULT_SIZE = "heavy"
DETECTOR_FILE, LANDMARKS_FILE = "pose_detector.tflite", "pose_landmarks_detector.tflite"  # in a bundle
SILHOUETTE, HEAT_MAPS = 2, 3  # places among the landmark network's outputs


@dataclass(frozen=True, slots=True)
class PoseModel:
    """A bundle that can be opened.

    Attributes:
        name: lite, full, heavy, or "own" for the user's own file.
        path: the `.task` file.
        sha256: of that file; kept with each measurement.
    """

    name: str
    path: Path
    sha256: str


def pose_model(name_or_file: str = DEFAULT_SIZE) -> PoseModel:
    """The pose model of that name, obtained and built if the cache does not hold it, or the user's own file.

    Args:
        name_or_file: lite, full or heavy, or the path of a `.task` file.
    Raises:
        ModelError: no such name or file, no network, or a file that is not what it should be.
    """
    if name_or_file in LANDMARKS:
        bundle = _bundle(cache_folder(), name_or_file)
        if not bundle.exists():
            _obtain(bundle.parent)
        return PoseModel(name_or_file, bundle, sha256_of(bundle))
    own = Path(name_or_file).expanduser()
    if not zipfile.is_zipfile(own):
        raise ModelError(
            f"{name_or_file} is neither one of the models {', '.join(LANDMARKS)} nor a .task file.",
            remedy="Name one of them, or give the path of a MediaPipe pose landmarker bundle.",
        )
    return PoseModel("own", own, sha256_of(own))


def _obtain(folder: Path) -> None:
    """Fetch the package and leave the bundles of all three sizes in the folder."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        unpacked = fetched(PACKAGE, Path(scratch))
        detector = with_normalisation(verified(unpacked, DETECTOR), "pose", mean=127.5, std=127.5)
        for size, source in LANDMARKS.items():
            lean = _without_silhouette(verified(unpacked, source))
            landmarks = with_normalisation(lean, "pose", mean=0.0, std=255.0)
            part = Path(scratch) / f"{size}.task"
            write_bundle(part, {DETECTOR_FILE: detector, LANDMARKS_FILE: landmarks})
            part.replace(_bundle(folder, size))  # whole or not at all


def _bundle(folder: Path, size: str) -> Path:
    return folder / f"pose_{size}.task"


def _without_silhouette(network: bytes) -> bytes:
    """The landmark network without the operators that only draw the person's silhouette.

    It is never asked for, and costs a fifteenth of the time; all other numbers stay the same to the last bit.
    Its place among the outputs has to be kept: the heat maps stand in for it.
    """
    _, model = opened(network)
    graph = model.subgraphs[0]
    outputs = [int(tensor) for tensor in graph.outputs]
    makers = {int(tensor): operator for operator in graph.operators for tensor in operator.outputs}
    wanted = [tensor for place, tensor in enumerate(outputs) if place != SILHOUETTE]
    needed = set()
    while wanted:
        operator = makers.get(wanted.pop())
        if operator is not None and id(operator) not in needed:
            needed.add(id(operator))
            wanted += [int(tensor) for tensor in operator.inputs]
    graph.operators = [operator for operator in graph.operators if id(operator) in needed]
    outputs[SILHOUETTE] = outputs[HEAT_MAPS]
    graph.outputs = outputs
    return packed(model, len(network))
