"""What is said, in the language of whoever reads it.

English is what stands in the code; a catalogue (`de/*.po`) holds the same sentences in another language. A
sentence is looked up at the moment at which it is said, so nothing may be said on import:

    say("{count} of {of} sessions used", count=2, of=6)     # inside a function
    say("Back", "the body's back")                          # where one English word needs two translations

    class TodayWords:                                       # what would have been constants
        TODAY = Text("Today")
        SIDES = Texts[Side]({"left": "Left", "right": "Right"})

What is raised or kept in the record (messages, remedies) is English, whoever was at work: it is made without
`say`, and where texts of the catalogue of tests stand in it, within `speaking(ENGLISH)`. `read_back` says it in
the reader's language where it is shown; the catalogue holds it with `{name}` where the f-string has a value. What
other programs read (FHIR, CSV, JSON) is English too. The shell, the workers and everything else that was told
nothing speak English; what a worker draws onto a film is in the practice's language.
"""

from rom_vision.language.dates import date_text, month_text, number_text, short_date_text, weekday_text
from rom_vision.language.kept import read_back
from rom_vision.language.sentences import Text, Texts, lowered, say
from rom_vision.language.spoken_now import (
    ENGLISH,
    LANGUAGES,
    Language,
    ask_for_the_language,
    first_spoken,
    speaking,
    spoken,
)

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "Text",
    "Texts",
    "ask_for_the_language",
    "date_text",
    "first_spoken",
    "lowered",
    "month_text",
    "number_text",
    "read_back",
    "say",
    "short_date_text",
    "speaking",
    "spoken",
    "weekday_text",
]
