"""Each kind of entry of the clinical record as one line, and what a finding has to do with."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import singledispatch

from rom_vision.dashboard.words_film import words_film
from rom_vision.dashboard.words_record import words_record
from rom_vision.exchange import captions
from rom_vision.language import say
from rom_vision.movements import (
    Side,
    in_a_sentence,
    load_muscles,
    load_red_flags,
    load_regions,
    load_segments,
    movement_test,
    on_side,
)
from rom_vision.records import (
    Consent,
    Entry,
    Exercise,
    Goal,
    History,
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Treatment,
)


@singledispatch
def line(entry: Entry) -> str:
    """An entry in one line."""
    raise NotImplementedError(type(entry))


@line.register
def _(entry: Consent) -> str:
    given = say("given {day}", day=captions.day(entry.given_on))
    withdrawn = say("withdrawn {day}", day=captions.day(entry.withdrawn_on)) if entry.withdrawn_on else None
    return _with(f"**{words_record.choice(entry.purpose)}**", given, withdrawn, entry.note)


@line.register
def _(entry: Referral) -> str:
    codes = f"({', '.join(entry.icd10)})" if entry.icd10 else ""
    return _with(
        f"**{entry.physician}**", entry.practice, captions.day(entry.written_on),
        f"{entry.diagnosis} {codes}".strip(), words_record.sessions_used(entry, date.today()),
    )  # fmt: skip


@line.register
def _(entry: History) -> str:
    when = None if entry.age_years is None else say("at {age}", age=entry.age_years)
    if entry.on:
        when = captions.day(entry.on)
    limits = ", ".join(dict.fromkeys(in_a_sentence(movement_test(limit.movement).name) for limit in entry.limits))
    forbids = say("do not test: {tests}", tests=limits) if limits else ""
    kind, where = words_record.choice(entry.kind), _where(entry.region, entry.side)
    return _with(f"**{entry.what}**", kind, when, where, entry.note, _red(forbids))


@line.register
def _(entry: Goal) -> str:
    by = say("by {day}", day=captions.day(entry.by)) if entry.by else None
    if entry.movement and entry.mode and entry.target_deg is not None:
        what = captions.title(movement_test(entry.movement), entry.side, entry.mode)
        target = say("{what} to {deg}", what=what, deg=captions.degrees(entry.target_deg))
        return _with(f"**{entry.what}**", target, by)
    pain = say("pain to {points}/10", points=entry.target_pain)
    return _with(f"**{entry.what}**", pain, _where(entry.region, entry.side), by)


@line.register
def _(entry: Exercise) -> str:
    starts = say("from {day}", day=captions.day(entry.starts_on))
    until = say("until {day}", day=captions.day(entry.until)) if entry.until else None
    return _with(f"**{words_record.exercise(entry)}**", words_film.often(entry), starts, until, entry.note)


@line.register
def _(entry: Session) -> str:
    measured = say("{count} measured", count=entry.measurements) if entry.measurements else None
    flags = ", ".join(in_a_sentence(load_red_flags()[flag].name) for flag in entry.red_flags)
    stop = say("do not test, refer: {flags}", flags=flags) if flags else ""
    kind = words_record.choice(entry.kind)
    return _with(f"**{captions.day(entry.on)}**", kind, entry.therapist, measured, _red(stop))


@line.register
def _(entry: PalpationFinding) -> str:
    kind = f"{words_record.choice(entry.kind)} {entry.level}".strip()
    sent = say("sends pain to {area}", area=entry.referral_area) if entry.referral_area else None
    return _with(f"**{kind}**", _where(entry.region, entry.side), _pain(entry.pain), sent, entry.note)


@line.register
def _(entry: MovementFinding) -> str:
    value = None
    if entry.value_deg is not None and entry.uncertainty_deg is not None:
        value = captions.peak(entry.value_deg, entry.uncertainty_deg)
    by = None if entry.by == "film" else words_record.choice(entry.by)
    strength = None if entry.strength is None else say("strength {points}/5", points=entry.strength)
    feel = (
        say("end feel {feel}", feel=in_a_sentence(words_record.choice(entry.end_feel))) if entry.end_feel else None
    )
    title = captions.title(movement_test(entry.movement), entry.side, entry.mode)
    return _with(f"**{title}**", value, by, _pain(entry.pain), feel, strength, entry.note)


@line.register
def _(entry: Treatment) -> str:
    names = [entry.other_technique if name == "other" else words_record.choice(name) for name in entry.techniques]
    change = None
    if entry.pain_before is not None and entry.pain_after is not None:
        change = say("pain {before} → {after}", before=entry.pain_before, after=entry.pain_after)
    minutes = say("{minutes} minutes", minutes=entry.minutes)
    return _with(f"**{', '.join(names)}**", _regions(entry.regions), minutes, change, entry.response)


def linked(finding: PalpationFinding) -> str:
    """What a finding limits, and the tests that speak for or against it, one a line; empty if nothing is known."""
    return "\n".join([*_limits(finding), *_bearings(finding)])


def _limits(finding: PalpationFinding) -> Iterator[str]:
    if finding.muscle:
        muscle = load_muscles()[finding.muscle]
        opposed = ", ".join(in_a_sentence(load_muscles()[other].name) for other in muscle.opposed_by)
        joints = ", ".join(say(joint) for joint in muscle.joints)
        crosses = say("crosses {joints}", joints=joints) if joints else None
        opposes = say("opposed by {muscles}", muscles=opposed) if opposed else None
        yield f"- {muscle.name}: {_with(crosses, opposes)}"
    if segment := load_segments().get(finding.level):
        covers = say("{segment} covers: {regions}", segment=segment.id, regions=_regions(segment.covers.regions))
        yield f"- {covers}"
    for chain in finding.lines:
        yield f"- {chain.name}: {_regions(chain.regions)}"


def _bearings(finding: PalpationFinding) -> Iterator[str]:
    for bearing in finding.bearings:
        said = say(
            "**{test}**: for it if {speaks_for}, against it if {speaks_against}. {why}",
            test=captions.title(bearing.test, bearing.side, bearing.mode),
            speaks_for=bearing.speaks_for,
            speaks_against=bearing.speaks_against,
            why=bearing.why,
        )
        yield f"- {said}"


def _regions(ids: Sequence[str]) -> str:
    return ", ".join(in_a_sentence(load_regions()[region].name) for region in ids)


def _where(region: str, side: Side | None) -> str | None:
    if not region:
        return side and say(side)
    return on_side(load_regions()[region].name, side)


def _pain(points: int | None) -> str | None:
    return None if points is None else say("pain {points}/10", points=points)


def _red(said: str) -> str:
    return f":red[{said}]" if said else ""


def _with(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
