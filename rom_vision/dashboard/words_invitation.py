"""What the page of a client says about their own account."""

from typing import Final

INVITE: Final = "Invite to film at home"
INVITE_HELP: Final = "Makes a link with which the client makes an own account, and sees exercises and progress."
