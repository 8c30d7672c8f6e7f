"""Sentences that are kept in English, such as why a clip was refused, said in the reader's language."""

import functools
import re
from string import Formatter

from rom_vision.language.catalogues import catalogue
from rom_vision.language.dates import with_own_signs
from rom_vision.language.spoken_now import ENGLISH, spoken

FEWEST_LETTERS = 6
"""A sentence that is hardly more than its places would match anything."""
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")


def read_back(english: str) -> str:
    """A kept sentence in the language that is spoken at the moment.

    It is looked up as it stands, else among the sentences with places (`The {side} {joint} was hidden.`), whose
    values are read back in turn. What no catalogue knows, such as a therapist's own note, stays as it is.
    """
    language = spoken()
    if language == ENGLISH or not english:
        return english
    if (said := catalogue(language).get((english, ""))) is not None:
        return said
    if NUMBER.fullmatch(english):
        return with_own_signs(english)
    for shape, template in _shapes(language):
        if found := shape.fullmatch(english):
            return _filled(template, {name: read_back(value) for name, value in found.groupdict().items()})
    return english


@functools.cache
def _shapes(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each English sentence with places as a pattern, and its translation; the most telling first."""
    shapes = [(_literal(english), english, said) for (english, _), said in catalogue(language).items()]
    telling = [shape for shape in shapes if shape[0] < len(shape[1]) and shape[0] >= FEWEST_LETTERS]
    telling.sort(key=lambda shape: -shape[0])
    return tuple((_pattern(english), said) for _, english, said in telling)


def _literal(english: str) -> int:
    """How many letters stand outside the places."""
    return sum(len(text) for text, *_ in Formatter().parse(english))


def _pattern(english: str) -> re.Pattern[str]:
    parts, seen = [], set[str]()
    for text, name, spec, _ in Formatter().parse(english):
        parts.append(re.escape(text))
        if name is None:
            continue
        inside = NUMBER.pattern + "%?" if spec else ".+?"
        parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{inside})")
        seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _filled(template: str, values: dict[str, str]) -> str:
    """The values are written already: their format specifications say nothing any more."""
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts += [text, values[name]] if name else [text]
    return "".join(parts)
