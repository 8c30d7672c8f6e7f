"""What each role may do. Pages and routes ask here; they decide nothing themselves."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from rom_vision.records.tables_accounts import Role

Right = Literal["see", "read", "film", "write", "export", "erase", "audit", "invite", "accounts", "settings"]
"""What can be done.

see: a client's home programme and measurements.
read: all that is written about a client.
film: keep a film that answers an exercise of the home programme.
write: add and change clients and whatever is kept of them, put into the recycle bin and take out.
export: take a report out of the record.
erase: delete clients for good.
audit: see who saw and changed what.
invite: send a client a link with which to make an account.
accounts: see, add and change accounts, and invite to any role.
settings: change what the practice has set.
"""
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        "owner": frozenset(get_args(Right)),
        "therapist": frozenset({"see", "read", "film", "write", "export", "invite"}),
        "client": frozenset({"see", "film"}),
        "reviewer": frozenset({"see", "read", "export"}),
    }
)
OF_ALL_CLIENTS: frozenset[Role] = frozenset({"owner", "therapist"})
"""These work in the practice, and its clients are theirs. Others are given theirs by name."""
