"""What the page of a client says about their own account."""

from rom_vision.language import Text


class InvitationWords:
    """What the page of a client says about their own account."""

    INVITE = Text("Invite to film at home")
    INVITE_HELP = Text("Makes a link with which the client makes an own account, and sees exercises and progress.")


words_invitation = InvitationWords()
