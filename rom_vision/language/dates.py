"""Dates and numbers as the language that is spoken writes them."""

from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent, get_decimal_symbol, get_group_symbol

from rom_vision.language.spoken_now import ENGLISH, spoken


def date_text(on: date) -> str:
    """A whole date: 25 November 2026, 25.11.2026."""
    return format_date(on, "d MMMM y" if spoken() == ENGLISH else "medium", locale=spoken())


def short_date_text(on: date, *, with_year: bool = True) -> str:
    """A date where there is little room: 25 Nov 2026, 25. Nov. 2026."""
    if spoken() == ENGLISH:
        return format_date(on, "d MMM y" if with_year else "d MMM", locale=ENGLISH)
    return format_skeleton("yMMMd" if with_year else "MMMd", on, locale=spoken())


def month_text(on: date) -> str:
    """The month and the year: November 2026."""
    return format_date(on, "LLLL y", locale=spoken())


def weekday_text(on: date) -> str:
    """The day of the week: Wednesday, Mittwoch."""
    return format_date(on, "EEEE", locale=spoken())


def number_text(number: float, spec: str = "") -> str:
    """A number by a format specification (`.1f`), with the language's own decimal sign: 3.5, 3,5."""
    return with_own_signs(format(number, spec))


def with_own_signs(number: str) -> str:
    """A number in Python's writing -> with the signs of the language."""
    if spoken() == ENGLISH:
        return number
    language = spoken()
    signs = {".": get_decimal_symbol(language), ",": get_group_symbol(language)}
    signs["%"] = format_percent(0, locale=language).strip("0")  # some languages put a space before it
    return number.translate({ord(sign): own for sign, own in signs.items()})
