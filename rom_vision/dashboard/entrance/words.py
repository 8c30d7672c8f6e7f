"""What the plain pages say."""

from rom_vision.accounts import Role
from rom_vision.accounts.passwords import SHORTEST
from rom_vision.language import Text, Texts, lowered, say


class EntranceWords:
    """What the plain pages say."""

    PROGRAM = "ROM Vision"
    ROLES = Texts[Role]({"owner": "Owner", "therapist": "Therapist", "client": "Client", "reviewer": "Reviewer"})

    TROUBLE = Text("Something is in the way")

    SIGN_IN = Text("Sign in")
    SIGN_OUT = Text("Sign out")
    SIGN_OUT_EVERYWHERE = Text("Sign out everywhere")
    USER_NAME = Text("User name")
    USER_NAME_HELP = Text("To sign in with. An e-mail address will do.")
    NAME = Text("Your name")
    PASSWORD = Text("Password")
    WITH_PROVIDER = Text("Sign in with the practice's account")

    FIRST = Text("Welcome")
    FIRST_LEAD = Text(
        "Make your own account, the owner's. It can invite therapists, clients and reviewers later. "
        "Everything stays on this computer."
    )
    FIRST_CODE = Text("Code")
    FIRST_CODE_HELP = Text("It stands in the window or the log of the program, on the computer that runs it.")
    FIRST_CODE_WRONG = Text("That is not the code.")
    MAKE_ACCOUNT = Text("Make the account")

    INVITED = Text("You are invited")
    INVITED_AS = Texts[Role](
        {
            "owner": "Make your own account, as an owner of the practice.",
            "therapist": "Make your own account, as a therapist of the practice.",
            "client": "Make your own account, to see your exercises and how far you have come.",
            "reviewer": "Make your own account, to look at the clients that you were named for.",
        }
    )
    NO_INVITATION = Text("This link does not hold")

    ACCOUNT = Text("Your account")
    LANGUAGE = Text("Language")
    CHANGE_PASSWORD = Text("Change the password")
    OLD_PASSWORD = Text("Present password")
    NEW_PASSWORD = Text("New password")
    CHANGED = Text("The password is changed. Wherever else you were signed in, you are not any more.")
    EVERYWHERE_LEAD = Text("Ends it on every device on which you are signed in, this one too.")
    BACK = Text("Back to ROM Vision")

    @property
    def PASSWORD_HELP(self) -> str:  # noqa: N802 - beside the texts
        """How it has to be."""
        return say("At least {count} letters. A few words in a row are easy to keep in mind.", count=SHORTEST)

    def signed_in(self, display_name: str, user_name: str, role: Role) -> str:
        """Who it is."""
        return f"{display_name} ({user_name}), {lowered(self.ROLES[role])}"

    def first_code(self, code: str) -> str:
        """What the program's window shows."""
        return f"Nobody has an account yet. The code for making the owner's: {code}"


words = EntranceWords()
