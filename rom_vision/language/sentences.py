"""English sentences, said in the language that is spoken at the moment."""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import Generic, TypeVar

from rom_vision.language.catalogues import catalogue
from rom_vision.language.dates import with_own_signs
from rom_vision.language.spoken_now import ENGLISH, spoken

K = TypeVar("K")
NOUNS_ARE_LARGE = {"de"}


def say(english: str, context: str = "", /, **values: object) -> str:
    """A sentence in the language that is spoken at the moment; English where the catalogue does not have it.

    Args:
        english: the sentence, with places such as `{name}` or `{deg:+.0f}` for the values.
        context: tells apart what English calls by one word and others don't.
        values: what stands in the places. Numbers get the language's own signs; anything else stands as it is, so
            names and dates have to be said by themselves before.
    """
    language = spoken()
    said = english if language == ENGLISH else catalogue(language).get((english, context), english)
    return _FORMATTER.vformat(said, (), values) if values else said


def lowered(name: str) -> str:
    """A name within a sentence: "Knee flexion" is "knee flexion" there; where nouns are written large it stays."""
    return name if spoken() in NOUNS_ARE_LARGE else name.lower()


class Text:
    """A sentence as an attribute of a class: reading it says it."""

    def __init__(self, english: str, context: str = "") -> None:
        self.english, self.context = english, context

    def __get__(self, instance: object, owner: type | None = None) -> str:
        return say(self.english, self.context)


class Texts(Generic[K]):
    """Several of them under their keys, in their order."""

    def __init__(self, english: Mapping[K, str], context: str = "") -> None:
        self.english, self.context = MappingProxyType(dict(english)), context

    def __get__(self, instance: object, owner: type | None = None) -> Mapping[K, str]:
        return {key: say(text, self.context) for key, text in self.english.items()}  # a dict, which JSON can hold


class _InTheLanguage(Formatter):
    """Like `str.format`, and numbers with the language's own decimal sign."""

    def format_field(self, value: object, format_spec: str) -> str:
        said = format(value, format_spec)
        return with_own_signs(said) if isinstance(value, int | float) else said


_FORMATTER = _InTheLanguage()
