"""The report's words: ids and numbers of the record as a physician reads them. Plain text, without markup."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rom_vision.compare import NormDifference
from rom_vision.course import Course
from rom_vision.exchange.captions import day, degrees, edited_by_hand, force, peak, seconds, title
from rom_vision.exchange.goals import Reached
from rom_vision.exchange.report import Report
from rom_vision.exchange.tested import Trial
from rom_vision.language import month_text, number_text, read_back, say, short_date_text
from rom_vision.movements import (
    Norm,
    Side,
    in_a_sentence,
    load_findings,
    load_muscles,
    load_regions,
    load_techniques,
    movement_test,
    on_side,
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
from rom_vision.records.tables_practice import ForceUnit

SIGNS = {"improved": "▲", "worsened": "▼", "unchanged": "="}


def short_day(on: date, beside: date) -> str:
    """A date, without the year where that is the other's."""
    return short_date_text(on, with_year=on.year != beside.year)


def not_tested(forbidden: bool) -> str:
    """Why a place in the table is empty."""
    return say("must not be tested") if forbidden else say("not tested")


def verdict(reached: Reached) -> str:
    """Whether a goal is met."""
    said = {"met": say("met"), "near": say("at the goal within what can be told"), "not met": say("not met")}
    return said.get(reached.verdict or "", say("not known"))


def _by(instrument: Instrument) -> str:
    """The letter for how a value came about; none for a film."""
    said = {"film": "", "goniometer": say("g", "goniometer"), "eye": say("e", "by eye")}
    return f" {said[instrument]}".rstrip()


def place(region: str, side: Side | None) -> str:
    """A region and its side; empty where there is neither."""
    return ", ".join(part for part in (load_regions()[region].name if region else "", say(side or "")) if part)


def techniques(done: Iterable[Technique], own: str) -> str:
    """In words, the therapist's own ones as they were written."""
    names = [
        own if technique == "other" else in_a_sentence(load_techniques()[technique].name) for technique in done
    ]
    return ", ".join(names)


def client_lines(client: Client, age_years: float | None) -> Iterator[str]:
    """Who it is, beside the name."""
    born = say("born {day}", day=day(client.birth_date)) if client.birth_date else ""
    old = say("{years} years", years=int(age_years)) if age_years is not None else ""
    yield ", ".join(part for part in (born, old, say(client.sex or "")) if part)
    height = f"{number_text(client.height_m, '.2f')} m" if client.height_m else ""
    weight = f"{client.weight_kg:.0f} kg" if client.weight_kg else ""
    handed = {"left": say("left-handed"), "right": say("right-handed")}.get(client.dominant_side or "", "")
    yield ", ".join(part for part in (height, weight, handed) if part)


def past(history: History) -> str:
    """A past injury, surgery and so on, with what must not be tested because of it."""
    when = (
        say("at {years} years", years=history.age_years) if history.age_years is not None else _about(history.on)
    )
    where = place(history.region, history.side)
    what = f"{history.what} ({in_a_sentence(where)})" if where else history.what
    told = ", ".join(part for part in (what, when, history.note) if part)
    limits = ", ".join(_limit(limit) for limit in history.limits)
    return say("{told}; must not be tested: {limits}", told=told, limits=limits) if limits else told


def _about(on: date | None) -> str:
    """As much of a day as is known: the record keeps the first of the month or the year where no more is."""
    if on is None:
        return ""
    if on.day > 1:
        return day(on)
    return month_text(on) if on.month > 1 else str(on.year)


def _limit(limit: Limit) -> str:
    name = _test(limit.movement, limit.side)
    return f"{name} ({say(limit.mode)})" if limit.mode else name


def _test(movement: str, side: Side | None) -> str:
    return on_side(movement_test(movement).name, side)


def order(referral: Referral) -> str:
    """What was ordered."""
    sessions = _sessions(referral.sessions_ordered)
    what = techniques(referral.techniques, referral.other_technique)
    return ", ".join(part for part in (sessions, referral.how_often, what) if part)


def _sessions(count: int) -> str:
    return say("{count} sessions", count=count) if count > 1 else say("{count} session", count=count)


def used(referral: Referral) -> str:
    """How much of the order is used."""
    words = say("{used} of {ordered} used", used=referral.sessions_used, ordered=referral.sessions_ordered)
    if referral.valid_until is None:
        return words
    return say("{used}, valid until {day}", used=words, day=day(referral.valid_until))


def found(finding: PalpationFinding) -> str:
    """What the hand found: the kind, in which muscle or segment."""
    kind = load_findings()[finding.kind].name
    muscle = in_a_sentence(load_muscles()[finding.muscle].name) if finding.muscle else ""
    return ", ".join(part for part in (kind, muscle, finding.level) if part)


def felt(finding: PalpationFinding) -> list[str]:
    """What was noted beside that."""
    refers = say("refers to {area}", area=finding.referral_area) if finding.referral_area else ""
    return [part for part in (refers, finding.note) if part]


def value(course: Course, trials: Sequence[Trial]) -> str:
    """How far the joint went, such as `142° ± 7° ↓ ≠`, with the signs of the table's legend."""
    result = course.visits[-1].result
    by = [trial.by for trial in trials if trial.by][-1]
    norm = next((one for one in course.references if isinstance(one, NormDifference)), None)
    below = " ↓" if norm and norm.verdict == "below" else ""
    sides = course.sides_now
    apart = " ≠" if sides and sides.verdict == "different" else ""
    return f"{peak(result.peak_deg, result.uncertainty_deg)}{_by(by)}{below}{apart}"


