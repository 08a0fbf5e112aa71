"""The page of the health of the grids: what is said of whom, and who may read it."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from shige.redline.organisations.commands import found
from shige.territory.models import Area, GridVersion, Plan
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import Appointment, Person, Post
from shige.trust.queries import today

from .conftest import Ground


@pytest.fixture(autouse=True)
def without_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' words are tested here; the built scripts have their own test in a browser."""
    loader = "django_vite.core.asset_loader.DjangoViteAssetLoader.generate_vite_asset"
    monkeypatch.setattr(loader, lambda *args, **kwargs: "")


@pytest.fixture
def in_force(ground: Ground) -> Ground:
    """Every grid of the ground is in force; one of six general grids has a Party organisation."""
    plan = Plan.objects.create(scope=ground["street"], profile="chengdu", outcome={})
    for area in Area.objects.filter(kind="grid"):
        GridVersion.objects.create(
            area=area,
            plan=plan,
            parent=area.parent,
            community_id=area.community_id,
            level=area.level,
            valid=DateRange(today(), None),
            households=80,
            shops=0,
            hours=2.5,
            shape=b"",
            box=(104.0, 30.0, 104.1, 30.1),
        )
    kind = next(pair.code for pair in profile().redline if pair.oversees == "general")
    found(SYSTEM, "党支部", kind, ground["c1g1"].pk)
    return ground


def opened_by(client: Client, role: str, area: Area) -> str:
    """Sign somebody in and return the page as they read it."""
    person = Person.objects.create(username=role, service_name=role, password="!")
    post = Post.objects.create(role=role, area=area, name=role)
    Appointment.objects.create(person=person, post=post, valid=DateRange(today(), None))
    client.force_login(person)
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    answer = client.get("/health/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_share_without_a_party_organisation_is_told(in_force: Ground, client: Client) -> None:
    page = opened_by(client, "street_officer", in_force["street"])
    assert "未建党组织的一般网格" in page and "83.3%" in page
    assert f"/redline/?street={in_force['street'].code}" in page


def test_whoever_may_not_see_the_line_reads_the_rest(in_force: Ground, client: Client) -> None:
    page = opened_by(client, "micro_worker", in_force["c1g1m1"])
    assert "在岗人员" in page and "未建党组织的一般网格" not in page


def test_the_page_says_how_to_begin_where_nothing_is_in_force(ground: Ground, client: Client) -> None:
    page = opened_by(client, "street_officer", ground["street"])
    assert "/plans/" in page and "在岗人员" not in page
