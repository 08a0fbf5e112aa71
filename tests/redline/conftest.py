"""A small fictional street with every kind of grid, and people to act on it."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from shige.redline.organisations.writing import Decision
from shige.territory.models import Area, GridVersion, Plan
from shige.trust.gate import Scope, Viewer
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import today

STREET_CODE = "510199001000"


@dataclass
class Town:
    """Areas by a short name, and how to add to them."""

    areas: dict[str, Area] = field(default_factory=dict)
    serial: int = 0

    def __getitem__(self, name: str) -> Area:
        return self.areas[name]

    def add(self, name: str, level: str, code: str, upper: str | None = None) -> Area:
        """Add an area whose ancestors are those of ``upper``."""
        above = self.areas[upper] if upper else None
        kind = Area.Kind.GRID if len(code) == 18 else Area.Kind.DIVISION
        area = Area.objects.create(kind=kind, level=level, code=code, name=name, sort_key=name, parent=above)
        for column in ("district", "street", "community", "general"):
            setattr(area, f"{column}_id", getattr(above, f"{column}_id") if above else None)
        if level in {"district", "street", "general"} or (level == "community" and len(code) == 12):
            setattr(area, f"{level}_id", area.pk)
        area.save()
        self.areas[name] = area
        return area

    def grid(self, name: str, level: str, upper: str, community: str = "510199001001") -> Area:
        """Add a grid that is in force."""
        self.serial += 1
        digit = {"community": 0, "general": 1, "micro": 2, "exclusive": 3}[level]
        area = self.add(name, level, f"{community}{digit}{self.serial:05d}", upper)
        plan = Plan.objects.create(scope=area, profile="chengdu", outcome={})
        GridVersion.objects.create(
            area=area,
            plan=plan,
            community_id=area.community_id,
            level=level,
            valid=DateRange(today(), None),
            households=80,
            shops=0,
            hours=2.5,
            shape=b"",
            box=(104.0, 30.0, 104.1, 30.1),
        )
        return area


@pytest.fixture
def town(db: None) -> Town:
    """One community with two general grids, three micro-grids and an exclusive grid."""
    made = Town()
    made.add("district", "district", "510199000000")
    made.add("street", "street", STREET_CODE, "district")
    made.add("yulan", "community", "510199001001", "street")
    made.grid("whole", "community", "yulan")
    made.grid("north", "general", "whole")
    made.grid("south", "general", "whole")
    made.grid("n1", "micro", "north")
    made.grid("n2", "micro", "north")
    made.grid("s1", "micro", "south")
    made.grid("tower", "exclusive", "whole")
    return made


def serving(role: str, area: Area) -> Viewer:
    """Return somebody who serves ``area`` in ``role``."""
    return Viewer(scopes=(Scope(0, role, area.level, area.pk),))


def decided(days_ago: int = 0, reason: str = "换届") -> Decision:
    """Return what is decided from some days ago on; negative ones lie ahead."""
    return Decision(today() - timedelta(days=days_ago), reason)


LONG_AGO = decided(900)


@pytest.fixture
def officer(town: Town) -> Viewer:
    """An officer of the street."""
    return serving("street_officer", town["street"])


def overseer_post(area: Area, name: str = "overseer") -> Post:
    """Open a post that oversees ``area``."""
    return Post.objects.create(role="party_overseer", area=area, name=name)


def appoint(post: Post, name: str) -> Person:
    """Give ``post`` to a new person."""
    person = Person.objects.create(username=name, service_name=name)
    Appointment.objects.create(person=person, post=post, valid=DateRange(today(), None))
    return person


@pytest.fixture
def sign_in(client: Client):
    """Return a function that signs somebody in who serves an area."""

    def enter(role: str, area: Area) -> Client:
        post = Post.objects.create(role=role, area=area, name=f"{role} of {area.name}")
        client.force_login(appoint(post, f"{role}-{area.name}"))
        session = client.session
        session["sample_sign_in"] = True
        session.save()
        return client

    return enter
