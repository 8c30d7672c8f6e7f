"""The report's words: ids and numbers of the record as a physician reads them. Plain text, without markup."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rom_vision.compare import NormDifference
from rom_vision.course import Course
from rom_vision.exchange.captions import day, degrees, edited_by_hand, peak, title
from rom_vision.exchange.goals import Reached
from rom_vision.exchange.report import Report
from rom_vision.exchange.tested import Trial
from rom_vision.movements import (
    Norm,
    Side,
    load_findings,
    load_muscles,
    load_regions,
    load_techniques,
    movement_test,
)
from rom_vision.records import (
    Adherence,
    Client,
    Goal,
    History,
    Instrument,
    Limit,
    PalpationFinding,
    Referral,
    Technique,
    Treatment,
)

NOT_TESTED, MUST_NOT = "not tested", "must not be tested"
VERDICTS = {"met": "met", "near": "at the goal within what can be told", "not met": "not met", None: "not known"}
SIGNS = {"improved": "▲", "worsened": "▼", "unchanged": "="}
BY: Mapping[Instrument, str] = {"film": "", "goniometer": " g", "eye": " e"}


def short_day(on: date, beside: date) -> str:
    """A date, without the year where that is the other's."""
    return f"{on.day} {on:%b}" if on.year == beside.year else f"{on.day} {on:%b %Y}"


def place(region: str, side: Side | None) -> str:
    """A region and its side; empty where there is neither."""
    return ", ".join(part for part in (load_regions()[region].name if region else "", side) if part)


def _small(name: str) -> str:
    """A name within a sentence, with a small first letter; no other, since that may be a name's own."""
    return name[:1].lower() + name[1:]


def techniques(done: Iterable[Technique], own: str) -> str:
    """In words, the therapist's own ones as they were written."""
    names = [own if technique == "other" else _small(load_techniques()[technique].name) for technique in done]
    return ", ".join(names)


def client_lines(client: Client, age_years: float | None) -> Iterator[str]:
    """Who it is, beside the name."""
    born = f"born {day(client.birth_date)}" if client.birth_date else ""
    old = f"{int(age_years)} years" if age_years is not None else ""
    yield ", ".join(part for part in (born, old, client.sex) if part)
    height = f"{client.height_m:.2f} m" if client.height_m else ""
    weight = f"{client.weight_kg:.0f} kg" if client.weight_kg else ""
    handed = f"{client.dominant_side}-handed" if client.dominant_side else ""
    yield ", ".join(part for part in (height, weight, handed) if part)


def past(history: History) -> str:
    """A past injury, surgery and so on, with what must not be tested because of it."""
    when = f"at {history.age_years} years" if history.age_years is not None else _about(history.on)
    where = place(history.region, history.side)
    what = f"{history.what} ({_small(where)})" if where else history.what
    told = ", ".join(part for part in (what, when, history.note) if part)
    limits = ", ".join(_limit(limit) for limit in history.limits)
    return f"{told}; must not be tested: {limits}" if limits else told


def _about(on: date | None) -> str:
    """As much of a day as is known: the record keeps the first of the month or the year where no more is."""
    if on is None:
        return ""
    if on.day > 1:
        return day(on)
    return f"{on:%B %Y}" if on.month > 1 else f"{on:%Y}"


def _limit(limit: Limit) -> str:
    name = _test(limit.movement, limit.side)
    return f"{name} ({limit.mode})" if limit.mode else name


def _test(movement: str, side: Side | None) -> str:
    return " ".join(part for part in (side, _small(movement_test(movement).name)) if part)


def order(referral: Referral) -> str:
    """What was ordered."""
    sessions = f"{referral.sessions_ordered} session{'s' * (referral.sessions_ordered > 1)}"
    what = techniques(referral.techniques, referral.other_technique)
    return ", ".join(part for part in (sessions, referral.how_often, what) if part)


def used(referral: Referral) -> str:
    """How much of the order is used."""
    words = f"{referral.sessions_used} of {referral.sessions_ordered} used"
    return f"{words}, valid until {day(referral.valid_until)}" if referral.valid_until else words


def found(finding: PalpationFinding) -> str:
    """What the hand found: the kind, in which muscle or segment."""
    kind = load_findings()[finding.kind].name
    muscle = _small(load_muscles()[finding.muscle].name) if finding.muscle else ""
    return ", ".join(part for part in (kind, muscle, finding.level) if part)


def felt(finding: PalpationFinding) -> list[str]:
    """What was noted beside that."""
    refers = f"refers to {finding.referral_area}" if finding.referral_area else ""
    return [part for part in (refers, finding.note) if part]


def value(course: Course, trials: Sequence[Trial]) -> str:
    """How far the joint went, such as `142° ± 7° ↓ ≠`, with the signs of the table's legend."""
    result = course.visits[-1].result
    by = [trial.by for trial in trials if trial.by][-1]
    norm = next((one for one in course.references if isinstance(one, NormDifference)), None)
    below = " ↓" if norm and norm.verdict == "below" else ""
    sides = course.sides_now
    apart = " ≠" if sides and sides.verdict == "different" else ""
    return f"{peak(result.peak_deg, result.uncertainty_deg)}{BY[by]}{below}{apart}"


def changed(course: Course, report_on: date) -> str:
    """What has become of it since it was first tested; of what was tested once, when."""
    if course.verdict == "measured once":
        return f"once, {short_day(course.visits[0].result.on, report_on)}"
    real = "real" if course.change.real else "not real"
    return f"{SIGNS[course.verdict]} {round(course.change.difference_deg):+d}° {real}"


