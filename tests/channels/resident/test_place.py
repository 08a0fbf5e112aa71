"""The screen of the place and the review: found by words, kept with its door, said where it is not ours."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from shige.matters.handling.commands.contact import reveal_contact
from shige.matters.models import Matter
from shige.territory.models import Building, Compound, PlaceName
from shige.territory.places import MOST, index_buildings
from shige.trust.handles import kept
from shige.trust.jurisdiction import profile
from tests.channels.resident.test_report import written
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import OUTSIDE, Town

pytestmark = pytest.mark.django_db

ANSWERED = {"danger": "none"}


def searched(client: Client, query: str, text: str) -> Any:
    """Look for a place without JavaScript; return the page with what was found."""
    return client.post(f"/report/place/?{query}", {"q": text, "search": "1"}, follow=True)


def begun(client: Client, **given: str) -> str:
    """Say the words of an ordinary report; return the query that names its draft."""
    answer = client.post("/report/", {"words": "路灯不亮了", "category": "02.1", **ANSWERED, **given})
    assert answer.status_code == 302 and "/report/place/" in answer["Location"], answer["Location"]
    return str(answer["Location"].partition("?")[2])


def results(page: str) -> str:
    """Return what a search found, without what is offered where there is no line."""
    return page[page.index('id="places"') : page.index("data-as-written")]


def placed(client: Client, query: str, **given: Any) -> Any:
    return client.post(f"/report/place/?{query}", given)


def read(client: Client, address: str) -> str:
    """Return a page as its words stand, whatever the blanks between them."""
    return " ".join(client.get(address, follow=True).content.decode().split())


def test_the_search_works_without_script(client: Client, town: Town) -> None:
    query = begun(client)
    page = searched(client, query, "玉兰路一号").content.decode()
    assert f'name="building" value="{town.buildings["micro"].pk}"' in page
    assert page.index('id="id_q"') < page.index('id="places"') < page.index("data-pin-map")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("玉兰路99号", "已登记的地址里，玉兰路没有99号。"),
        ("1号楼", "请把小区名或路名也写上。"),
        ("没有这条街", "没有找到这个地方。"),
    ],
)
@pytest.mark.parametrize(
    "page", ["/report/place/", "/report/places/", "/my/worker/", "/things/", "/services/near/"]
)
def test_what_is_not_found_says_what_to_do_next(
    client: Client, town: Town, page: str, text: str, said: str
) -> None:
    query = begun(client)
    if page == "/report/place/":  # asked by POST; the page then finds what was asked for
        searched(client, query, text)
    for language, told in (("zh-hans", True), ("en", False)):
        shown = client.get(f"{page}?{query}&q={text}", headers={"accept-language": language})
        assert (said in shown.content.decode()) is told, language


def test_a_number_that_houses_everywhere_bear_offers_none_of_them(client: Client, town: Town) -> None:
    house, query = town.buildings["micro"], begun(client)
    for number in range(MOST):
        compound = Compound.objects.create(community=house.community, name=f"苑{number:02d}")
        same = Building.objects.create(
            unit=f"s{number}", community=house.community, compound=compound, address=f"桂香街{number}号1栋",
            use="residential", households=8, shops=0, floors=8, entrances=2, shape=house.shape, box=house.box,
            lon=house.lon, lat=house.lat,
        )  # fmt: skip
        index_buildings([same.pk])
    found = client.get(f"/report/places/?{query}&q=1栋").content.decode()
    assert "请把小区名或路名也写上" in found and found.count('name="building"') == 1
    around = client.post(f"/report/places/?{query}", {"q": "1栋", "lon": house.lon, "lat": house.lat})
    assert "请把小区名或路名也写上" in around.content.decode() and "桂香街3号1栋" in around.content.decode()


def test_an_exact_house_is_offered_without_a_word_of_doubt(client: Client, town: Town) -> None:
    query = begun(client)
    page = results(searched(client, query, "玉兰路1号").content.decode())
    assert page.count('name="building"') == 2, "the house, and one's own words"
    assert "没有" not in page[:600]


def test_the_door_is_kept_with_the_matter_and_the_room_is_sealed(client: Client, town: Town) -> None:
    query = begun(client)
    house = town.buildings["micro"]
    placed(client, query, building=house.pk, q="玉兰路1号2单元501")
    review = client.get(f"/report/contact/?{query}").content.decode()
    assert "玉兰路1号" in review and "501" in review and "<svg" in review
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.building_id, matter.entrance, matter.floor) == (house.pk, 2, 5)
    assert matter.place == "玉兰路1号" and "501" not in matter.words
    assert matter.room_handle and kept([matter.room_handle])[matter.room_handle][0] == "matter.room"


def test_the_top_floor_is_the_one_that_the_building_has(client: Client, town: Town) -> None:
    house = town.buildings["micro"]
    query = begun(client)
    placed(client, query, building=house.pk, q="玉兰路1号2单元顶楼")
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.entrance, matter.floor, matter.room_handle) == (2, house.floors, None)
    client.post(f"/report/contact/?{as_written(client, '天边小区9栋顶楼')}", {"anonymous": "1"})
    matter = Matter.objects.latest("pk")
    assert (matter.place, matter.floor) == ("天边小区9栋", None)
    assert matter.room_handle, "whoever handles it reads that it is the top floor"


def test_the_door_is_shown_on_the_device_that_filed_it_and_nowhere_else(client: Client, town: Town) -> None:
    query = begun(client)
    placed(client, query, building=town.buildings["micro"].pk, q="玉兰路1号2单元501")
    tracking = client.post(f"/report/contact/?{query}", {"anonymous": "1"})["Location"]
    own, elsewhere = (read(some, tracking) for some in (client, Client()))
    assert "玉兰路1号 2单元 5层" in own and "房号已密封" in own and "501" not in own
    assert "单元" not in elsewhere and "5层" not in elsewhere and "房号" not in elsewhere
    held = read(client, f"{tracking.partition('?')[0]}data/")
    assert "您填写的地点" in held and "玉兰路1号 2单元 5层" in held and "501" in held
    other = read(Client(), f"{tracking.partition('?')[0]}data/")
    assert "5层" not in other and "501" not in other


def test_own_words_of_a_place_are_taken_along_and_deleted(client: Client, town: Town) -> None:
    query = as_written(client, "菜市场后门")
    tracking = client.post(f"/report/contact/?{query}", {"anonymous": "1"})["Location"].partition("?")[0]
    taken = client.post(f"{tracking}data/", {"act": "take_along"}).json()
    assert (taken["place"], taken["floor"]) == ("菜市场后门", None)
    Matter.objects.update(open=False, running=False, state="closed", closed_at=now())
    assert client.post(f"{tracking}data/", {"act": "delete"}).status_code == 302
    assert Matter.objects.get().place == ""
    assert "菜市场" not in client.get(f"{tracking}data/").content.decode()


def test_whoever_handles_it_opens_the_room_on_record(client: Client, town: Town) -> None:
    query = begun(client)
    placed(client, query, building=town.buildings["micro"].pk, q="玉兰路1号2单元501")
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.select_related("owner").get()
    opened = reveal_contact(town.viewer(town.owner(matter)), matter.number, "上门查看")
    assert opened.room == "501"


def test_a_compound_as_a_whole_is_a_place(client: Client, town: Town) -> None:
    house = town.buildings["micro"]
    house.compound = Compound.objects.create(community=house.community, name="海棠苑")
    house.save()
    index_buildings([house.pk])
    name = PlaceName.objects.get(kind="compound")
    query = begun(client)
    answer = placed(client, query, building=f"n{name.pk}", q="海棠苑")
    assert answer.status_code == 302
    assert "海棠苑" in client.get(f"/report/contact/?{query}").content.decode()
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    assert Matter.objects.get().leaf_id == town.areas["micro"].pk


@pytest.mark.parametrize("chosen", ["n999999", "x", "n", "-1", "1 OR 1", "9" * 30])
def test_what_was_never_offered_is_refused(client: Client, town: Town, chosen: str) -> None:
    query = begun(client)
    assert placed(client, query, building=chosen).status_code == 422


def test_a_place_outside_is_said_before_anything_is_sent(client: Client, town: Town) -> None:
    query = begun(client)
    answer = placed(client, query, lon=OUTSIDE.lon, lat=OUTSIDE.lat)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "tel:12345" in page and 'name="outside"' in page
    assert client.get(f"/report/contact/?{query}").status_code == 302, "no place is kept yet"


def test_it_happened_there_in_fact(client: Client, town: Town) -> None:
    query = begun(client)
    assert placed(client, query, lon=OUTSIDE.lon, lat=OUTSIDE.lat, outside="1").status_code == 302
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.community_id, matter.leaf_id) == (None, None)


def test_what_lies_at_a_pin_is_said(client: Client, town: Town) -> None:
    house = town.buildings["micro"]
    near = client.post("/report/place/near/", {"lon": house.lon, "lat": house.lat}).content.decode()
    far = client.post("/report/place/near/", {"lon": OUTSIDE.lon, "lat": OUTSIDE.lat}).content.decode()
    assert "玉兰路1号" in near and "bad" not in near
    assert "bad" in far
    assert client.get("/report/place/near/").status_code == 405, "a position is never in an address"


def test_what_is_changed_leads_back_to_the_review(client: Client, town: Town) -> None:
    query = begun(client)
    placed(client, query, building=town.buildings["micro"].pk)
    client.get(f"/report/contact/?{query}")
    answer = client.post(f"/report/?{query}", {"words": "路灯不亮了", "category": "02.1", **ANSWERED})
    assert "/report/contact/" in answer["Location"]
    answer = client.post(f"/report/category/?{query}", {"category": "02.2"})
    assert "/report/contact/" in answer["Location"]
    answer = placed(client, query, building=town.buildings["micro2"].pk)
    assert "/report/contact/" in answer["Location"]
    assert "玉兰路2号" in client.get(f"/report/contact/?{query}").content.decode()


def test_nothing_is_erased_before_it_was_asked(client: Client, town: Town) -> None:
    query = begun(client)
    asked = client.get(f"/report/solved/?{query}").content.decode()
    assert "路灯不亮了" in asked
    assert client.get(f"/report/place/?{query}").status_code == 200
    client.post(f"/report/solved/?{query}")
    assert client.get(f"/report/place/?{query}").status_code == 302


def as_written(client: Client, text: str, **given: str) -> str:
    """Choose one's own words as the place; return the query that names the draft."""
    query = begun(client, **given)
    answer = placed(client, query, building="written", q=text)
    assert answer.status_code == 302, answer.content.decode()
    return query


