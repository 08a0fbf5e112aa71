"""The pages of the one red line: who opens them, what they say, what they ask the database."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shige.redline.line import pages
from shige.redline.line.queries import walk
from shige.redline.models import Standing
from shige.redline.organisations.commands import found
from shige.territory.models import GridVersion
from shige.trust.gate import SYSTEM
from shige.trust.queries import today
from shige.trust.templatetags.veils import veil

from ..conftest import LONG_AGO, Town, overseer_post

DECIDED = {"on": str(today()), "reason": "换届"}


@pytest.fixture(autouse=True)
def without_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' words are tested here; the built scripts have their own test in a browser."""
    loader = "django_vite.core.asset_loader.DjangoViteAssetLoader.generate_vite_asset"
    monkeypatch.setattr(loader, lambda *args, **kwargs: "")


@pytest.mark.parametrize("role", ["micro_worker", "fulltime_worker", "department", "property_company"])
def test_the_line_is_not_for_every_role(town: Town, sign_in, role: str) -> None:
    assert sign_in(role, town["street"]).get("/redline/").status_code == 403


def test_the_public_is_asked_to_sign_in(town: Town, client: Client) -> None:
    assert client.get("/redline/").status_code == 302


@pytest.mark.parametrize(
    ("role", "area"),
    [("street_officer", "street"), ("party_overseer", "north"), ("community_chief", "yulan")],
)
def test_the_line_opens_on_the_own_street(town: Town, sign_in, role: str, area: str) -> None:
    answer = sign_in(role, town[area]).get("/redline/")
    assert answer.status_code == 200
    assert answer.context["street"] == town["street"]


@pytest.mark.parametrize(
    ("role", "area", "named"),
    [("street_officer", "street", ("street",)), ("party_overseer", "north", ("street", "north"))],
)
def test_the_line_is_called_after_what_is_seen_of_it(
    town: Town, sign_in, role: str, area: str, named: tuple[str, ...]
) -> None:
    drawing = sign_in(role, town[area]).get("/redline/").context["drawing"]
    assert drawing.name == " · ".join(town[name].name for name in named)


def test_the_overseer_of_a_community_grid_lands_on_oversight_and_reads_line_and_figures(
    town: Town, sign_in
) -> None:
    """A post of the community grid serves what the community's division holds."""
    client = sign_in("party_overseer", town["whole"])
    assert client.get("/office/", follow=True).redirect_chain[-1][0].endswith("/oversight/")
    (stop,) = client.get("/redline/").context["drawing"].stops
    seen = {grid.code for node in stop.grids for grid in walk(node)}
    assert {town[name].code for name in ("whole", "north", "n1", "tower")} <= seen
    figures = client.get("/figures/")
    assert figures.status_code == 200 and figures.context["area"] == town["yulan"]


def test_a_refusal_keeps_the_frame_of_whoever_is_signed_in(town: Town, sign_in, client: Client) -> None:
    for path in ("/office/desk/", "/office/nowhere/"):
        assert 'id="rail"' not in client.get(path, follow=True).content.decode()
    overseer = sign_in("party_overseer", town["whole"])
    for path, status in (("/office/desk/", 403), ("/office/nowhere/", 404)):
        answer = overseer.get(path)
        assert answer.status_code == status and 'id="rail"' in answer.content.decode()


def test_gaps_lead_to_the_map_and_to_the_form(town: Town, sign_in) -> None:
    page = sign_in("street_officer", town["street"]).get("/redline/").content.decode()
    assert f"/map/?grid={town['n1'].code}" in page
    assert f"/redline/grids/{town['n1'].code}/add/" in page


def test_an_overseer_reads_and_is_offered_no_form(town: Town, sign_in) -> None:
    client = sign_in("party_overseer", town["street"])
    assert "/add/" not in client.get("/redline/").content.decode()
    assert client.get(f"/redline/grids/{town['n1'].code}/add/").status_code == 403


def test_the_word_for_the_line_is_always_one_red_line(town: Town, sign_in) -> None:
    page = sign_in("street_officer", town["street"]).get("/redline/").content.decode()
    assert "一根红线" in page
    assert not re.search("(?<!一根)红线", page)


def test_an_unknown_street_is_not_found(town: Town, sign_in) -> None:
    assert sign_in("street_officer", town["street"]).get("/redline/?street=1").status_code == 404


