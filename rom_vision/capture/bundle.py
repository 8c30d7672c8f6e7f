"""Google's networks, out of its npm packages, packed as MediaPipe takes them.

MediaPipe ships no model. The npm packages (Apache-2.0) hold the networks, but without the image normalisation that
the Tasks API asks for; so it is added here. Each kind of model then says which of them make its bundle.
"""

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def with_normalisation(network: bytes, name: str, *, mean: float, std: float) -> bytes:
    """The network with the TFLITE_METADATA entry that says what it is called and how its picture is scaled."""
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata

    scaling = metadata.NormalizationOptionsT(mean=[mean], std=[std])
    unit = metadata.ProcessUnitT(optionsType=metadata.ProcessUnitOptions.NormalizationOptions, options=scaling)
    picture = metadata.ContentT(
        contentPropertiesType=metadata.ContentProperties.ImageProperties,
        contentProperties=metadata.ImagePropertiesT(colorSpace=metadata.ColorSpaceType.RGB),
    )
    tensor = metadata.TensorMetadataT(name="image", content=picture, processUnits=[unit])
    graph = metadata.SubGraphMetadataT(inputTensorMetadata=[tensor])
    description = flatbuffers.Builder(1024)
    description.Finish(metadata.ModelMetadataT(name=name, subgraphMetadata=[graph]).Pack(description), b"M001")

    tflite, model = opened(network)
    model.buffers.append(tflite.BufferT(data=list(description.Output())))
    entry = tflite.MetadataT(name="TFLITE_METADATA", buffer=len(model.buffers) - 1)
    model.metadata = [*(model.metadata or []), entry]
    return packed(model, len(network))


def opened(network: bytes) -> tuple[Any, Any]:
    """MediaPipe's own schema of network files, and the network by it."""
    from mediapipe.tasks.metadata import schema_py_generated as tflite

    return tflite, tflite.ModelT.InitFromPackedBuf(network, 0)


def packed(model: Any, about_bytes: int) -> bytes:
    """The network as the bytes of its file."""
    import flatbuffers

    builder = flatbuffers.Builder(about_bytes + 4096)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def write_bundle(path: Path, files: Mapping[str, bytes]) -> None:
    """The files as MediaPipe takes them."""
    # stored, and with a fixed date: MediaPipe maps the file into memory, and the same sources
    # give the same digest on every machine
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in files.items():
            bundle.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


def sha256_of(path: Path) -> str:
    """Of a whole file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
