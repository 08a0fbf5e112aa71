"""The pages of the one red line: who opens them, what they say, what they ask the database."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shige.redline import pages
from shige.redline.models import Organisation
from shige.redline.queries import walk
from shige.trust.gate import SYSTEM
from shige.trust.templatetags.veils import veil

from .conftest import Town, overseer_post


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
    line = sign_in(role, town[area]).get("/redline/").context["line"]
    assert line.name == " · ".join(town[name].name for name in named)


def test_the_overseer_of_a_community_grid_lands_on_the_line_and_reads_the_figures(
    town: Town, sign_in
) -> None:
    """A post of the community grid serves what the community's division holds."""
    client = sign_in("party_overseer", town["whole"])
    assert client.get("/office/", follow=True).redirect_chain[-1][0].endswith("/redline/")
    found = {grid.code for node in client.get("/redline/").context["line"].grids for grid in walk(node)}
    assert {town[name].code for name in ("whole", "north", "n1", "tower")} <= found
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
    for room in ("pages", "queries", "rules"):
        monkeypatch.setattr(f"shige.redline.{room}.profile", lambda: bare)
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
        address, {"name": "一号党小组", "kind": "resident_members", "parent": "", "overseer": post.pk}
    )
    assert answer.headers["Location"] == f"/redline/?street={town['street'].code}"
    made = Organisation.objects.get()
    assert (made.name, made.area, made.overseer) == ("一号党小组", town["n1"], post)


def test_a_refusal_keeps_what_was_typed(town: Town, sign_in) -> None:
    client = sign_in("street_officer", town["street"])
    address = f"/redline/grids/{town['n1'].code}/add/"
    asked = {"name": "第二党小组", "kind": "resident_members"}
    client.post(address, asked | {"name": "一号党小组"})
    page = client.post(address, asked).content.decode()
    assert 'role="alert"' in page
    assert "第二党小组" in page
    assert Organisation.objects.count() == 1


def test_the_overseer_is_set_and_an_organisation_moved_and_closed(town: Town, sign_in) -> None:
    top = pages.commands.add_organisation(SYSTEM, "党委", "street_cadres", town["whole"].pk)
    body = pages.commands.add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    post = overseer_post(town["north"])
    client = sign_in("street_officer", town["street"])
    address = f"/redline/organisations/{veil(body.pk)}/"
    assert client.get(address).status_code == 200
    client.post(address, {"set_overseer": "1", "overseer": post.pk})
    client.post(address, {"move": "1", "parent": top.pk})
    body.refresh_from_db()
    assert (body.overseer, body.parent) == (post, top)
    client.post(f"{address}close/")
    assert client.get(address).status_code == 404


def test_a_post_outside_the_choices_is_refused(town: Town, sign_in) -> None:
    body = pages.commands.add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    beside = overseer_post(town["s1"])
    client = sign_in("street_officer", town["street"])
    answer = client.post(
        f"/redline/organisations/{veil(body.pk)}/", {"set_overseer": "1", "overseer": beside.pk}
    )
    assert answer.status_code == 200
    body.refresh_from_db()
    assert body.overseer is None


def test_another_street_edits_nothing_here(town: Town, sign_in) -> None:
    body = pages.commands.add_organisation(SYSTEM, "党小组", "resident_members", town["n1"].pk)
    other = town.add("elsewhere", "street", "510199002000", "district")
    client = sign_in("street_officer", other)
    assert client.get(f"/redline/organisations/{veil(body.pk)}/").status_code == 403
    assert client.post(f"/redline/organisations/{veil(body.pk)}/close/").status_code == 403
    assert client.get(f"/redline/?street={town['street'].code}").status_code == 404


def test_the_page_takes_no_more_statements_for_a_longer_line(town: Town, sign_in) -> None:
    client = sign_in("street_officer", town["street"])
    post = overseer_post(town["street"])
    counts = []
    for number in range(2):
        for serial in range(1 + 6 * number):
            grid = town.grid(f"more{number}{serial}", "micro", "south")
            pages.commands.add_organisation(SYSTEM, "党小组", "resident_members", grid.pk, overseer=post.pk)
        with CaptureQueriesContext(connection) as captured:
            client.get("/redline/")
        counts.append(len(captured))
    assert counts[0] == counts[1] < 15
