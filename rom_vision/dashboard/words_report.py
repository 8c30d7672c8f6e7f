"""What is said around the report for the physician."""

from rom_vision.exchange import captions
from rom_vision.language import Text, Texts, say
from rom_vision.records import Consent


class ReportWords:
    """What is said around the report for the physician."""

    REPORT = Text("Report")
    YOUR_WORDS = Text("Your words")
    IN_SHORT = Text("In short")
    IN_SHORT_HELP = Text("Each line becomes a point. Left as it is, or empty, it follows what is measured.")
    SUGGESTION = Text("Suggested for the order")
    SUGGESTION_HELP = Text("Stands at the end, above the signature.")
    SAVE = Text("Save and see")
    PREVIEW = Text("As it will print")
    MAKING = Text("Setting the report…")
    DOWNLOAD = Text("Download")
    FILES = Texts[str]({"pdf": "Report (PDF)", "fhir": "For other programs (FHIR)", "zip": "Everything (zip)"})
    """What can be taken out."""
    NO_CONSENT = Text(
        "The record holds no consent to a report to the physician. Ask the client, and write it down under "
        "“History and referral”."
    )
    NO_EXPORT = Text("Your role may look at the report, but may not take it out of the record.")

    def consented(self, consent: Consent) -> str:
        """That the client agreed."""
        return say("The client agreed to a report to the physician on {day}.", day=captions.day(consent.given_on))

    def page(self, number: int, pages: int) -> str:
        """What a screen reader says of a picture of a page; the words are in the PDF."""
        return say(
            "Page {number} of {pages} of the report. The PDF to download can be read aloud.",
            number=number,
            pages=pages,
        )


words_report = ReportWords()