def changed(course: Course, report_on: date) -> str:
    """What has become of it since it was first tested; of what was tested once, when."""
    if course.verdict == "measured once":
        return say("once, {day}", day=short_day(course.visits[0].result.on, report_on))
    real = say("real") if course.change.real else say("not real")
    return f"{SIGNS[course.verdict]} {round(course.change.difference_deg):+d}° {real}"


def norm(difference: NormDifference) -> str:
    """What healthy people reach; an asterisk where that is to be confirmed."""
    doubt = "" if difference.norm.confirmed else "*"
    average = degrees(difference.normal_deg)
    if not isinstance(difference.norm, Norm):
        return say("textbook {norm}", norm=average + doubt)
    if difference.limit_deg is None:
        return average + doubt
    return say("{norm}, from {limit}", norm=average, limit=degrees(difference.limit_deg) + doubt)


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
        whole = say("painful from {start} to {end}", start=start, end=end)
        lines.append(say("painful at {angle}", angle=start) if start == end else whole)
    if trial.concordant:
        lines.append(say("the pain that the client came for"))
    lines += [finding.note for finding in trial.findings if finding.note]
    if trial.film:
        lines += [read_back(problem.message).rstrip(".") for problem in trial.film.problems]
        lines += filter(None, [edited_by_hand(trial.film.provenance)])
    return "; ".join(lines)


def resisted(trials: Sequence[Trial], unit: ForceUnit) -> list[str]:
    """Strength over the sessions, and how the latest push was held, line by line."""
    latest = trials[-1]
    lines = []
    if any(trial.strength is not None for trial in trials):
        lines.append(say("{grades} of 5", grades=scale(trial.strength for trial in trials)))
    if latest.force_n is not None:
        lines.append(force(latest.force_n, unit))
    if latest.hold:
        lines.append(say("held {time}", time=seconds(latest.hold.lasted_s)))
        if not latest.hold.isometric:
            lines.append(say("moved {drift}", drift=degrees(abs(latest.hold.drift_deg))))
    return lines


def goal(reached: Reached) -> str:
    """A goal and where the client stands, without the verdict."""
    own = reached.goal
    by = say(", by {day}", day=day(own.by)) if own.by else ""
    aim = say(own.aim.replace("_", " "))
    return f"{own.what} ({aim}): {_target(own)}{by}. {say('Now {words}', words=reached.words)}"


def _target(own: Goal) -> str:
    if own.movement and own.mode and own.target_deg is not None:
        return f"{title(movement_test(own.movement), own.side, own.mode)}, {degrees(own.target_deg)}"
    where = f", {in_a_sentence(place(own.region, own.side))}" if own.region else ""
    return say("pain {pain} of 10 or less", pain=own.target_pain) + where


def treated(treatment: Treatment) -> str:
    """What was done and where."""
    done = techniques(treatment.techniques, treatment.other_technique)
    where = ", ".join(in_a_sentence(load_regions()[region].name.split(",")[0]) for region in treatment.regions)
    return f"{done}: {where}" if where else done


def exercise(kept: Adherence) -> str:
    """An exercise at home, and how many of its recordings there are."""
    own = kept.exercise
    name = _test(own.movement, own.side)
    often = say(
        "{exercise}, {repetitions} repetitions, {times} times a week from {start}{until}",
        exercise=name, repetitions=own.repetitions, times=own.times_a_week, start=day(own.starts_on),
        until=say(" until {day}", day=day(own.until)) if own.until else "",
    )  # fmt: skip
    return say("{exercise}: {done} of {due} filmed", exercise=often, done=kept.done, due=kept.due)


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
    for name, group in ((say("Improved"), found.improved), (say("Worsened"), found.worsened)):
        if group:
            yield f"{name}: {'; '.join(map(_from_to, group))}."
    if found.unchanged:
        yield f"{say('No real change')}: {'; '.join(_named(course) for course in found.unchanged)}."


def _overall(report: Report) -> Iterator[str]:
    if report.sessions:
        days = [session.on for session in report.sessions]
        whole = say("from {first} to {last}", first=day(days[0]), last=day(days[-1]))
        span = say("on {day}", day=day(days[0])) if days[0] == days[-1] else whole
        yield f"{_sessions(len(days))} {span}."
    pains = [treatment.pain_before for _, treatment in report.treatments if treatment.pain_before is not None]
    if len(pains) > 1:
        yield say(
            "Pain before treatment {first} the first time, {last} the last (0 to 10).",
            first=pains[0], last=pains[-1],
        )  # fmt: skip
    if report.goals:
        met = sum(reached.verdict == "met" for reached in report.goals)
        yield say("Goals met: {met} of {goals}.", met=met, goals=len(report.goals))


def _from_to(course: Course) -> str:
    then, now = course.visits[0].result, course.visits[-1].result
    reached = peak(now.peak_deg, now.uncertainty_deg)
    return say("{test} from {then} to {now}", test=_named(course), then=degrees(then.peak_deg), now=reached)


def _named(course: Course) -> str:
    own = course.visits[0].result
    return in_a_sentence(title(own.test, own.side, own.mode))
