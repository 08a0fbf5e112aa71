"""What lives for minutes or hours only and is in no backup: there it would outlive its time (P6)."""

from typing import Final

TABLES: Final = frozenset(
    {
        "django_session",
        "usersessions_usersession",
        "account_emailconfirmation",
        "channels_keptdraft",
        "channels_takenform",
        "channels_knocks",
        "channels_recovery",
        "trust_cache",
        "trust_retentionclock",
        "trust_signinfailure",
        "trust_passwordlink",
        "trust_signinlink",
        "members_invitation",
    }
)
"""Sessions and from where they are, what opens one or invites, how often one tried, what is being written."""

FOLDERS: Final = frozenset({"drafts", "uploads"})
"""Folders of the media: files of reports that were not sent, and what has not arrived whole."""
