"""How long work tells what it is doing, and how it is stopped.

Whoever wants to stop the work raises CancelledError from the function it was given to tell.
"""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""What is being done, how many frames are done, and of how many (None where that is not known)."""


def untold(doing: str, done: int, of: int | None) -> None:
    """Nobody wants to know."""