def test_a_profile_without_pairs_is_told(town: Town, sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = pages.profile().model_copy(update={"redline": ()})
    for module in ("line.pages", "line.queries", "coverage.findings", "rules"):
        monkeypatch.setattr(f"shige.redline.{module}.profile", lambda: bare)
    with translation.override("en"):
        client = sign_in("street_officer", town["street"])
        page = client.get("/redline/", headers={"accept-language": "en"}).content.decode()
    assert "This jurisdiction has no such line" in page


def test_an_organisation_is_added_at_a_gap(town: Town, sign_in) -> None:
    post = overseer_post(town["n1"])
    client = sign_in("street_officer", town["street"])
    address = f"/redline/grids/{town['n1'].code}/add/"
    assert client.get(address).status_code == 200
    answer = client.post(
        address,
        DECIDED | {"name": "一号党小组", "kind": "resident_members", "above": "", "overseer": post.pk},
    )
    assert answer.headers["Location"] == f"/redline/?street={town['street'].code}"
    made = Standing.objects.get()
    assert (made.name, made.area, made.overseer) == ("一号党小组", town["n1"], post)


def test_a_refusal_keeps_what_was_typed(town: Town, sign_in) -> None:
    client = sign_in("street_officer", town["street"])
    address = f"/redline/grids/{town['n1'].code}/add/"
    asked = DECIDED | {"name": "第二党小组", "kind": "resident_members"}
    client.post(address, asked | {"name": "一号党小组"})
    page = client.post(address, asked).content.decode()
    assert 'role="alert"' in page
    assert "第二党小组" in page
    assert Standing.objects.count() == 1


def address_of(body: Standing) -> str:
    """Return the page of an organisation."""
    return f"/redline/organisations/{veil(body.organisation_id)}/"


def test_an_organisation_lives_on_its_page(town: Town, sign_in) -> None:
    top = found(SYSTEM, "党委", "street_cadres", town["whole"].pk, decision=LONG_AGO)
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk, decision=LONG_AGO)
    post = overseer_post(town["north"])
    client, address = sign_in("street_officer", town["street"]), address_of(body)

    def act(code: str, **given: object) -> None:
        answer = client.post(f"{address}{code}/", DECIDED | given)
        assert (answer.status_code, answer.headers.get("Location")) == (302, address), code

    act("oversee", overseer=post.pk)
    act("retie", grid=town["n1"].code, above=veil(top.organisation_id))
    act("rename", name="银杏党小组")
    page = client.get(address).content.decode()
    assert "银杏党小组" in page and "换届" in page and "党委" in page and post.name in page
    refused = client.post(f"{address}close/", DECIDED)
    assert refused.status_code == 422 and post.name in refused.content.decode()
    act("oversee", overseer="")
    act("retie", grid="", above="")
    act("close")
    page = client.get(address)
    assert (
        page.status_code == 200
        and [one["act"].code for one in page.context["acts"]] == ["restore"]
        and page.content.decode().split("<main")[1].count('<form method="post"') == 1
    )


def test_the_line_of_an_earlier_day_shows_the_earlier_grid(town: Town, sign_in) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk, decision=LONG_AGO)
    GridVersion.objects.update(valid=DateRange(LONG_AGO.on, None))
    client = sign_in("street_officer", town["street"])
    client.post(f"{address_of(body)}retie/", DECIDED | {"grid": town["n2"].code, "above": ""})

    def gaps(day: date) -> set[str]:
        return {row.name for row in client.get(f"/redline/grids/?state=gap&day={day}").context["rows"]}

    assert "n2" in gaps(today() - timedelta(days=1)) and "n1" not in gaps(today() - timedelta(days=1))
    assert "n1" in gaps(today()) and "n2" not in gaps(today())


def test_the_secretary_is_offered_what_the_own_community_allows(town: Town, sign_in) -> None:
    found(SYSTEM, "党委", "street_cadres", town["whole"].pk)
    client = sign_in("community_secretary", town["yulan"])
    page = client.get("/redline/").content.decode()
    assert (
        f"/redline/grids/{town['n1'].code}/add/" in page
        and f"/redline/grids/{town['yulan'].code}/add/" in page
    )
    assert f"/redline/grids/{town['street'].code}/add/" not in page
    form = client.get(f"/redline/grids/{town['n1'].code}/add/").context["form"]
    assert "overseer" not in form.fields


def test_a_post_outside_the_choices_is_refused(town: Town, sign_in) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["s1"])
    client = sign_in("street_officer", town["street"])
    answer = client.post(f"{address_of(body)}oversee/", DECIDED | {"overseer": beside.pk})
    assert answer.status_code == 422
    body.refresh_from_db()
    assert body.overseer is None


def test_another_street_edits_nothing_here(town: Town, sign_in) -> None:
    body = found(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    other = town.add("elsewhere", "street", "510199002000", "district")
    client = sign_in("street_officer", other)
    assert client.get(address_of(body)).status_code == 403
    assert client.post(f"{address_of(body)}close/", DECIDED).status_code == 403
    assert client.get(f"/redline/?street={town['street'].code}").status_code == 404


def test_the_page_takes_no_more_statements_for_a_longer_line(town: Town, sign_in) -> None:
    client = sign_in("street_officer", town["street"])
    post = overseer_post(town["street"])
    counts = []
    for number in range(2):
        for serial in range(1 + 6 * number):
            grid = town.grid(f"more{number}{serial}", "micro", "south")
            found(SYSTEM, "党小组", "resident_members", grid.pk, overseer=post.pk)
        with CaptureQueriesContext(connection) as captured:
            client.get("/redline/")
        counts.append(len(captured))
    assert counts[0] == counts[1] < 25
