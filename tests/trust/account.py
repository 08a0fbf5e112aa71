"""An account whose holder has set the password by the link that was made for it."""

from shige.trust.commands import add_person, invite, set_own_password
from shige.trust.gate import SYSTEM
from shige.trust.models import Person

PASSWORD = "a-long-first-password"


def entered(username: str = "new", name: str = "新人") -> Person:
    """Make an account and set its password as its holder does."""
    return set_own_password(invite(SYSTEM, add_person(SYSTEM, username, name)), PASSWORD)
