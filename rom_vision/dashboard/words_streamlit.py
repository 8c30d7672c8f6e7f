"""What Streamlit's own parts of a page say in English, and have no setting for."""

from rom_vision.language import Texts


class StreamlitWords:
    """What Streamlit's own parts of a page say in English, and have no setting for."""

    WHOLE = Texts[str](
        {
            "Upload": "Upload",
            "No results": "No results",
            "No options to select": "No options to select",
            "Choose options": "Choose options",
            "Choose an option": "Choose an option",
            "Select all": "Select all",
            "Press Enter to apply": "Press Enter to apply",
            "Press Enter to submit form": "Press Enter to submit form",
            "Skip to main content": "Skip to main content",
            "Fullscreen": "Fullscreen",
            "Clear value": "Clear value",
            "Connecting": "Connecting",
            "dd": "dd",
            "mm": "mm",
            "yyyy": "yyyy",
        },
        "Streamlit",
    )
    """A text or a label as a whole."""
    PARTS = Texts[str]({" per file": " per file"}, "Streamlit")
    """What stands beside numbers."""


words_streamlit = StreamlitWords()
