"""Pages about many matters: kept filters, a telephone, several passed on, the map; each for its people."""

import json

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate

from shige.matters.confirmation.commands.answers import confirm
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.lists.queries.page import BACK, cursor_at
from shige.matters.models import Matter, SavedFilter
from shige.matters.visibility.queries.sight import who_sees
from shige.territory.models import Area
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import JournalEntry, VaultReading
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_handling import solved
from tests.matters.handling.test_pages import number_of, signed_in

from ..town import WEDNESDAY, Town, report

pytestmark = pytest.mark.django_db

EVERYWHERE = "103.9,29.9,104.2,30.2"
CHAIN = ("micro_worker", "fulltime_worker", "community_chief")


@pytest.fixture(autouse=True)
def fresh_choices() -> None:
    """Forget what another test's town has offered."""
    cache.clear()


def test_search_finds_words_place_and_number(town: Town) -> None:
    number = number_of(town, words="三单元路灯不亮", place=town.place("micro"))
    number_of(town, words="井盖松动", place=town.place("micro2"))
    client = signed_in(town, "street_officer")
    for text in ("路灯", "路灯不亮", number, number.split("-")[1], "灯"):
        rows = client.get("/office/matters/", {"text": text}).context["rows"]
        assert [row.number for row in rows] == [number], text
    assert client.get("/office/matters/", {"text": "路灯松动"}).context["rows"] == []


def test_search_never_finds_sealed_words_but_the_clean_gist(town: Town) -> None:
    number = number_of(town, "05.4", words="邻居漏水拍门", phone="13812345678")
    Matter.objects.update(gist="楼上漏水纠纷")
    client = signed_in(town, "street_officer")
    assert client.get("/office/matters/", {"text": "拍门"}).context["rows"] == []
    assert client.get("/office/matters/", {"text": "13812345678"}).context["rows"] == []
    assert [row.number for row in client.get("/office/matters/", {"text": "漏水"}).context["rows"]] == [
        number
    ]


def test_a_search_with_signs_of_the_query_language_is_only_text(town: Town) -> None:
    number = number_of(town, words="open，灯坏了", place=town.place("micro"))
    number_of(town, words="井盖松动", place=town.place("micro"))
    client = signed_in(town, "street_officer")
    for text, found in (("a & | !", []), ("#open", [number]), ("灯':*", [number])):
        assert [row.number for row in client.get("/office/matters/", {"text": text}).context["rows"]] == found


@pytest.mark.parametrize("text", ["'", "\\", "🙂", "？？", "Дорога", "…"])
def test_a_search_without_any_word_finds_nothing_and_says_why(town: Town, text: str) -> None:
    number = number_of(town, place=town.place("micro"))
    client = signed_in(town, "street_officer")
    page = client.get("/office/matters/", {"text": text})
    assert page.context["rows"] == [] and "没有可检索的内容" in page.content.decode()
    assert number not in client.get("/office/matters/export.csv", {"text": text}).content.decode()
    assert spots_for(town, "street_officer", text=text, zoom=17) == []
    assert client.get("/office/matters/", {"text": "  "}).context["rows"]


