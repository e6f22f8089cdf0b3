"""The printer of a fresh machine: each slip becomes a PNG and a PDF in a folder."""

import io
import os
import secrets
from pathlib import Path

from PIL import Image

from kiosk.services.device_ports import DeviceFault, Fault, PrintJob, PrintOutcome, PrintResult, Raster


class FolderPrinter:
    """Implements ``kiosk.services.device_ports.Printer``.

    Args:
        folder: made when it is missing.
        width_px: dots of the paper that is imitated (384 or 576).
    """

    def __init__(self, folder: Path, width_px: int = 576) -> None:
        self._folder = folder
        self._width_px = width_px

    @property
    def width_px(self) -> int:
        """Printable dots."""
        return self._width_px

    def print(self, job: PrintJob) -> PrintOutcome:
        """Write both files, each under another name first: a power cut leaves a whole slip or none."""
        picture = picture_of(job.raster)
        name = job.number if job.copy == 0 else f"{job.number}-{job.copy}"
        written = []
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for kind in ("PNG", "PDF"):
                data = io.BytesIO()
                picture.save(data, format=kind, dpi=(job.raster.dpi,) * 2, resolution=float(job.raster.dpi))
                written.append(self._write(f"{name}.{kind.lower()}", data.getvalue()))
        except OSError as error:
            fault = DeviceFault(Fault.SLIP_FOLDER, f"errno {error.errno}")
            return PrintOutcome(result=PrintResult.FAILED, fault=fault, files=tuple(written))
        return PrintOutcome(result=PrintResult.PRINTED, files=tuple(written))

    def status(self) -> DeviceFault | None:
        """Whether the folder can be written."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(".probe", b"").unlink()
        except OSError as error:
            return DeviceFault(Fault.SLIP_FOLDER, f"errno {error.errno}")
        return None

    def _write(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        fresh = path.with_name(f".{name}.{secrets.token_hex(4)}")
        try:
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return path


def picture_of(raster: Raster) -> Image.Image:
    """Printer dots as a 1-bit picture, ink black."""
    size = (raster.width_px, raster.height_px)
    return Image.frombytes("1", size, raster.bits, "raw", "1;I")
