"""What is said around the report for the physician."""

from typing import Final

from rom_vision.exchange import captions
from rom_vision.records import Consent

REPORT: Final = "Report"
YOUR_WORDS: Final = "Your words"
IN_SHORT: Final = "In short"
IN_SHORT_HELP: Final = "Each line becomes a point. Left as it is, or empty, it follows what is measured."
SUGGESTION: Final = "Suggested for the order"
SUGGESTION_HELP: Final = "Stands at the end, above the signature."
SAVE: Final = "Save and see"
PREVIEW: Final = "As it will print"
MAKING: Final = "Setting the report…"
DOWNLOAD: Final = "Download"
FILES: Final[dict[str, tuple[str, str, str]]] = {
    "pdf": ("Report (PDF)", "report.pdf", "application/pdf"),
    "fhir": ("For other programs (FHIR)", "bundle.json", "application/fhir+json"),
    "zip": ("Everything (zip)", "client.zip", "application/zip"),
}
"""What can be taken out: the button, the file's name after the client's id, and what it is."""
NO_CONSENT: Final = (
    "The record holds no consent to a report to the physician. Ask the client, and write it down under "
    "“History and referral”."
)
NO_EXPORT: Final = "Your role may look at the report, but may not take it out of the record."


def consented(consent: Consent) -> str:
    """That the client agreed."""
    return f"The client agreed to a report to the physician on {captions.day(consent.given_on)}."


def page(number: int, pages: int) -> str:
    """What a screen reader says of a picture of a page; the words are in the PDF."""
    return f"Page {number} of {pages} of the report. The PDF to download can be read aloud."
