"""What every entry of the clinical record has in common, and the limits that a field's type can carry."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something written about a client. Its subclasses are what `Record.save` takes and `Record.entries` gives.

    Attributes:
        client_id: the pseudonym of whom it is about.
        id: given by the record; None until it is saved.
        version: how often it was saved; one that somebody else has saved since can't be saved over.
    """

    client_id: str
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Between:
    """The smallest and the largest number that a field takes, itself included; `record.checks` minds it."""

    low: float
    high: float


Pain = Annotated[int, Between(0, 10)]
"""The numeric rating scale: 0 is none, 10 the worst imaginable."""
Degrees = Annotated[float, Between(-360, 360)]
Share = Annotated[float, Between(0, 1)]
