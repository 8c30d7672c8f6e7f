"""What palpation found over a series: one line for each place and kind, with the pain then and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rom_vision.records import Chart, PalpationFinding


@dataclass(frozen=True, kw_only=True, slots=True)
class Palpated:
    """A finding, as it came and went.

    Attributes:
        first: as it was found the first time.
        first_on: the day of that.
        last: as it was found the last time; the first where that was the only time.
        last_on: the day of that.
    """

    first: PalpationFinding
    first_on: date
    last: PalpationFinding
    last_on: date

    @property
    def again(self) -> bool:
        """Whether it was found more than once."""
        return self.first is not self.last


def palpated_of(chart: Chart) -> tuple[Palpated, ...]:
    """The findings of a chart, in the order in which they were first found.

    Findings of several sessions are one where kind, region, side, face, muscle and level are the same, and no
    session has two such; else it can't be told which is which, and each stands alone. What belongs to a session
    that is not in the chart is left out.
    """
    days = {session.id: session.on for session in chart.sessions}
    alike: dict[tuple[object, ...], list[PalpationFinding]] = {}
    for finding in chart.palpation:
        if finding.session_id in days:
            place = finding.region, finding.side, finding.face
            alike.setdefault((finding.kind, *place, finding.muscle, finding.level), []).append(finding)
    rows = []
    for findings in alike.values():
        for one in [findings] if _one_a_session(findings) else [[finding] for finding in findings]:
            first, last = one[0], one[-1]
            rows.append(
                Palpated(
                    first=first, first_on=days[first.session_id], last=last, last_on=days[last.session_id]
                )
            )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.first_on, row.first.session_id, row.first.id or 0)))


def _one_a_session(findings: Sequence[PalpationFinding]) -> bool:
    return len({finding.session_id for finding in findings}) == len(findings)
