"""Texts of the TOML files, read in the language that is spoken: the files and the record stay English."""

from collections.abc import Callable
from types import MemberDescriptorType
from typing import TypeVar

from rom_vision.language import lowered, say

Entry = TypeVar("Entry")


def said(*names: str) -> Callable[[type[Entry]], type[Entry]]:
    """Makes texts of a frozen dataclass with slots say themselves in the reader's language when they are read.

    Args:
        names: the fields, each a text, a list of texts, or missing.
    """

    def within(kind: type[Entry]) -> type[Entry]:
        for name in names:
            setattr(kind, name, _Said(kind.__dict__[name]))
        return kind

    return within


class _Said:
    """Stands before the slot that holds the English."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, instance: object, owner: type | None = None) -> object:
        if instance is None:
            return self
        english = self._slot.__get__(instance, owner)
        if isinstance(english, tuple):
            return tuple(map(say, english))
        return say(english) if english else english

    def __set__(self, instance: object, english: object) -> None:
        self._slot.__set__(instance, english)


def in_a_sentence(name: str) -> str:
    """A name with a small first letter; no other, since that may be a name's own. German nouns keep theirs."""
    return lowered(name[:1]) + name[1:]


def on_side(name: str, side: str | None) -> str:
    """What is on a side, within a sentence, such as `left knee flexion`; the name alone where there is none."""
    within = in_a_sentence(name)
    return say("{side} {name}", side=say(side), name=within) if side else within


def starting(words: str) -> str:
    """The same at the beginning of a sentence."""
    return words[:1].upper() + words[1:]
