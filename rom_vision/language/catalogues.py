"""The catalogues: English sentences and what they are in another language, as gettext PO files."""

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

from rom_vision.language.spoken_now import ENGLISH

FOLDER = Path(__file__).parent
DOMAINS = ("clinical", "pages")
"""What the lower layers, the catalogue of tests and the report say; and what the pages say."""


@functools.cache
def catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """(English sentence, context or "") -> the sentence in another language, where it has one."""
    said: dict[tuple[str, str], str] = {}
    if language == ENGLISH:
        return said
    for domain in DOMAINS:
        said |= of_domain(language, domain)
    return MappingProxyType(said)


def of_domain(language: str, domain: str) -> dict[tuple[str, str], str]:
    """The same of one file; sentences that are marked as fuzzy count as not translated."""
    with (FOLDER / language / f"{domain}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    return {
        (str(message.id), message.context or ""): str(message.string)
        for message in messages
        if message.id and message.string and not message.fuzzy
    }
