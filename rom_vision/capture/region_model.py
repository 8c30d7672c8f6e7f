"""The pose model without its detector: it takes the whole picture that it is given for the region of the body.

The landmark network is the same, and so is all that MediaPipe does round it, so that its landmarks are the same
numbers whichever way the region was found.
"""

import zipfile
from pathlib import Path

import numpy as np

from rom_vision.capture.bundle import opened, packed, write_bundle
from rom_vision.capture.pose_model import DETECTOR_FILE, LANDMARKS_FILE, PoseModel
from rom_vision.capture.region import ROOM
from rom_vision.errors import ModelError
from rom_vision.home import cache_folder

# The detector's outputs, by MediaPipe's published graph: for each of its anchors a score, and in pixels of its
# input from the anchor's middle: the box (x, y, width, height), the hips, and the end of the body's circle.
INPUT_PX = 224
ANCHOR_PX = INPUT_PX / 28 / 2  # middle of the first anchor, across and down
SURE, NOTHING = 20.0, -100.0  # scores, before the logistic function


def region_model(model: PoseModel) -> PoseModel:
    """The bundle that looks at a region alone, made from the model once and kept in the cache.

    Raises:
        ModelError: the model is not a bundle of a pose detector and a landmark network.
    """
    path = cache_folder() / f"region_{model.sha256[:16]}.task"
    if not path.exists():
        try:
            with zipfile.ZipFile(model.path) as bundle:
                detector, landmarks = bundle.read(DETECTOR_FILE), bundle.read(LANDMARKS_FILE)
        except KeyError as problem:
            raise ModelError(
                f"{model.path.name} is not a pose landmarker.",
                remedy="Give the path of a MediaPipe pose landmarker bundle, or name lite, full or heavy.",
            ) from problem
        part = Path(f"{path}.part")
        write_bundle(part, {DETECTOR_FILE: _of_whole_picture(detector), LANDMARKS_FILE: landmarks})
        part.replace(path)  # whole or not at all
    return PoseModel(model.name, path, model.sha256)


def _of_whole_picture(detector: bytes) -> bytes:
    """The detector with its operators taken out: its outputs are constants, one body that fills the picture."""
    schema, model = opened(detector)
    graph = model.subgraphs[0]
    for output in graph.outputs:
        tensor = graph.tensors[output]
        values = _scores(tensor.shape) if tensor.shape[-1] == 1 else _boxes(tensor.shape)
        model.buffers.append(schema.BufferT(data=list(values.astype(np.float32).tobytes())))
        tensor.buffer = len(model.buffers) - 1
    graph.operators = []
    kept = sorted({int(place) for place in [*graph.inputs, *graph.outputs]})
    graph.tensors = [graph.tensors[place] for place in kept]
    graph.inputs = [kept.index(int(place)) for place in graph.inputs]
    graph.outputs = [kept.index(int(place)) for place in graph.outputs]
    return packed(model, len(detector))


def _scores(shape: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = np.full(shape, NOTHING)
    values[0, 0] = SURE
    return values


def _boxes(shape: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = np.zeros(shape)
    middle = INPUT_PX / 2 - ANCHOR_PX
    values[0, 0, 0::2], values[0, 0, 1::2] = middle, middle
    values[0, 0, 2:4] = 0.8 * INPUT_PX  # of the box; the region does not come from it
    values[0, 0, 7] = middle - INPUT_PX / (2 * ROOM)
    return values
