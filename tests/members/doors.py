"""What the walk through every address needs to know of pages of the members' register with arguments."""

from typing import Final
from uuid import uuid4

from shige.members.commands import invite
from shige.trust.gate import SYSTEM
from tests.places import Town
from tests.project.door import Arguments, Door

from .made import confirmed, declared, form, organisation_for


def entry_in(town: Town) -> Arguments:
    """Let somebody declare to serve in the community."""
    member, _code = declared(organisation_for(town.areas["community one"]), town.areas["community one"])
    return {"key": member.key}


def invitation_in(town: Town) -> Arguments:
    """Invite somebody for the community."""
    (code,) = invite(SYSTEM, organisation_for(town.areas["community one"]), 1, form())
    return {"code": code}


def own_in(town: Town) -> Arguments:
    """Give the code of somebody who serves."""
    _member, code = confirmed(organisation_for(town.areas["community one"]), town.areas["community one"])
    return {"code": code}


DOORS: Final[dict[str, Door]] = {
    "members:one": entry_in,
    "members:open": entry_in,
    "members:confirm": entry_in,
    "members:decline": entry_in,
    "members:join": invitation_in,
    "members:own": own_in,
    "members:change": own_in,
    "members:withdraw": own_in,
    "members:hours": own_in,
    "members:renew": own_in,
    "members:take_on": own_in,
    "members:undo_hours": lambda town: own_in(town) | {"key": uuid4()},
}
