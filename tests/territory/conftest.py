"""A street with two communities, divided, and people who sign in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from shige.territory.intake.commands.units import import_units
from shige.territory.models import Area, Plan
from shige.territory.plans.commands.decision import decide_plan
from shige.territory.plans.commands.proposal import propose_plan
from shige.trust.gate import SYSTEM, Viewer
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import today, viewer_of
from tests.places import SINCE

from .ground import TWO, ground, units

BEGUN = timedelta(days=30)
TOMORROW = timedelta(days=1)
SignIn = Callable[[str, Area], Client]


@pytest.fixture(autouse=True)
def without_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' words are tested here; the built scripts have their own test in a browser."""
    loader = "django_vite.core.asset_loader.DjangoViteAssetLoader.generate_vite_asset"
    monkeypatch.setattr(loader, lambda *args, **kwargs: "")


@pytest.fixture
def street(db: None) -> Area:
    """A street with 40 ordinary buildings, a tower of 400 households and a market."""
    tower = units(1, TWO, 45, households=400, floors=25, entrances=2, lift=True, address="天府塔1号")
    market = units(1, TWO, 47, use="market", households=0, shops=30, floors=1, manager="示例市场")
    file = [*units(40), *units(5, TWO, 40), *tower, *market]
    import_units(SYSTEM, ground(file).units)
    return Area.objects.get(code="990101001000")


@pytest.fixture
def divided(street: Area) -> Plan:
    """The street with a plan in force for a month."""
    return decide_plan(SYSTEM, propose_plan(SYSTEM, street), today() - BEGUN)


@pytest.fixture
def appointed(db: None) -> Callable[[str, Area], Viewer]:
    """Give a role at an area to somebody and return them as the gate knows them."""

    def appoint(role: str, area: Area) -> Viewer:
        return viewer_of(person_with(role, area))

    return appoint


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """Sign somebody in who holds a role at an area."""

    def enter(role: str, area: Area) -> Client:
        client.force_login(person_with(role, area))
        session = client.session
        session[SAMPLE_SESSION] = True
        session.save()
        return client

    return enter


def person_with(role: str, area: Area) -> Person:
    """Return a new person who holds a new post."""
    number = Person.objects.count() + 1
    person = Person.objects.create(username=f"p{number}", service_name=f"示例员{number}", password="!")
    post = Post.objects.create(role=role, area=area, name=f"{role} {number}", telephone="028-00000000")
    Appointment.objects.create(person=person, post=post, valid=SINCE)
    return person


def first_of(level: str) -> Area:
    """Return the first grid of a level."""
    return Area.objects.filter(kind="grid", level=level).order_by("code")[0]
