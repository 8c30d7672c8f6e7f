"""What a practice has to do today, over all clients."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Label, Select, and_, func, or_, select
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import aliased

from rom_vision.movements import Mode, Side
from rom_vision.records.clinical import Referral
from rom_vision.records.entries import WORKED_OUT
from rom_vision.records.findings import Session, SessionKind
from rom_vision.records.store import Store
from rom_vision.records.tables import ClientRow, MeasurementRow, SessionRow
from rom_vision.records.tables_clinical import ReferralRow

LATELY_DAYS = 14
IN_TREATMENT_DAYS = 60  # since the last session; who has not come for longer is not reminded of
ENDS_SOON_DAYS = 14
FEW_SESSIONS = 1  # left of an order
MOST = 50  # of each, on one page


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A session, held or planned.

    Attributes:
        measurements: how many were measured in it.
    """

    client_id: str
    name: str
    session_id: int
    on: date
    kind: SessionKind
    measurements: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Filmed:
    """What a client has filmed at home since the last session with the therapist.

    Attributes:
        kept_at: UTC.
    """

    client_id: str
    name: str
    measurement_id: int
    on: date
    movement: str
    side: Side | None
    mode: Mode
    accepted: bool
    kept_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """The latest order of a client in treatment, which is nearly used up or about to end."""

    client_id: str
    name: str
    physician: str
    sessions_ordered: int
    sessions_used: int
    valid_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What there is to do on a day; of each at most `MOST`.

    Attributes:
        today: the sessions of the day with the therapist, by name.
        lately: those of the last two weeks, the latest first.
        filmed: recordings at home to be looked at, the latest first.
        ending: orders that run out, those first that end first.
    """

    today: tuple[Held, ...]
    lately: tuple[Held, ...]
    filmed: tuple[Filmed, ...]
    ending: tuple[Ending, ...]


class Today(Store):
    """What the record tells of all clients at once."""

    __slots__ = ()

    def agenda(self, on: date) -> Agenda:
        """What there is to do on a day, for those who work in the practice."""
        with self._reading() as db:
            held = _held(db, on)
            found = Agenda(
                today=tuple(sorted((one for one in held if one.on == on), key=lambda one: one.name.lower()))[
                    :MOST
                ],
                lately=tuple(one for one in held if one.on < on)[:MOST],
                filmed=_filmed(db, on),
                ending=_ending(db, on),
            )
        if "" not in self._viewed:
            with self._writing() as (_, note):
                note("list", None, "clients")
            self._viewed.add("")
        return found


def _held(db: Transaction, on: date) -> list[Held]:
    query = (
        select(
            SessionRow.client_id, ClientRow.name, SessionRow.id.label("session_id"), SessionRow.on,
            SessionRow.kind, WORKED_OUT[Session],
        )
        .join(ClientRow, ClientRow.id == SessionRow.client_id)
        .where(ClientRow.removed_at.is_(None), SessionRow.kind != "home")
        .where(SessionRow.on.between(on - timedelta(days=LATELY_DAYS), on))
        .order_by(SessionRow.on.desc(), SessionRow.id.desc())
        .limit(2 * MOST)
    )  # fmt: skip
    return [Held(**row._mapping) for row in db.execute(query)]


def _filmed(db: Transaction, on: date) -> tuple[Filmed, ...]:
    """Whoever holds a session looks at what came before it, so that what came since is new."""
    later = aliased(SessionRow)
    looked_at = (
        select(later.id)
        .where(later.client_id == SessionRow.client_id, later.kind != "home", later.on > SessionRow.on)
        .exists()
    )
    query = (
        select(
            SessionRow.client_id, ClientRow.name, MeasurementRow.id.label("measurement_id"), SessionRow.on,
            MeasurementRow.movement, MeasurementRow.side, MeasurementRow.mode, MeasurementRow.accepted,
            MeasurementRow.kept_at,
        )
        .join(SessionRow, SessionRow.id == MeasurementRow.session_id)
        .join(ClientRow, ClientRow.id == SessionRow.client_id)
        .where(ClientRow.removed_at.is_(None), SessionRow.kind == "home", ~looked_at)
        .where(SessionRow.on.between(on - timedelta(days=IN_TREATMENT_DAYS), on))
        .order_by(MeasurementRow.kept_at.desc())
        .limit(MOST)
    )  # fmt: skip
    return tuple(Filmed(**row._mapping) for row in db.execute(query))


def _ending(db: Transaction, on: date) -> tuple[Ending, ...]:
    newer = aliased(ReferralRow)
    superseded = (
        select(newer.id)
        .where(newer.client_id == ReferralRow.client_id)
        .where(
            or_(
                newer.written_on > ReferralRow.written_on,
                and_(newer.written_on == ReferralRow.written_on, newer.id > ReferralRow.id),
            )
        )
        .exists()
    )
    used = WORKED_OUT[Referral]
    query = (
        select(
            ReferralRow.client_id, ClientRow.name, ReferralRow.physician, ReferralRow.sessions_ordered, used,
            ReferralRow.valid_until,
        )
        .join(ClientRow, ClientRow.id == ReferralRow.client_id)
        .where(ClientRow.removed_at.is_(None), ReferralRow.client_id.in_(_in_treatment(on)), ~superseded)
        .where(_runs_out(on, used))
        .order_by(ReferralRow.valid_until.is_(None), ReferralRow.valid_until, func.lower(ClientRow.name))
        .limit(MOST)
    )  # fmt: skip
    return tuple(Ending(**row._mapping) for row in db.execute(query))


def _in_treatment(on: date) -> Select[str]:
    lately = SessionRow.on.between(on - timedelta(days=IN_TREATMENT_DAYS), on)
    return select(SessionRow.client_id).where(lately, SessionRow.kind != "home")


def _runs_out(on: date, used: Label[int]) -> ColumnElement[bool]:
    """Soon, or since the client came last."""
    soon = on + timedelta(days=ENDS_SOON_DAYS)
    nearly_used = ReferralRow.sessions_ordered - used.element <= FEW_SESSIONS
    return or_(ReferralRow.valid_until <= soon, nearly_used)
