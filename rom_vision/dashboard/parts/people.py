"""Who may sign in, for the owner: invited, given another role, locked out, signed out."""

from collections.abc import Callable

import streamlit as st

from rom_vision.accounts import ROLES, Account, Accounts, GuardedRecord, Role
from rom_vision.accounts.rights import OF_ALL_CLIENTS
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.parts import choose, invitation
from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_settings import words_settings
from rom_vision.errors import RomVisionError


def show(record: GuardedRecord) -> None:
    """Draw it."""
    record.account.demand("accounts")
    accounts = the_accounts().by(record.account.user_name)
    _invite(accounts, record)
    for account in accounts.accounts():
        with st.container(border=True):
            st.markdown(words_settings.account(account, record.account))
            if account.id != record.account.id:
                _manage(accounts, account)


def _invite(accounts: Accounts, record: GuardedRecord) -> None:
    with st.popover(words_settings.INVITE, icon=":material/person_add:"):
        role: Role = st.selectbox(words_settings.ROLE, ROLES, 1, format_func=words_settings.role)
        whose: list[str] = []
        if role not in OF_ALL_CLIENTS:
            clients = {client.id: client for client in record.clients()}
            label = words_settings.CLIENT if role == "client" else words_settings.REVIEWED
            whose = st.multiselect(
                label, list(clients), format_func=lambda known: words.client(clients[known]),
                max_selections=1 if role == "client" else None,
            )  # fmt: skip
        if st.button(words_settings.MAKE_LINK, type="primary"):
            _try(lambda: invitation.keep(accounts.invite(record.account, role, whose)))
    invitation.show()


def _manage(accounts: Accounts, account: Account) -> None:
    name = account.user_name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if account.role in OF_ALL_CLIENTS:
            roles = sorted(OF_ALL_CLIENTS)
            role = st.selectbox(
                words_settings.ROLE, roles, roles.index(account.role), format_func=words_settings.role,
                key=f"role {name} {account.role}", width=choose.SELECT_PX // 2,
            )  # fmt: skip
            if role != account.role:
                _try(lambda: accounts.change_role(name, role))
        if account.disabled:
            if st.button(words_settings.UNLOCK, key=f"unlock {name}", icon=":material/lock_open:"):
                _try(lambda: accounts.enable(name))
            return
        if st.button(words_settings.LOCK, key=f"lock {name}", icon=":material/lock:"):
            _try(lambda: accounts.disable(name))
        if st.button(words_settings.SIGN_OUT, key=f"sign out {name}", icon=":material/logout:"):
            _try(lambda: accounts.sign_out_everywhere(name))


def _try(act: Callable[[], object]) -> None:
    """Do it and draw the page anew, or say why it can't be."""
    try:
        act()
    except RomVisionError as problem:
        st.error(words.trouble(problem))
    else:
        st.rerun()
