"""rom-vision accounts: who may sign in to the dashboard."""

import argparse
import getpass
import sys

from rom_vision.accounts import ROLES, Account, Accounts
from rom_vision.errors import UsageError

HERE = "http://localhost:8501"
EPILOG = "A password is asked for, or read as one line of the standard input; never given as an argument."


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    accounts = commands.add_parser("accounts", help="list who may sign in, add, disable, invite", epilog=EPILOG)
    accounts.set_defaults(command=_accounts)
    do = accounts.add_mutually_exclusive_group()
    do.add_argument("--add", metavar="USER", help="with a password that is asked for")
    do.add_argument("--invite", action="store_true", help="print a link with which somebody makes their account")
    do.add_argument("--disable", metavar="USER", help="let them in no more, and end where they are signed in")
    do.add_argument("--enable", metavar="USER", help="let them in again")
    do.add_argument("--reset-password", metavar="USER", help="give them another, and end where they are signed in")
    accounts.add_argument("--role", choices=ROLES, help="of whom is added or invited")
    accounts.add_argument("--name", help="of whom is added, as others see it; else the user name")
    accounts.add_argument(
        "--client", action="append", default=[], metavar="ID",
        help="whom a client is, or a reviewer may see (as often as there are)",
    )  # fmt: skip
    accounts.add_argument(
        "--at", default=HERE, metavar="URL", help=f"of the dashboard, for the link; {HERE} by default"
    )


def _accounts(options: argparse.Namespace) -> int:
    if (options.add or options.invite) and not options.role:
        raise UsageError("It is not said what they are.", remedy=f"Give --role: {', '.join(ROLES)}.")
    with Accounts.open() as accounts:
        if options.add:
            name = options.name or options.add
            added = accounts.add(options.add, name, options.role, _password(), client_ids=options.client)
            print(_line(added))
        elif options.invite:
            print(f"{options.at.rstrip('/')}/invite/{accounts.invite(None, options.role, options.client)}")
        elif options.disable:
            print(_line(accounts.disable(options.disable)))
        elif options.enable:
            print(_line(accounts.enable(options.enable)))
        elif options.reset_password:
            print(_line(accounts.reset_password(options.reset_password, _password())))
        else:
            for account in accounts.accounts():
                print(_line(account))
    return 0


def _line(account: Account) -> str:
    clients = " ".join(sorted(account.client_ids))
    state = "  disabled" if account.disabled else ""
    return f"{account.user_name:24} {account.role:10} {account.display_name:24} {clients}".rstrip() + state


def _password() -> str:
    """Typed twice at a terminal, so that a slip is seen; else one line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise UsageError("The two passwords differ.", remedy="Try again.")
    return password
