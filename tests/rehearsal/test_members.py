"""The sample's members declare through the commands, and the register has something on every page (R11)."""

import pytest

from shige.members.queries import RegisterFilter, register, waiting
from shige.members.reserve import proposed_for
from shige.rehearsal.members import declare_to_serve
from tests.matters.town import build
from tests.members.made import organisation_for

pytestmark = pytest.mark.django_db


def test_the_register_the_declarations_and_the_pool_are_filled() -> None:
    town = build()
    assert declare_to_serve() == 0  # nobody is secretary yet
    town.appoint("secretary", "community_secretary", "east")
    for name, area in (("东区党委", "east"), ("东区第一党支部", "east")):
        organisation_for(town.areas[area], name)
    assert declare_to_serve() == 10
    secretary = town.viewer("secretary")
    found = register(secretary, RegisterFilter())
    assert waiting(secretary).total == 0 and len(waiting(secretary).others) == 2
    assert (found.confirmed, found.waiting, found.ready) == (8, 2, 4) and found.hours > 100
    assert {row.organisation for row in found.rows} == {"东区党委", "东区第一党支部"}
    assert len(proposed_for(secretary, town.areas["micro"])) == 4
