"""The models of face and hand: obtained once, when a test first needs one, tried, and kept in the cache.

Both are Google's own, from the same family of packages as the pose model. A bundle whose graph does not fit can
hang MediaPipe for good, so a new one is opened in a process of its own first, with a limit of time.
"""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from rom_vision.capture.bundle import opened, packed, sha256_of, with_normalisation, write_bundle
from rom_vision.capture.npm_package import Source, fetched, verified
from rom_vision.capture.pose_model import PoseModel
from rom_vision.errors import ModelError
from rom_vision.home import cache_folder

BodyPart = Literal["face", "hand"]

TRIAL_S = 30.0
MESH_POINTS = 468
# The landmarker's graph wants 478 points: stand-ins for the ten of the irises, out of the same eye's outline, so
# that the face's region stays what it is.
IRIS_STAND_INS = (159, 133, 158, 33, 145, 386, 263, 385, 362, 374)


@dataclass(frozen=True, slots=True)
class Network:
    """One network of a bundle: where it comes from, and how its picture is scaled."""

    source: Source
    mean: float
    std: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a bundle is made.

    Attributes:
        package: with its version.
        networks: name in the bundle -> network.
        data: name in the bundle -> what else belongs in it, as it is.
    """

    package: str
    networks: Mapping[str, Network]
    data: Mapping[str, Source]


_FACE_DATA, _HAND_DATA = "face_mesh_solution_packed_assets.data", "hands_solution_packed_assets.data"
_FACE_LANDMARKS = "face_landmarks_detector.tflite"
RECIPES: Mapping[BodyPart, Recipe] = MappingProxyType(
    {
        "face": Recipe(
            package="@mediapipe/face_mesh@0.4.1657299874",
            networks={
                "face_detector.tflite": Network(
                    Source(
                        _FACE_DATA,
                        "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
                        (3757224, 3986256),
                    ),
                    mean=127.5,
                    std=127.5,
                ),
                _FACE_LANDMARKS: Network(
                    Source(
                        _FACE_DATA,
                        "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
                        (2495952, 3737848),
                    ),
                    mean=0.0,
                    std=255.0,
                ),
            },
            data={
                "geometry_pipeline_metadata_landmarks.binarypb": Source(
                    _FACE_DATA,
                    "bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4",
                    (3737848, 3757224),
                )
            },
        ),
        "hand": Recipe(
            package="@mediapipe/hands@0.4.1675469240",
            networks={
                "hand_detector.tflite": Network(
                    Source(
                        _HAND_DATA,
                        "2f25e740121983f68ffc05f99991d524dc0ea812134f6316a26125816941ee85",
                        (11, 2341291),
                    ),
                    mean=0.0,
                    std=255.0,
                ),
                "hand_landmarks_detector.tflite": Network(
                    Source(
                        "hand_landmark_full.tflite",
                        "8c026882c9ec059ce0f8e75266bee5a9a23c341a40e0000df755374d3d1b9b68",
                    ),
                    mean=0.0,
                    std=255.0,
                ),
            },
            data={},
        ),
    }
)


def close_model(part: BodyPart) -> PoseModel:
    """The model of that part of the body, obtained, built and tried if the cache does not hold it.

    Raises:
        ModelError: no network, a file that is not what it should be, or a bundle that fails or hangs.
    """
    bundle = cache_folder() / f"{part}.task"
    if not bundle.exists():
        with tempfile.TemporaryDirectory(dir=bundle.parent) as scratch:
            part_file = Path(scratch) / bundle.name
            write_bundle(part_file, _files(RECIPES[part], Path(scratch)))
            try_out(part, part_file)
            part_file.replace(bundle)  # whole and working, or not at all
    return PoseModel(part, bundle, sha256_of(bundle))


def try_out(part: BodyPart, bundle: Path, limit_s: float = TRIAL_S) -> None:
    """Open a bundle in a process of its own and let it look at a grey picture.

    Raises:
        ModelError: it fails, or is not done in time.
    """
    trial = [sys.executable, "-m", "rom_vision.capture.close_look", part, str(bundle)]
    try:
        subprocess.run(trial, check=True, capture_output=True, timeout=limit_s)
    except (OSError, subprocess.SubprocessError) as problem:
        hung = isinstance(problem, subprocess.TimeoutExpired)
        raise ModelError(
            f"The {part} model did not start within {limit_s:.0f} s."
            if hung
            else f"The {part} model does not work on this computer.",
            remedy="Close other programs and try again; tests that do not need it can be measured meanwhile.",
        ) from problem


def _files(recipe: Recipe, scratch: Path) -> dict[str, bytes]:
    """What goes into the bundle."""
    package = fetched(recipe.package, scratch)
    files = {}
    for name, network in recipe.networks.items():
        data = verified(package, network.source)
        fitting = _with_irises(data) if name == _FACE_LANDMARKS else data
        files[name] = with_normalisation(fitting, name.removesuffix(".tflite"), mean=network.mean, std=network.std)
    return files | {name: verified(package, source) for name, source in recipe.data.items()}


def _with_irises(network: bytes) -> bytes:
    """The plain face mesh with one operator more, which gives the points that the graph wants, the flag after."""
    schema, model = opened(network)
    graph = model.subgraphs[0]
    mesh, flag = (int(tensor) for tensor in graph.outputs[:2])
    numbers = [*range(3 * MESH_POINTS), *(3 * point + axis for point in IRIS_STAND_INS for axis in range(3))]
    model.buffers.append(schema.BufferT(data=list(np.array(numbers, "<i4").tobytes())))
    which = schema.TensorT(
        name="which", shape=[len(numbers)], type=schema.TensorType.INT32, buffer=len(model.buffers) - 1
    )
    model.buffers.append(schema.BufferT())
    shape = [*(int(size) for size in graph.tensors[mesh].shape[:-1]), len(numbers)]
    points = schema.TensorT(
        name="points", shape=shape, type=schema.TensorType.FLOAT32, buffer=len(model.buffers) - 1
    )
    graph.tensors += [which, points]
    gather = schema.BuiltinOperator.GATHER
    model.operatorCodes.append(schema.OperatorCodeT(builtinCode=gather, deprecatedBuiltinCode=gather, version=1))
    graph.operators.append(
        schema.OperatorT(
            opcodeIndex=len(model.operatorCodes) - 1,
            inputs=[mesh, len(graph.tensors) - 2],
            outputs=[len(graph.tensors) - 1],
            builtinOptionsType=schema.BuiltinOptions.GatherOptions,
            builtinOptions=schema.GatherOptionsT(axis=len(shape) - 1),
        )
    )
    graph.outputs = [len(graph.tensors) - 1, flag]
    return packed(model, len(network) + 16384)
