"""A person's hand on a page: it clicks and types, and adds up how long a person takes for that, waits left out.

Source: the keystroke-level model, S. Card, T. Moran, A. Newell, Communications of the ACM 23 (1980), 396–410; its
times for pointing, pressing, typing (not a secretary) and making up one's mind before each step.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, TimeoutError, expect

CLOSED_MS = 8000
MIND_S, POINT_S, PRESS_S, HOMING_S, KEY_S = 1.35, 1.1, 0.2, 0.4, 0.28


@dataclass
class Hand:
    own_s: float = 0.0
    steps: int = 0

    def click(self, what: Locator, at: tuple[float, float] | None = None) -> None:
        """Points at it and clicks.

        Args:
            at: shares of its width and height; None is its middle.
        """
        box = what.bounding_box() if at else None
        what.click(position={"x": at[0] * box["width"], "y": at[1] * box["height"]} if at and box else None)
        self._took(POINT_S + PRESS_S)

    def write(self, where: Locator, text: str) -> None:
        """Goes into a field and types."""
        where.fill(text)
        self._took(POINT_S + PRESS_S + HOMING_S + len(text) * KEY_S)

    def pick(self, box: Locator, typed: str) -> None:
        """Types the beginning of a choice into a list, and takes the first.

        Again, if the list closes meanwhile, as it does where the page is drawn anew.
        """
        if not any(self._picked(box, typed) for _ in range(3)):
            raise AssertionError(f"no choice begins with {typed}")
        self._took(POINT_S + PRESS_S + HOMING_S + len(typed) * KEY_S + HOMING_S + POINT_S + PRESS_S)

    @staticmethod
    def _picked(box: Locator, typed: str) -> bool:
        first = box.page.get_by_role("option").first
        box.click()
        box.fill(typed)
        try:
            expect(first).to_contain_text(typed, ignore_case=True, timeout=CLOSED_MS)
            first.click(timeout=CLOSED_MS)
        except (AssertionError, TimeoutError):
            return False
        return True

    def press(self, page: Page, key: str) -> None:
        """A pedal, or whatever pretends to be a keyboard."""
        page.keyboard.press(key)
        self._took(PRESS_S)

    def _took(self, seconds: float) -> None:
        self.steps += 1
        self.own_s += MIND_S + seconds
