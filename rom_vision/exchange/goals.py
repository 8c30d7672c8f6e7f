"""How far the goals of a series are reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rom_vision.course import Course, Target
from rom_vision.exchange.captions import day, peak
from rom_vision.language import say
from rom_vision.records import Chart, Goal


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """A goal, and where the client stands.

    Attributes:
        verdict: None where nothing tells it; near where the uncertainty leaves open whether it is met.
        words: why, without full stop.
    """

    goal: Goal
    verdict: Literal["met", "near", "not met"] | None
    words: str


def reached(goal: Goal, chart: Chart, courses: Sequence[Course]) -> Reached:
    """Where a client stands with a goal.

    The pain scale is told by the pain with which the client came to the latest treatment, since the pain after it
    may come back; a finding by the worst pain of those in its region that palpation last gave.

    Args:
        chart: its sessions are those that count.
        courses: of the movement tests in them.
    """
    if goal.yardstick == "movement_test":
        return _by_test(goal, courses)
    if goal.yardstick == "pain_scale":
        return _by_pain_scale(goal, chart)
    return _by_finding(goal, chart)


def _by_test(goal: Goal, courses: Sequence[Course]) -> Reached:
    for course in courses:
        if course.visits[0].kind == (goal.movement, goal.side, goal.mode) and goal.target_deg is not None:
            now = course.visits[-1].result
            target = Target(deg=goal.target_deg, result=now)
            words = say(
                "{peak} on {day}: {target}",
                peak=peak(now.peak_deg, now.uncertainty_deg), day=day(now.on), target=target.sentence,
            )  # fmt: skip
            return Reached(goal=goal, verdict=target.verdict, words=words)
    return Reached(goal=goal, verdict=None, words=say("not tested"))


def _by_pain_scale(goal: Goal, chart: Chart) -> Reached:
    days = {session.id: session.on for session in chart.sessions}
    for treatment in reversed(chart.treatments):
        if treatment.session_id in days and treatment.pain_before is not None:
            on = day(days[treatment.session_id])
            words = say("pain {pain} of 10 before the treatment of {day}", pain=treatment.pain_before, day=on)
            return _of_pain(goal, treatment.pain_before, words)
    return Reached(goal=goal, verdict=None, words=say("pain not asked before a treatment"))


def _by_finding(goal: Goal, chart: Chart) -> Reached:
    days = {session.id: session.on for session in chart.sessions}
    there = [
        finding
        for finding in chart.palpation
        if finding.session_id in days and finding.region == goal.region and goal.side in {None, finding.side}
    ]
    if not there:
        return Reached(goal=goal, verdict=None, words=say("no finding there"))
    latest = there[-1].session_id
    pain = max(finding.pain for finding in there if finding.session_id == latest)
    return _of_pain(goal, pain, say("pain {pain} of 10 on pressure on {day}", pain=pain, day=day(days[latest])))


def _of_pain(goal: Goal, pain: int, words: str) -> Reached:
    if goal.target_pain is None:
        return Reached(goal=goal, verdict=None, words=words)
    return Reached(goal=goal, verdict="met" if pain <= goal.target_pain else "not met", words=words)
