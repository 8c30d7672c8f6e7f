"""rom-vision accounts, as a person or a script calls it."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from rom_vision import cli
from rom_vision.accounts import Accounts
from rom_vision.records import Record

PASSWORD = "seven blue herons"


@pytest.fixture
def told(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Runs a command with a line on its standard input; gives exit code, output and errors."""

    def run(*arguments: str, line: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(line))
        code = cli.main(["accounts", *arguments])
        return code, *capsys.readouterr()

    return run


def let_in(user_name: str, password: str) -> bool:
    with Accounts.open() as accounts:
        return accounts.who(accounts.sign_in(user_name, password, "192.0.2.1")) is not None


def test_an_account_is_added_listed_disabled_and_given_another_password(told):
    assert told() == (0, "", "")
    code, out, _ = told("--add", "Olga", "--role", "owner", "--name", "Olga Owner", line=f"{PASSWORD}\n")
    assert (code, out.split()) == (0, ["olga", "owner", "Olga", "Owner"])
    told("--add", "thea", "--role", "therapist", line=PASSWORD)
    assert let_in("thea", PASSWORD)
    assert told("--disable", "thea")[1].split()[-1] == "disabled"
    assert [line.split()[0] for line in told()[1].splitlines()] == ["olga", "thea"]
    assert "disabled" not in told("--enable", "thea")[1]
    assert told("--reset-password", "thea", line="nine red foxes\n")[0] == 0
    assert let_in("thea", "nine red foxes")


def test_an_invitation_is_a_link(told):
    with Record.open() as record:
        anna = record.add_client("Anna Example")
    code, out, _ = told("--invite", "--role", "client", "--client", anna.id, "--at", "https://rom.example/")
    assert code == 0
    token = out.strip().removeprefix("https://rom.example/invite/")
    with Accounts.open() as accounts:
        assert accounts.join(token, "anna", "Anna", PASSWORD).client_ids == {anna.id}
    assert anna.id in told()[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--add", "thea"], 2, "Give --role: owner, therapist, client, reviewer."),
        (["--invite"], 2, "Give --role"),
        (["--add", "thea", "--role", "therapist"], 1, "The password has 0 letters."),
        (["--add", "t", "--role", "therapist"], 1, "can't be a user name"),
        (["--invite", "--role", "client"], 1, "0 clients do not fit a client"),
        (["--invite", "--role", "reviewer", "--client", "C-NOBODY"], 1, "There is no client C-NOBODY"),
        (["--disable", "nobody"], 1, "There is no account of that name"),
    ],
)
def test_what_cannot_be_is_told(told, arguments, code, words):
    ended, out, err = told(*arguments)
    assert (ended, out) == (code, "")
    assert words in err


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(home: Path):
    def typed(*lines: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "rom_vision", "accounts", "--add", "thea", "--role", "therapist"]
        with subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        ) as process:
            os.close(theirs)
            shown = ""
            for line in lines:
                while not shown.endswith(": "):
                    shown += os.read(ours, 1024).decode()
                os.write(ours, f"{line}\n".encode())
                shown += "\n"
            try:
                while more := os.read(ours, 1024).decode():
                    shown += more
            except OSError:  # so Linux says that the other side was closed
                pass
        os.close(ours)
        return process.returncode, shown

    code, shown = typed(PASSWORD, "seven blue heron")
    assert code == 2
    assert "The two passwords differ." in shown
    code, shown = typed(PASSWORD, PASSWORD)
    assert code == 0
    assert PASSWORD not in shown
    assert let_in("thea", PASSWORD)