@pytest.mark.parametrize("text", ["没有这条街", "玉兰路99号", "1号楼", "玉兰路"])
def test_own_words_are_offered_as_the_place_whatever_was_found(client: Client, town: Town, text: str) -> None:
    page = searched(client, begun(client), text).content.decode()
    assert 'value="written"' in page and f'name="q" value="{text}"' in page
    assert 'value="written"' not in client.get(f"/my/worker/?q={text}").content.decode()


def test_own_words_come_first_where_nothing_fits_what_was_written(client: Client, town: Town) -> None:
    for text, first in (("玉兰路99号", True), ("玉兰路", False)):
        page = results(searched(client, begun(client), text).content.decode())
        offered = re.findall(r'<button class="btn" name="building" value="(\w+)"', page)
        assert len(offered) > 1 and offered.count("written") == 1
        assert offered[0 if first else -1] == "written", text


def test_nothing_is_offered_as_written_before_anything_is_written(client: Client, town: Town) -> None:
    assert 'value="written"' not in results(client.get(f"/report/place/?{begun(client)}").content.decode())


def test_what_nobody_can_find_goes_as_written_to_the_street(client: Client, town: Town) -> None:
    query = as_written(client, "菜市场后门那家修鞋摊")
    review = client.get(f"/report/contact/?{query}").content.decode()
    assert "菜市场后门那家修鞋摊" in review and "地图上还没有定位" in review and "范围" not in review
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.place, matter.lon, matter.lat, matter.building_id) == (
        "菜市场后门那家修鞋摊",
        None,
        None,
        None,
    )
    assert (matter.street_id, matter.community_id) == (town.areas["street"].pk, None)
    assert town.owner(matter) == "street_officer"