def test_a_filter_is_kept_used_replaced_and_dropped(town: Town) -> None:
    client = signed_in(town, "community_chief")
    given = {"name": "环境", "query": "category=02&cursor=x&state=all&evil=1"}
    assert client.post("/office/matters/filters/", given).url == "/office/matters/?state=all&category=02"
    client.post("/office/matters/filters/", given | {"query": "category=03"})
    kept = SavedFilter.objects.get()
    assert kept.query == "category=03"
    page = client.get("/office/matters/?category=03")
    assert [one.name for one in page.context["kept"]] == ["环境"]
    other = signed_in(town, "street_officer")
    assert other.get("/office/matters/").context["kept"] == []
    assert other.post(f"/office/matters/filters/{veil(kept.pk)}/drop/").status_code == 404
    assert client.post(f"/office/matters/filters/{veil(kept.pk)}/drop/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_a_filter_without_a_name_is_refused(town: Town) -> None:
    client = signed_in(town, "community_chief")
    assert client.post("/office/matters/filters/", {"name": " ", "query": ""}).status_code == 422
    for turn in range(20):
        client.post("/office/matters/filters/", {"name": str(turn), "query": "tier=C"})
    assert client.post("/office/matters/filters/", {"name": "21", "query": ""}).status_code == 422


def test_a_telephone_finds_its_matters_and_leaves_a_record(town: Town) -> None:
    """P7: nothing is opened; the journal knows who looked, not for which number, and the matter why (P5)."""
    number = number_of(town, "05.4", words="邻居漏水", phone="138 1234-5678", place=town.place("micro"))
    number_of(town, phone="13900000000", place=town.place("micro"))
    number_of(town, phone="13812345678", place=town.place("micro3"))
    client = signed_in(town, "community_chief")
    page = client.post(
        "/office/matters/by-phone/", {"phone": "１３８ 1234 5678", "reason": "她来电13811112222"}
    )
    assert [row.number for row in page.context["rows"]] == [number]
    assert "13812345678" not in page.content.decode() and "no-store" in page["Cache-Control"]
    looked = JournalEntry.objects.get(verb="vault.looked_up")
    assert (looked.actor_id, looked.facts) == (town.persons["community_chief"].pk, {"found": 1})
    assert JournalEntry.objects.filter(verb="matter.found_by_phone").count() == 1
    _can_see, opened = who_sees(town.viewer("community_chief"), Matter.objects.get(number=number))
    (sealed,) = (one for one in opened if one.what == "contact")
    assert sealed.person == "community_chief"
    assert sealed.why == "按电话查到，未打开内容：她来电***********"
    assert VaultReading.objects.count() == 1
    for wrong in ({"phone": "abc", "reason": "来电"}, {"phone": "13812345678", "reason": " "}):
        assert client.post("/office/matters/by-phone/", wrong).status_code == 422


def test_a_neighbour_tests_no_telephone_against_what_others_handle(town: Town) -> None:
    """A micro-grid worker finds what is theirs to open, not the confidential matters of their grid."""
    phone = "13812345678"
    theirs = number_of(town, "05.4", words="邻居漏水", phone=phone, place=town.place("micro"))
    others = number_of(town, "02.1", phone=phone, place=town.place("micro"))
    assert town.owner(Matter.objects.get(number=others)) != "micro_worker"
    client = signed_in(town, "micro_worker")
    page = client.post("/office/matters/by-phone/", {"phone": phone, "reason": "回访"})
    assert [row.number for row in page.context["rows"]] == [theirs]
    assert VaultReading.objects.count() == 1


def test_a_department_looks_no_telephone_up(town: Town) -> None:
    number_of(town, "04.5", phone="13812345678")
    client = signed_in(town, "department")
    assert (
        client.post("/office/matters/by-phone/", {"phone": "13812345678", "reason": "来电"}).status_code
        == 403
    )
    assert not client.get("/office/matters/").context["may_find"]


def test_several_are_passed_on_and_the_refused_are_named(town: Town) -> None:
    first, second = (number_of(town, "02.1", place=town.place("micro")) for _ in range(2))
    solved = number_of(town, "02.1", place=town.place("micro"))
    take(SYSTEM, solved)
    Matter.objects.filter(number=solved).update(state="closed", open=False, running=False)
    client = signed_in(town, "street_officer")
    page = client.get("/office/matters/assign/", {"number": [first, second, solved]})
    assert {row.number for row in page.context["found"].others} == {solved}
    given = {"number": [first, second, solved], "post": town.posts["community_chief2"].pk, "note": "统一办理"}
    told = client.post("/office/matters/assign/", given).context
    assert {outcome.number for outcome in told["done"]} == {first, second}
    assert [outcome.number for outcome in told["refused"]] == [solved]
    assert town.owner(Matter.objects.get(number=first)) == "community_chief2"
    assert Matter.objects.get(number=solved).owner_id == town.posts["community_chief"].pk
    assert Matter.objects.get(number=first).steps.filter(action="pass_on").count() == 1


def test_passing_many_on_needs_a_reason_and_ones_own_matters(town: Town) -> None:
    mine, foreign = number_of(town, "01.1"), number_of(town, "01.1", place=town.place("micro3"))
    client = signed_in(town, "community_chief")
    page = client.get("/office/matters/assign/", {"number": [mine, foreign]})
    found = page.context["found"]
    assert [row.number for row in (*found.rows, *found.others)] == [mine]
    post = town.posts["fulltime_worker"].pk
    assert client.post("/office/matters/assign/", {"number": mine, "post": post}).status_code == 422
    assert signed_in(town, "micro_worker").get("/office/matters/assign/").status_code == 403
    assert not Matter.objects.filter(version__gt=1).exists()


def spots_for(town: Town, who: str, **more: object) -> list[dict[str, object]]:
    """Return what the map shows somebody, as its signs' properties."""
    asked = {"bbox": EVERYWHERE, "zoom": 12, **more}
    return [
        one["properties"]
        for one in signed_in(town, who).get("/office/matters/map/spots.json", asked).json()["features"]
    ]


def test_the_map_counts_afar_and_tells_each_apart_near(town: Town) -> None:
    numbers = {number_of(town, place=town.place(grid)) for grid in ("micro", "micro2", "micro3")}
    far = spots_for(town, "street_officer")
    assert sum(one["count"] for one in far) == 3 and not any("number" in one for one in far)
    near = spots_for(town, "street_officer", zoom=17)
    assert {one["number"] for one in near} == numbers
    assert {one["number"] for one in spots_for(town, "micro_worker3", zoom=17)} < numbers
    assert spots_for(town, "street_officer", zoom=17, category="02") == []


def test_confidential_matters_are_only_counted_by_their_community(town: Town) -> None:
    number_of(town, "05.4", words="邻居漏水", place=town.place("micro"))
    for zoom in (12, 18):
        found = spots_for(town, "community_chief", zoom=zoom)
        assert [(one["count"], one["community"]) for one in found] == [(1, town.areas["east"].pk)]
    listed = signed_in(town, "community_chief").get("/office/matters/", {"within": EVERYWHERE})
    assert listed.context["rows"] == []


def test_the_map_never_shows_a_sealed_matter(town: Town) -> None:
    """P3, P4: neither as a sign nor in a count; below the street the file knows as little."""
    number = number_of(town, "11.3")
    for who in CHAIN:
        client = signed_in(town, who)
        assert spots_for(town, who) == [] == spots_for(town, who, zoom=18)
        assert client.get("/office/matters/", {"text": number, "state": "all"}).context["rows"] == []
        assert number not in client.get("/office/matters/export.csv", {"text": number}).content.decode()
        if who == "community_chief":
            assert client.get("/office/matters/assign/", {"number": number}).status_code == 302
        told = client.post("/office/matters/by-phone/", {"phone": "13812345678", "reason": "来电"})
        assert told.context["rows"] == []
    assert spots_for(town, "service_centre") == []


def test_a_search_by_place_finds_no_sealed_matter_its_number_does(town: Town) -> None:
    """P3, P4: whoever searches a house must not learn that somebody there spoke of violence."""
    number = number_of(town, "05.6", place=town.place("micro"))
    assert Matter.objects.get().place == "玉兰路1号"
    client = signed_in(town, "service_centre")
    assert client.get("/office/matters/", {"text": "玉兰路1号"}).context["rows"] == []
    found = client.get("/office/matters/", {"text": number}).context["rows"]
    assert [(row.number, row.place) for row in found] == [(number, "")]


def test_a_sealed_matter_is_not_found_by_telephone_below_the_street(town: Town) -> None:
    number = number_of(town, "11.3", phone="13812345678")
    for who, found in (("community_chief", []), ("service_centre", [number])):
        page = signed_in(town, who).post(
            "/office/matters/by-phone/", {"phone": "13812345678", "reason": "来电"}
        )
        assert [row.number for row in page.context["rows"]] == found


@pytest.mark.parametrize(
    "asked", [{}, {"bbox": "1,2,3"}, {"bbox": "nan,0,1,1", "zoom": 3}, {"bbox": EVERYWHERE}]
)
def test_a_map_without_a_part_is_refused(town: Town, asked: dict[str, str]) -> None:
    answer = signed_in(town, "street_officer").get("/office/matters/map/spots.json", asked)
    assert answer.status_code == 422


def test_signs_of_many_stay_few(town: Town, django_assert_max_num_queries: object) -> None:
    given = report(category="01.1", place=town.place("micro"))
    model = file_matter(PUBLIC, given).matter
    copies = []
    for turn in range(400):
        fresh = Matter.objects.defer("search").get(pk=model.pk)
        fresh.pk, fresh.number, fresh.tracking_digest = None, f"copy-{turn}", str(turn).encode()
        fresh.idempotency_key, fresh.lon = None, 104.0 + turn * 0.0004
        copies.append(fresh)
    Matter.objects.bulk_create(copies)
    client = signed_in(town, "street_officer")
    client.get("/office/matters/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        answer = client.get("/office/matters/map/spots.json", {"bbox": EVERYWHERE, "zoom": 22})
    features = json.loads(answer.content)["features"]
    assert sum(one["properties"]["count"] for one in features) == 401 and len(features) < 100


def test_a_number_of_the_figures_opens_what_it_counts(town: Town) -> None:
    """By the code of an area and the days of reporting, whatever became of it since."""
    found = solved(town)
    confirm(PUBLIC, found.tracking_code, 5)
    area, day = town.areas["general"], localdate(found.matter.reported_at).isoformat()
    Area.objects.filter(pk=area.pk).update(code="510199001001100001")
    client = signed_in(town, "street_officer")

    def listed(**given: str) -> bool:
        asked = {"state": "all", "grid": "510199001001100001"} | given
        return found.matter.number in client.get("/office/matters/", asked).content.decode()

    assert listed(since=day, until=day)
    assert not listed(until="2026-01-01") and not listed(since="2127-01-01")
    assert not listed(grid="510199001001100002", since="2127-01-01")
    assert listed(since="0001-01-01", until="9999-12-31")


def test_no_cursor_looks_like_one_that_leads_back() -> None:
    assert not any(cursor_at(WEDNESDAY, key).startswith(BACK) for key in range(300))
