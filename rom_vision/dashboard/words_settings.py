"""What the page of the settings says."""

from rom_vision.accounts import Account, Role
from rom_vision.capture.camera_profiles import Profile
from rom_vision.dashboard.entrance.words import words as entrance_words
from rom_vision.exchange import captions
from rom_vision.language import Text, Texts, say
from rom_vision.records.tables_practice import ForceUnit, Keeping


class SettingsWords:
    """What the page of the settings says."""

    SETTINGS = Text("Settings")
    PRACTICE = Text("Practice")
    VIDEOS = Text("Videos")
    CAMERAS = Text("Cameras")
    ACCOUNTS = Text("Accounts")

    PRACTICE_LEAD = Text("Stands at the head of each report for a physician.")
    NAME = Text("Name of the practice")
    ADDRESS = Text("Address")
    THERAPIST = Text("Therapist who signs")
    THERAPIST_HELP = Text("Where no session of the report names a therapist.")
    LANGUAGE = Text("Language of the pages")
    LANGUAGE_HELP = Text(
        "Of whoever has not chosen their own, on the page where they sign in or under “Your account”."
    )
    AS_ASKED_FOR = Text("As each browser asks for")
    FORCE = Text("Unit of forces")
    FORCE_HELP = Text("In which they are written down and read. The record and the exports keep newtons.")
    FORCES = Texts[ForceUnit]({"N": "Newtons (N)", "kgf": "Kilograms (kgf)", "lbf": "Pounds (lbf)"})
    PAPER = Text("Paper of the report")
    SAVE = Text("Save")
    SAVED = Text("Saved.")

    VIDEOS_LEAD = Text("What becomes of a film once it is measured. Numbers and curves stay in any case.")
    KEEPING = Texts[Keeping](
        {
            "keep": "Keep all",
            "cover": "Keep with covered faces",
            "days": "Delete after some days",
            "drop": "Delete as soon as it is measured",
        }
    )
    DAYS = Text("Days")
    VIDEOS_WARNING = Text(
        "Deleted films are gone for good: they can be neither looked at nor measured again. Those that are due "
        "are "
        "deleted when this is saved, when the program starts, and every day."
    )
    SURE = Text("Yes, delete the films that are due")

    CAMERAS_LEAD = Text(
        "Calibrated with `rom-vision calibrate`; a calibrated camera measures better from odd views."
    )
    NO_CAMERA = Text("None yet: every camera counts as a phone like most.")
    REMOVE = Text("Remove")
    REMOVE_SURE = Text("Remove for good")

    INVITE = Text("Invite somebody")
    ROLE = Text("Role")
    CLIENT = Text("Client")
    REVIEWED = Text("Clients whom the reviewer may see")
    MAKE_LINK = Text("Make a link")
    LINK = Text("Send this link to them. It holds for 7 days, works once, and is shown only now:")
    YOU = Text("you")
    LOCK = Text("Lock")
    UNLOCK = Text("Let in again")
    SIGN_OUT = Text("Sign out everywhere")
    LOCKED = Text("locked")

    def deleted(self, count: int) -> str:
        """What came of saving."""
        if count == 1:
            return say("Saved. Films of 1 measurement deleted.")
        return say("Saved. Films of {count} measurements deleted.", count=count)

    def camera(self, profile: Profile) -> str:
        """A camera and how good its calibration is."""
        wide, high = profile.camera.size_px
        error = say(
            "error {error_px:.2f} px, good" if profile.is_good else "error {error_px:.2f} px, usable",
            error_px=profile.error_px,
        )
        return f"**{profile.camera.name}** · {wide} × {high} · {error} · {captions.day(profile.made_on)}"

    def role(self, of: Role) -> str:
        """As people say it."""
        return entrance_words.ROLES[of]

    def account(self, one: Account, mine: Account) -> str:
        """An account in a line."""
        notes = [
            self.YOU if one.id == mine.id else "",
            f":red[{self.LOCKED}]" if one.disabled else "",
            *sorted(one.client_ids),
        ]
        parts = (f"**{one.display_name}**", one.user_name, self.role(one.role), *notes)
        return " · ".join(part for part in parts if part)


words_settings = SettingsWords()
