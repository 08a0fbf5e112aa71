"""The drawing of a street: folded, unfolded in place, and the pages of its coverage."""

import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from shige.redline.organisations.commands import found
from shige.trust.gate import SYSTEM

from ..conftest import Town


@pytest.fixture(autouse=True)
def without_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' words are tested here; the built scripts have their own test in a browser."""
    loader = "django_vite.core.asset_loader.DjangoViteAssetLoader.generate_vite_asset"
    monkeypatch.setattr(loader, lambda *args, **kwargs: "")


@pytest.fixture
def wide(town: Town) -> Town:
    """A second community, so that the street is folded first."""
    town.add("yinxing", "community", "510199001002", "street")
    town.grid("second", "community", "yinxing", "510199001002")
    town.grid("east", "general", "second", "510199001002")
    found(SYSTEM, "玉兰社区党委", "street_cadres", town["whole"].pk)
    return town


def test_a_street_is_folded_first(wide: Town, sign_in) -> None:
    answer = sign_in("street_officer", wide["street"]).get("/redline/")
    stops = {stop.name: stop for stop in answer.context["drawing"].stops}
    assert [stops[name].grids for name in ("yulan", "yinxing")] == [None, None]
    assert [stops[name].gaps.number for name in ("yulan", "yinxing")] == [5, 2]
    page = answer.content.decode()
    assert "Place(" not in page, "the frame names the place of whoever is signed in"
    assert "玉兰社区党委" in page and "5 处缺口" in page and wide["n1"].code not in page


def test_a_community_unfolds_with_and_without_a_script(wide: Town, sign_in) -> None:
    client = sign_in("street_officer", wide["street"])
    code = wide["yulan"].code
    part = client.get(f"/redline/communities/{code}/").content.decode()
    page = client.get(f"/redline/?open={code}").content.decode()
    for shown in (part, page):
        assert f"/map/?grid={wide['n1'].code}" in shown and wide["east"].code not in shown
    every = client.get("/redline/?open=all").content.decode()
    assert wide["n1"].code in every and wide["east"].code in every


@pytest.mark.parametrize(("role", "area"), [("community_chief", "yulan"), ("party_overseer", "north")])
def test_nobody_unfolds_a_community_of_others(wide: Town, sign_in, role: str, area: str) -> None:
    client = sign_in(role, wide[area])
    assert client.get(f"/redline/communities/{wide['yinxing'].code}/").status_code == 404
    assert client.get(f"/redline/grids/?area={wide['yinxing'].code}").status_code == 404
    assert client.get(f"/redline/coverage/?area={wide['yinxing'].code}").status_code == 404
    assert client.get(f"/redline/coverage/months/?area={wide['street'].code}").status_code == 404
    assert client.get(f"/redline/communities/{wide['yulan'].code}/").status_code == 200


def test_every_number_of_the_pages_opens_its_list(wide: Town, sign_in) -> None:
    client = sign_in("street_officer", wide["street"])
    found_links = set()
    for path in ("/redline/", "/redline/coverage/", "/redline/coverage/months/"):
        page = client.get(path).content.decode()
        found_links |= set(re.findall(r'href="(/redline/grids/\?[^"]*)"[^>]*>(?:[^<]*?)(\d+)[^<]*<', page))
    assert len(found_links) > 20
    for address, number in found_links:
        assert client.get(address.replace("&amp;", "&")).context["count"] == int(number), address


def test_a_list_is_handed_out_as_it_is_filtered(wide: Town, sign_in, client: Client) -> None:
    sign_in("street_officer", wide["street"])
    for path in (
        "/redline/grids/export/?state=gap",
        "/redline/coverage/export/",
        "/redline/coverage/months/export/",
        "/redline/export/?text=玉兰",
    ):
        answer = client.get(path)
        assert answer.status_code == 200 and "sheet" in answer["Content-Type"]


def test_areas_are_told_with_the_worst_first_and_handed_out_so(wide: Town, sign_in) -> None:
    client = sign_in("street_officer", wide["street"])
    page = client.get("/redline/coverage/?by=3").context
    shares = [part.shares[3].percent or 0 for part in page["parts"]]
    assert len(shares) == 2 and shares == sorted(shares, reverse=True)
    file = client.get("/redline/coverage/export/?by=3").content
    sheet = load_workbook(io.BytesIO(file)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    at = next(place for place, row in enumerate(rows) if row[0] == "区域")
    assert rows[at - 1][0] is None and "占比" in rows[0][3]
    assert [row[0] for row in rows[at + 1 :]] == [part.name for part in page["parts"]]
    assert client.get("/redline/coverage/?by=99").context["by"] is None


def test_a_field_that_does_not_fit_leaves_the_others(wide: Town, sign_in) -> None:
    client = sign_in("street_officer", wide["street"])
    gaps = client.get("/redline/grids/?state=gap").context["count"]
    answer = client.get("/redline/grids/?state=gap&day=32.13.2026")
    assert answer.context["count"] == gaps and answer.context["form"].errors["day"]
    backwards = client.get("/redline/coverage/?before=2026-05-01&day=2026-04-01")
    assert backwards.context["form"].errors["before"] and "晚于" in backwards.content.decode()


def test_the_map_colours_what_is_overseen_and_hatches_gaps(wide: Town, sign_in) -> None:
    answer = sign_in("street_officer", wide["street"]).get("/redline/map/")
    line = answer.context["config"]["line"]
    assert line["community"] == {
        "covered": [wide["whole"].code], "stood_in": [], "gap": [wide["second"].code]
    }  # fmt: skip
    assert line["exclusive"] == {"covered": [], "stood_in": [wide["tower"].code], "gap": []}
    assert "无党组织" in answer.content.decode()
    assert answer.context["config"]["bounds"] == [104.0, 30.0, 104.1, 30.1]


def test_a_district_chooses_the_street_of_a_map(wide: Town, sign_in) -> None:
    client = sign_in("district_centre", wide["district"])
    assert wide["street"].code in client.get("/redline/map/").content.decode()
    assert "config" in client.get(f"/redline/map/?area={wide['street'].code}").context


@pytest.mark.parametrize("role", ["micro_worker", "department", "property_company"])
def test_coverage_is_not_for_every_role(wide: Town, sign_in, role: str) -> None:
    client = sign_in(role, wide["street"])
    for path in ("grids/", "map/", "grids/export/", "coverage/", "coverage/export/", "coverage/months/"):
        assert client.get(f"/redline/{path}").status_code == 403


def test_programs_read_the_same(wide: Town, sign_in) -> None:
    client = sign_in("street_officer", wide["street"])
    listed = client.get("/api/v1/redline/grids?state=gap").json()
    assert listed["count"] == len(listed["rows"]) == 7
    assert {tuple(row["found"]) for row in listed["rows"]} == {("gap",)}
    told = client.get("/api/v1/redline/coverage").json()
    assert {part["name"] for part in told["parts"]} == {"yulan", "yinxing"}
    assert len(client.get("/api/v1/redline/coverage/months").json()) == 12
    assert client.get("/api/v1/redline/grids?area=510199009999").status_code == 404
    assert client.get("/api/v1/redline/grids?state=nonsense").status_code == 422
    exported = client.get("/api/v1/redline/organisations?text=玉兰").json()
    assert [row["name"] for row in exported] == ["玉兰社区党委"]
    assert client.get("/api/v1/redline/organisations?text=银杏").json() == []
