"""The record as an account may use it.

Every public method of `Record` is named here with the right that it takes: one that is not named is refused.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from rom_vision.accounts.account import Account
from rom_vision.accounts.rights import OF_ALL_CLIENTS, Right
from rom_vision.errors import NotAllowedError, RecordError
from rom_vision.records import Client, Entry, Exercise, Record

# asked about one client, whom the first argument names or belongs to
ABOUT_A_CLIENT: Mapping[str, Right] = MappingProxyType(
    {
        "client": "see",
        "adherence": "see",
        "measurements": "see",
        "measurement": "see",
        "results": "see",
        "compared": "see",
        "curves": "see",
        "corrections": "read",
        "chart": "read",
        "entries": "read",  # but the home programme
        "sessions": "read",
        "tick": "film",
        "keep": "write",  # but a film that answers the home programme
        "change_client": "write",
        "remove_client": "write",
        "restore_client": "write",
        "save": "write",
        "add_findings": "write",
        "delete": "write",
        "discard": "write",
        "original": "write",
        "keep_draft": "write",
        "correct": "write",
        "cover_faces": "write",
        "show_faces": "write",
        "drop_film": "write",
        "exported": "export",
        "erase_client": "erase",
    }
)
ABOUT_ALL: Mapping[str, Right] = MappingProxyType(
    {
        "add_client": "write",
        "take_in": "write",
        "removed_clients": "write",
        "empty_bin": "erase",
        "audit": "audit",
        "audit_problems": "audit",
        "agenda": "write",
        "uncovered": "write",
        "settings": "see",
        "change_settings": "settings",
        "expire_videos": "settings",
    }
)
UNGUARDED = {"close", "clients"}


@dataclass(frozen=True, slots=True, eq=False)
class GuardedRecord(Record):
    """A record that raises NotAllowedError where its account has not the right, and tells nothing of others."""

    account: Account = field(kw_only=True)

    def clients(self) -> list[Client]:
        """Those that are the account's, by name; not those in the recycle bin."""
        if self.account.role in OF_ALL_CLIENTS:
            return Record.clients(self)
        return sorted(self._named(), key=lambda client: (client.name.lower(), client.id))

    def _named(self) -> list[Client]:
        found = []
        for client_id in self.account.client_ids:
            try:
                found.append(self.client(client_id))
            except RecordError:  # removed or erased
                continue
        return found

    def _client_asked_about(self, whom: object) -> str:
        if isinstance(whom, Client):
            return whom.id
        if isinstance(whom, Entry):
            return whom.client_id
        if isinstance(whom, str):
            return whom
        if not isinstance(whom, int):
            raise TypeError(f"whom: expected a client, an entry or a measurement's number, got {whom!r}")
        try:
            return self._client_of(whom)
        except RecordError as problem:
            if self.account.role in OF_ALL_CLIENTS:
                raise
            raise NotAllowedError(
                "You may not see this client.", remedy="Ask the practice if you should."
            ) from problem


def open_record(account: Account, url: str | None = None) -> GuardedRecord:
    """The record, for somebody who is signed in; the audit tells their user name.

    Raises:
        RecordError: as `Record.open` does.
    """
    return guarded_by(Record.open(url, who=account.user_name), account)


def guarded_by(record: Record, account: Account) -> GuardedRecord:
    """A record that is open, for somebody who is signed in; closed together with it.

    Raises:
        RecordError: what a killed program left in doubt could not be settled.
    """
    record._settle()
    theirs = record.by(account.user_name)
    return GuardedRecord(theirs._engine, theirs._media, theirs._audit, account=account)


def _right_to(name: str, right: Right, arguments: Mapping[str, Any]) -> Right:
    """What a call takes: less than its method where it is about the home programme."""
    if name == "entries" and arguments["kind"] is Exercise:
        return "see"
    answers = arguments.get("exercise_id") is not None and arguments.get("kind") in (None, "home")
    return "film" if name == "keep" and answers else right


def _guard(name: str, unguarded: Callable[..., Any]) -> None:
    about_a_client = name in ABOUT_A_CLIENT
    right = ABOUT_A_CLIENT.get(name) or ABOUT_ALL.get(name)
    parameters = inspect.signature(unguarded)

    @functools.wraps(unguarded)
    def guarded(self: GuardedRecord, *given: Any, **named: Any) -> Any:
        if right is None:
            raise NotImplementedError(f"{name}: nobody has said which right it takes")
        arguments = parameters.bind(self, *given, **named).arguments
        whose = self._client_asked_about(list(arguments.values())[1]) if about_a_client else None
        self.account.demand(_right_to(name, right, arguments), whose)
        return unguarded(self, *given, **named)

    setattr(GuardedRecord, name, guarded)


for _name, _method in inspect.getmembers(Record, inspect.isfunction):
    if not _name.startswith("_") and _name not in UNGUARDED:
        _guard(_name, _method)