def norm(difference: NormDifference) -> str:
    """What healthy people reach; an asterisk where that is to be confirmed."""
    doubt = "" if difference.norm.confirmed else "*"
    average = degrees(difference.normal_deg)
    if not isinstance(difference.norm, Norm):
        return f"textbook {average}{doubt}"
    usual = "" if difference.limit_deg is None else f", from {degrees(difference.limit_deg)}"
    return f"{average}{usual}{doubt}"


def scale(told: Iterable[int | None]) -> str:
    """A scale over the sessions: first and last, or one where it was told once; a dash where never."""
    known = [one for one in told if one is not None]
    if not known:
        return "–"
    return str(known[0]) if len(known) == 1 else f"{known[0]} → {known[-1]}"


def notes(trial: Trial) -> str:
    """What else there is to say of a test; empty where there is nothing."""
    lines = []
    if trial.painful_arc_deg:
        start, end = (degrees(deg) for deg in trial.painful_arc_deg)
        lines.append(f"painful at {start}" if start == end else f"painful from {start} to {end}")
    if trial.concordant:
        lines.append("the pain that the client came for")
    lines += [finding.note for finding in trial.findings if finding.note]
    if trial.film:
        lines += [problem.message.rstrip(".") for problem in trial.film.problems]
        lines += filter(None, [edited_by_hand(trial.film.provenance)])
    return "; ".join(lines)


def resisted(trials: Sequence[Trial]) -> list[str]:
    """Strength over the sessions, and how the latest push was held, line by line."""
    latest = trials[-1]
    lines = []
    if any(trial.strength is not None for trial in trials):
        lines.append(f"{scale(trial.strength for trial in trials)} of 5")
    if latest.force_n is not None:
        lines.append(f"{latest.force_n:.0f} N")
    if latest.hold:
        lines.append(f"held {latest.hold.lasted_s:.1f} s")
        if not latest.hold.isometric:
            lines.append(f"moved {degrees(abs(latest.hold.drift_deg))}")
    return lines


def goal(reached: Reached) -> str:
    """A goal and where the client stands, without the verdict."""
    own = reached.goal
    by = f", by {day(own.by)}" if own.by else ""
    return f"{own.what} ({own.aim.replace('_', ' ')}): {_target(own)}{by}. Now {reached.words}"


def _target(own: Goal) -> str:
    if own.movement and own.mode and own.target_deg is not None:
        return f"{title(movement_test(own.movement), own.side, own.mode)}, {degrees(own.target_deg)}"
    where = f", {_small(place(own.region, own.side))}" if own.region else ""
    return f"pain {own.target_pain} of 10 or less{where}"


def treated(treatment: Treatment) -> str:
    """What was done and where."""
    done = techniques(treatment.techniques, treatment.other_technique)
    where = ", ".join(_small(load_regions()[region].name.split(",")[0]) for region in treatment.regions)
    return f"{done}: {where}" if where else done


def exercise(kept: Adherence) -> str:
    """An exercise at home, and how many of its recordings there are."""
    own = kept.exercise
    name = _test(own.movement, own.side)
    until = f" until {day(own.until)}" if own.until else ""
    often = f"{own.repetitions} repetitions, {own.times_a_week} times a week from {day(own.starts_on)}{until}"
    return f"{name}, {often}: {kept.done} of {kept.due} filmed"


def in_short(report: Report) -> Iterator[str]:
    """The report in a few sentences; the therapist's own ones where there are some.

    These and the suggestion for the order are what a therapist may write anew: all else in the report is data, or
    read from data by rules.
    """
    if report.told.strip():
        yield from (line.strip() for line in report.told.splitlines() if line.strip())
        return
    yield from _in_short(report)


def own_sentences(report: Report) -> str:
    """What the program itself says in short, a sentence a line: what whoever writes it anew starts from."""
    return "\n".join(_in_short(report))


def _in_short(report: Report) -> Iterator[str]:
    if overall := " ".join(_overall(report)):
        yield overall
    found = report.summary
    for name, group in (("Improved", found.improved), ("Worsened", found.worsened)):
        if group:
            yield f"{name}: {'; '.join(map(_from_to, group))}."
    if found.unchanged:
        yield f"No real change: {'; '.join(_named(course) for course in found.unchanged)}."


def _overall(report: Report) -> Iterator[str]:
    if report.sessions:
        days = [session.on for session in report.sessions]
        span = f"on {day(days[0])}" if days[0] == days[-1] else f"from {day(days[0])} to {day(days[-1])}"
        yield f"{len(days)} session{'s' * (len(days) > 1)} {span}."
    pains = [treatment.pain_before for _, treatment in report.treatments if treatment.pain_before is not None]
    if len(pains) > 1:
        yield f"Pain before treatment {pains[0]} the first time, {pains[-1]} the last (0 to 10)."
    if report.goals:
        met = sum(reached.verdict == "met" for reached in report.goals)
        yield f"Goals met: {met} of {len(report.goals)}."


def _from_to(course: Course) -> str:
    then, now = course.visits[0].result, course.visits[-1].result
    return f"{_named(course)} from {degrees(then.peak_deg)} to {peak(now.peak_deg, now.uncertainty_deg)}"


def _named(course: Course) -> str:
    own = course.visits[0].result
    return _small(title(own.test, own.side, own.mode))
