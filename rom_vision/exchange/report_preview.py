"""A report as it will print, page by page as pictures."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from rom_vision.exchange.report import Report
from rom_vision.exchange.report_pdf import write_report

SCALE = 2.0  # pixels a point: an A4 page is 1190 wide, sharp on a tablet


def page_pictures(report: Report) -> list[bytes]:
    """Each page as a PNG."""
    with TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "report.pdf"
        write_report(report, pdf)
        with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
            return [_picture(page) for page in document]


def _picture(page: pypdfium2.PdfPage) -> bytes:
    png = io.BytesIO()
    page.render(scale=SCALE).to_pil().convert("L").save(png, "PNG")
    return png.getvalue()
