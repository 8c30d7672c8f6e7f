"""The work on one uploaded clip: measured, and drawn over."""

from dataclasses import dataclass
from pathlib import Path

from rom_vision.dashboard import pending
from rom_vision.exchange.overlay import write_overlay
from rom_vision.measure import Measurement, measure
from rom_vision.movements import Mode, MovementTest, Side
from rom_vision.progress import Progress


@dataclass(eq=False, kw_only=True, slots=True)
class Measured:
    """What came of a clip.

    Attributes:
        overlay: the film with the measurement drawn in, beside the clip.
        kept_id: its number in the record, while it is kept there.
    """

    measurement: Measurement
    overlay: Path
    kept_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clip:
    """One clip to be measured.

    Attributes:
        video: in a pending folder of its own.
        client_id: whose it is.
        side: None for a test of the midline.
        model: size of the pose model.
        camera: name of the profile of the camera; None for a phone like most.
    """

    video: Path
    client_id: str
    test: MovementTest
    side: Side | None
    mode: Mode
    model: str
    camera: str | None = None

    def run(self, on_progress: Progress) -> Measured:
        """Measure it and draw the overlay.

        Raises:
            RomVisionError: as `measure` does.
        """
        measurement = measure(
            self.video,
            self.test,
            self.side,
            self.mode,
            model=self.model,
            camera=self.camera,
            on_progress=on_progress,
        )
        overlay = self.video.parent / "overlay.mp4"
        write_overlay(measurement, self.video, overlay, on_progress)
        return Measured(measurement=measurement, overlay=overlay)

    def drop(self) -> None:
        """Delete clip and overlay."""
        pending.remove(self.video)
