"""What the page of the settings says."""

from typing import Final, get_args

from rom_vision.accounts import Account, Role
from rom_vision.capture.camera_profiles import Profile
from rom_vision.dashboard.entrance import words as entrance_words
from rom_vision.dashboard.words_faces import KEEP_COVERED
from rom_vision.exchange import captions
from rom_vision.records.tables_practice import Keeping

SETTINGS: Final = "Settings"
PRACTICE: Final = "Practice"
VIDEOS: Final = "Videos"
CAMERAS: Final = "Cameras"
ACCOUNTS: Final = "Accounts"

PRACTICE_LEAD: Final = "Stands at the head of each report for a physician."
NAME: Final = "Name of the practice"
ADDRESS: Final = "Address"
THERAPIST: Final = "Therapist who signs"
THERAPIST_HELP: Final = "Where no session of the report names a therapist."
SAVE: Final = "Save"
SAVED: Final = "Saved."

VIDEOS_LEAD: Final = "What becomes of a film once it is measured. Numbers and curves stay in any case."
KEEPING: Final[dict[Keeping, str]] = {
    "keep": "Keep all",
    "cover": KEEP_COVERED,
    "days": "Delete after some days",
    "drop": "Delete as soon as it is measured",
}
WAYS: Final[tuple[Keeping, ...]] = get_args(Keeping)
DAYS: Final = "Days"
VIDEOS_WARNING: Final = (
    "Deleted films are gone for good: they can be neither looked at nor measured again. Those that are due are "
    "deleted when this is saved, when the program starts, and every day."
)
SURE: Final = "Yes, delete the films that are due"

CAMERAS_LEAD: Final = "Calibrated with `rom-vision calibrate`; a calibrated camera measures better from odd views."
NO_CAMERA: Final = "None yet: every camera counts as a phone like most."
REMOVE: Final = "Remove"
REMOVE_SURE: Final = "Remove for good"

INVITE: Final = "Invite somebody"
ROLE: Final = "Role"
CLIENT: Final = "Client"
REVIEWED: Final = "Clients whom the reviewer may see"
MAKE_LINK: Final = "Make a link"
LINK: Final = "Send this link to them. It holds for 7 days, works once, and is shown only now:"
YOU: Final = "you"
LOCK: Final = "Lock"
UNLOCK: Final = "Let in again"
SIGN_OUT: Final = "Sign out everywhere"
LOCKED: Final = "locked"


def deleted(count: int) -> str:
    """What came of saving."""
    return f"{SAVED} Films of {count} measurement{'s' * (count != 1)} deleted."


def camera(profile: Profile) -> str:
    """A camera and how good its calibration is."""
    wide, high = profile.camera.size_px
    good = "good" if profile.is_good else "usable"
    made = captions.day(profile.made_on)
    return f"**{profile.camera.name}** · {wide} × {high} · error {profile.error_px:.2f} px, {good} · {made}"


def role(of: Role) -> str:
    """As people say it."""
    return entrance_words.ROLES[of]


def account(one: Account, mine: Account) -> str:
    """An account in a line."""
    notes = [YOU if one.id == mine.id else "", f":red[{LOCKED}]" if one.disabled else "", *sorted(one.client_ids)]
    return " · ".join(part for part in (f"**{one.display_name}**", one.user_name, role(one.role), *notes) if part)
