"""What the plain pages say."""

from collections.abc import Mapping
from types import MappingProxyType

from rom_vision.accounts import Role
from rom_vision.accounts.passwords import SHORTEST

PROGRAM = "ROM Vision"
ROLES: Mapping[Role, str] = MappingProxyType(
    {"owner": "Owner", "therapist": "Therapist", "client": "Client", "reviewer": "Reviewer"}
)

TROUBLE = "Something is in the way"

SIGN_IN = "Sign in"
SIGN_OUT = "Sign out"
SIGN_OUT_EVERYWHERE = "Sign out everywhere"
USER_NAME = "User name"
USER_NAME_HELP = "To sign in with. An e-mail address will do."
NAME = "Your name"
PASSWORD = "Password"
PASSWORD_HELP = f"At least {SHORTEST} letters. A few words in a row are easy to keep in mind."
WITH_PROVIDER = "Sign in with the practice's account"

FIRST = "Welcome"
FIRST_LEAD = (
    "Make your own account, the owner's. It can invite therapists, clients and reviewers later. "
    "Everything stays on this computer."
)
FIRST_CODE = "Code"
FIRST_CODE_HELP = "It stands in the window or the log of the program, on the computer that runs it."
FIRST_CODE_WRONG = "That is not the code."
MAKE_ACCOUNT = "Make the account"

INVITED = "You are invited"
INVITED_AS: Mapping[Role, str] = MappingProxyType(
    {
        "owner": "Make your own account, as an owner of the practice.",
        "therapist": "Make your own account, as a therapist of the practice.",
        "client": "Make your own account, to see your exercises and how far you have come.",
        "reviewer": "Make your own account, to look at the clients that you were named for.",
    }
)
NO_INVITATION = "This link does not hold"

ACCOUNT = "Your account"
CHANGE_PASSWORD = "Change the password"
OLD_PASSWORD = "Present password"
NEW_PASSWORD = "New password"
CHANGED = "The password is changed. Wherever else you were signed in, you are not any more."
EVERYWHERE_LEAD = "Ends it on every device on which you are signed in, this one too."
BACK = "Back to ROM Vision"


def signed_in(display_name: str, user_name: str, role: Role) -> str:
    """Who it is."""
    return f"{display_name} ({user_name}), {ROLES[role].lower()}"


def first_code(code: str) -> str:
    """What the program's window shows."""
    return f"Nobody has an account yet. The code for making the owner's: {code}"