def test_the_door_in_own_words_is_kept_apart_and_the_room_sealed(client: Client, town: Town) -> None:
    query = as_written(client, "天边小区9栋2单元501")
    review = client.get(f"/report/contact/?{query}").content.decode()
    assert "天边小区9栋" in review and "501" in review
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.place, matter.entrance, matter.floor) == ("天边小区9栋", 2, 5)
    assert matter.room_handle and kept([matter.room_handle])[matter.room_handle][0] == "matter.room"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "2单元501"])
def test_words_that_name_no_place_are_not_enough(client: Client, town: Town, text: str) -> None:
    query = begun(client)
    answer = placed(client, query, building="written", q=text)
    assert answer.status_code == 422 and "也写上" in answer.content.decode()
    assert client.get(f"/report/contact/?{query}")["Location"].startswith("/report/place/")


def test_own_words_are_still_there_when_another_place_is_looked_for(client: Client, town: Town) -> None:
    query = as_written(client, "菜市场后门")
    assert 'value="菜市场后门"' in client.get(f"/report/place/?{query}").content.decode()
    placed(client, query, building=town.buildings["micro"].pk)
    review = client.get(f"/report/contact/?{query}").content.decode()
    assert "玉兰路1号" in review and "菜市场后门" not in review


def test_the_office_finds_it_among_what_waits_for_a_place(client: Client, town: Town) -> None:
    office = signed_in(town, "street_officer")
    query = as_written(client, "玉兰路3号旁边巷子")
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert "玉兰路3号旁边巷子" in office.get("/office/unassigned/").content.decode()
    page = office.get(f"/office/matters/{matter.number}/").content.decode()
    house = town.buildings["tower"]
    assert f'name="building" value="{house.pk}"' in page, "it is looked for at once"
    office.post(f"/office/matters/{matter.number}/do/set_place/", {"building": house.pk})
    matter.refresh_from_db()
    assert matter.leaf_id == town.areas["tower"].pk
    assert matter.place == "玉兰路3号（玉兰路3号旁边巷子）"


