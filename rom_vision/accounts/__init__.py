"""Who may sign in, what they may do, and the record as they may use it."""

from rom_vision.accounts.account import Account
from rom_vision.accounts.accounts import Accounts
from rom_vision.accounts.guarded import GuardedRecord, guarded_by, open_record
from rom_vision.accounts.invitations import Invitation
from rom_vision.accounts.rights import RIGHTS, ROLES, Right
from rom_vision.records.tables_accounts import Role

__all__ = [
    "RIGHTS",
    "ROLES",
    "Account",
    "Accounts",
    "GuardedRecord",
    "Invitation",
    "Right",
    "Role",
    "guarded_by",
    "open_record",
]
