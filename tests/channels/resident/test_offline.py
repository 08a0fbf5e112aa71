"""A report that waited on a phone: handed in once, filed where nothing is left to ask."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shige.matters.models import Matter, Photo
from tests.files.made import jpeg
from tests.matters.town import Town

pytestmark = pytest.mark.django_db
KEY = "q" * 24


def hand_in(client: Client, town: Town, **given: Any) -> dict[str, str]:
    """Send what a phone kept, as its page does."""
    spot = town.place("micro")
    entry = {"d": KEY, "danger": "none", "words": "路灯不亮了", "category": "02.1", "anonymous": "1"}
    entry |= {"lon": str(spot.lon), "lat": str(spot.lat), "address": "2栋楼下", "name": "", "phone": ""}
    answer = client.post("/report/queued/", entry | given)
    assert answer.status_code == 200
    return answer.json()  # type: ignore[no-any-return]


def test_it_is_filed_once_with_its_photos_and_saved_on_the_device(client: Client, town: Town) -> None:
    photos = [SimpleUploadedFile("a.jpg", jpeg())]
    first = hand_in(client, town, photos=photos)["receipt"]
    again = hand_in(client, town)["receipt"]
    assert first == again and Matter.objects.count() == 1
    assert Photo.objects.get().matter == Matter.objects.get()
    assert "路灯不亮了" in client.get(first).content.decode()


def test_without_a_place_the_phone_is_led_to_it_and_nothing_is_lost(client: Client, town: Town) -> None:
    answer = hand_in(client, town, lon="", lat="")
    assert answer == {"next": f"/report/place/?d={KEY}"}, "no address stands in an address"
    assert "路灯不亮了" not in str(Matter.objects.all())
    assert 'value="2栋楼下"' in client.get(answer["next"]).content.decode(), "what was written is looked for"


def test_without_position_and_address_the_place_is_asked_for(client: Client, town: Town) -> None:
    assert hand_in(client, town, lon="", lat="", address="") == {"next": f"/report/place/?d={KEY}"}


def test_without_a_category_it_is_asked_for(client: Client, town: Town) -> None:
    assert hand_in(client, town, category="")["next"].startswith("/report/category/")


@pytest.mark.parametrize("missing", [{"category": ""}, {"words": "楼道有煤气味"}, {"lon": "", "lat": ""}])
def test_what_was_typed_without_a_line_is_there_wherever_the_report_goes_on(
    client: Client, town: Town, missing: dict[str, str]
) -> None:
    typed = {"address": "玉兰苑3栋2单元702", "phone": "13800138000", "name": "王孃孃"}
    given = hand_in_form(town) | {"lon": "", "lat": ""} | typed | missing
    assert "receipt" not in client.post("/report/queued/", given).json() and not Matter.objects.exists()
    here = {"d": KEY}
    client.post("/report/category/", here | {"category": "02.1"})
    client.post("/report/next/", here | {"emergency": "no"})
    assert 'value="玉兰苑3栋2单元702"' in client.get("/report/place/", here).content.decode()
    client.post("/report/place/", here | {"q": "玉兰苑3栋2单元702", "building": "written"})
    last = client.get("/report/contact/", here).content.decode()
    assert 'value="13800138000"' in last and 'value="王孃孃"' in last


def test_an_address_that_is_filed_as_written_leaves_no_question_of_the_place(
    client: Client, town: Town
) -> None:
    given = {"lon": "", "lat": "", "building": "written"}
    answer = hand_in(client, town, **given, address="玉兰路桥下面2单元702")
    assert "receipt" in answer
    matter = Matter.objects.get()
    assert (matter.building_id, matter.place) == (None, "玉兰路桥下面")


def test_an_address_that_names_no_place_is_asked_about_again(client: Client, town: Town) -> None:
    answer = hand_in(client, town, lon="", lat="", building="written", address="2单元702")
    assert answer["next"].startswith("/report/place/")


def test_words_of_danger_lead_to_the_numbers_and_are_not_filed_meanwhile(client: Client, town: Town) -> None:
    """P4."""
    answer = hand_in(client, town, words="楼道有煤气味")
    assert answer["next"].startswith("/report/next/") and not Matter.objects.exists()
    assert "tel:" in client.get(answer["next"]).content.decode()


def test_a_wrong_telephone_leads_to_the_form_that_names_it(client: Client, town: Town) -> None:
    given = {"phone": "13800", "name": "王"}
    entry = hand_in_form(town) | given
    answer = client.post("/report/queued/", entry).json()
    assert answer["next"].startswith("/report/contact/") and not Matter.objects.exists()


def hand_in_form(town: Town) -> dict[str, str]:
    """Return what a phone sends of somebody who left a contact."""
    spot = town.place("micro")
    return {
        "d": KEY, "danger": "none", "words": "路灯不亮了", "category": "02.1",
        "lon": str(spot.lon), "lat": str(spot.lat),
    }  # fmt: skip


def test_a_position_outside_is_not_taken_without_asking(client: Client, town: Town) -> None:
    assert hand_in(client, town, lon="0", lat="0")["next"].startswith("/report/place/")


def test_nothing_that_a_phone_carries_along_speaks_of_danger(client: Client, town: Town) -> None:
    """P3, P4: a phone may be shared."""
    for words, danger, carried in (
        ("路灯不亮了", "none", True),
        ("他又打我了", "none", False),
        ("路灯", "yes", False),
    ):
        client.post("/report/", {"d": KEY, "words": words, "danger": danger, "category": "02.1"})
        page = client.get(f"/report/?d={KEY}").content.decode()
        assert (f'name="sofar" value="{{&quot;words&quot;: &quot;{words}' in page) is carried


def test_the_page_that_phones_keep_tells_nothing_of_anybody(client: Client, town: Town) -> None:
    client.post("/report/", {"d": KEY, "words": "路灯不亮了", "category": "02.1"})
    page = client.get("/report/offline/").content.decode()
    assert "路灯不亮了" not in page and KEY not in page
    assert "tel:110" in page and "12110" in page


def test_the_worker_governs_the_report_only(client: Client, db: None) -> None:
    answer = client.get("/report/worker.js")
    assert answer["Content-Type"].startswith("text/javascript") and "Service-Worker-Allowed" not in answer
    assert "no-cache" in answer["Cache-Control"]


def test_the_page_without_a_line_always_names_the_numbers_of_gas_fire_and_injury(
    client: Client, town: Town
) -> None:
    """P4: words cannot be judged without a line."""
    page = client.get("/report/offline/").content.decode()
    said = page.index("闻到燃气、起火、有人受伤：先离开，再拨打")
    short = page[said : page.index("</p>", said)]
    assert 'href="tel:119"' in short and 'href="tel:120"' in short
    assert page.rindex("</details>", 0, said) < said < page.index('id="offline-said"')