def test_the_office_may_choose_a_place_as_a_whole(client: Client, town: Town) -> None:
    house = town.buildings["micro"]
    house.compound = Compound.objects.create(community=house.community, name="海棠苑")
    house.save()
    index_buildings([house.pk])
    office = signed_in(town, "street_officer")
    query = as_written(client, "海棠苑里头")
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    page = office.get(f"/office/matters/{matter.number}/").content.decode()
    name = PlaceName.objects.get(kind="compound")
    assert f'name="lon" value="{name.lon}"' in page and f'name="lat" value="{name.lat}"' in page
    office.post(f"/office/matters/{matter.number}/do/set_place/", {"lon": name.lon, "lat": name.lat})
    matter.refresh_from_db()
    assert matter.leaf_id == town.areas["micro"].pk


def test_what_lies_beside_the_house_is_kept_with_it(client: Client, town: Town) -> None:
    query, house = begun(client), town.buildings["micro"]
    placed(client, query, building=house.pk, q="玉兰路1号旁边车棚")
    review = read(client, f"/report/contact/?{query}")
    assert "玉兰路1号旁边车棚" in review
    client.post(f"/report/contact/?{query}", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.place, matter.building_id) == ("玉兰路1号旁边车棚", house.pk)


def test_what_cannot_be_filed_as_written_has_no_button_for_that(client: Client, town: Town) -> None:
    query = begun(client)
    lacking = client.get(f"/report/places/?{query}&q=顶楼").content.decode()
    assert 'value="written"' not in lacking and "请把小区名、路名" in lacking
    assert 'value="written"' in client.get(f"/report/places/?{query}&q=河边老槐树底下").content.decode()


def test_no_address_holds_the_place_that_is_sought(client: Client, town: Town) -> None:
    query = begun(client)
    page = client.get(f"/report/place/?{query}").content.decode()
    assert '<form method="get"' not in page, "a form by GET puts token, key and place into the address"
    found = searched(client, query, "玉兰路1号")
    assert [where for where, _status in found.redirect_chain] == [f"/report/place/?{query}"]
    assert 'name="building"' in found.content.decode()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("玉兰路1号2单元电梯坏了三天了", True),
        ("老人出不了门，玉兰路一号的电梯坏了", True),
        ("玉兰路99号的灯坏了", False),
        ("电梯坏了三天了，没人管", False),
    ],
)
def test_the_place_that_the_words_name_is_offered_and_never_taken_unasked(
    client: Client, town: Town, words: str, offered: bool
) -> None:
    query = begun(client, words=words)
    page = read(client, f"/report/place/?{query}")
    house = town.buildings["micro"].pk
    assert ("是这里吗" in page) is offered and (f'name="building" value="{house}"' in page) is offered
    assert not written(client).placed
    if offered:
        clause = re.search(r'name="q" value="([^"]+)"', page)
        assert clause and placed(client, query, building=house, q=clause[1]).status_code == 302
        assert written(client).building == house
        assert written(client).entrance == (2 if "2单元" in words else None)


def test_a_number_without_a_name_waits_in_the_field_for_its_name(client: Client, town: Town) -> None:
    query = begun(client, words="3栋电梯坏了三天了")
    page = read(client, f"/report/place/?{query}")
    assert 'value="3栋"' in page and not written(client).placed


def test_what_words_of_harm_say_of_a_place_is_shown_to_nobody_who_only_opens_its_address(
    client: Client, town: Town
) -> None:
    client.post("/report/", {"words": "玉兰路1号我男人打我", "category": "05.1", **ANSWERED})
    client.post("/report/next/", {"d": written(client).key, "emergency": "none"})
    page = f"/report/place/?d={written(client).key}"
    client.get(page)
    assert "是这里吗" not in client.get(page).content.decode()


def test_the_place_says_what_it_was_sorted_as_and_leads_to_the_choice(client: Client, town: Town) -> None:
    query = begun(client)
    page = read(client, f"/report/place/?{query}")
    name = profile().category("02.1").name.in_language("zh")
    assert f'归为：{name} · <a href="/report/category/?{query}">' in page
    sealed = begun(client, category="11.3")
    assert "归为：" not in read(client, f"/report/place/?{sealed}")


def test_a_place_can_be_filed_as_written_without_a_line(client: Client, town: Town) -> None:
    page = read(client, f"/report/place/?{begun(client)}")
    form = page[page.index("data-as-written") :]
    assert "data-away-only hidden" in form[:60]
    assert '<button class="btn" name="building" value="written">' in form[: form.index("</form>")]
