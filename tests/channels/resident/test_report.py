"""A report through the four screens, with everything that can go wrong on the way."""

import io
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from shige.channels.models import KeptDraft
from shige.channels.resident.drafts import ReportDraft, drafts_of
from shige.files import store
from shige.files.locked import read_unlocked
from shige.matters.models import Matter, Photo
from tests.channels.api.test_matters import asked_of
from tests.files.made import jpeg, pdf
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


def words(client: Client, text: str = "路灯不亮了", *, address: str = "/report/", **given: Any) -> Any:
    """Send the first screen, in the form in which this browser began, or in a new one."""
    form = {"d": key} if (key := key_on(client)) else {}
    return client.post(address, {"words": text, **form, **given})


def key_on(client: Client) -> str:
    """Return the key of the report that this browser writes; empty where it writes none."""
    return next((draft.key for draft in drafts_of(request_of(client))), "")


def written(client: Client) -> ReportDraft:
    """Return the report that this browser writes."""
    (draft,) = drafts_of(request_of(client))
    return draft


def request_of(client: Client) -> HttpRequest:
    """Return a request of this browser."""
    request = HttpRequest()
    request.session = client.session
    return request


def path_of(answer: Any) -> str:
    """Return where an answer leads, without the key of the report."""
    return urlsplit(answer["Location"]).path


def place(client: Client, town: Town) -> Any:
    """Send the place screen with a pin in the first micro-grid."""
    spot = town.place("micro")
    return client.post("/report/place/", {"lon": spot.lon, "lat": spot.lat})


def finished(client: Client, town: Town, **contact: str) -> str:
    """Go through all screens and return the tracking page's address."""
    words(client, category="02.1")
    place(client, town)
    answer = client.post("/report/contact/", contact or {"anonymous": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_the_home_page_shows_the_emergency_numbers(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert all(f"tel:{number}" in page for number in ("110", "119", "120"))


def test_words_without_a_category_lead_to_the_table(client: Client, town: Town) -> None:
    answer = words(client)
    assert path_of(answer) == "/report/category/"
    page = client.get(answer["Location"]).content.decode()
    assert page.index("路灯与楼道照明") < page.index("环境卫生")


def test_a_category_picked_beside_the_words_leads_straight_to_the_place(client: Client, town: Town) -> None:
    assert path_of(words(client, category="02.1")) == "/report/place/"


def test_something_else_leads_to_the_whole_table(client: Client, town: Town) -> None:
    assert path_of(words(client, category="", address="/report/?c=14")) == "/report/category/"


def test_the_number_comes_while_typing(client: Client, db: None) -> None:
    """P4."""
    assert "tel:119" in client.post("/report/heard/", {"words": "楼道有煤气味"}).content.decode()
    assert "tel:" not in client.post("/report/heard/", {"words": "路灯不亮"}).content.decode()


def test_without_script_the_number_comes_as_a_screen_of_its_own(client: Client, town: Town) -> None:
    """P4: before any further form."""
    answer = words(client, "楼道有煤气味", category="02.1")
    assert path_of(answer) == "/report/next/"
    assert "tel:119" in client.get(answer["Location"]).content.decode()


def test_after_the_call_it_goes_to_the_emergencys_own_category(client: Client, town: Town) -> None:
    words(client, "楼道有煤气味", category="02.1")
    assert path_of(client.post("/report/next/", {"emergency": "called"})) == "/report/place/"
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    assert Matter.objects.get().category == "03.3"


def test_who_says_that_it_is_none_chooses_freely(client: Client, town: Town) -> None:
    words(client, "想问问煤气味怎么来的")
    assert path_of(client.post("/report/next/", {"emergency": "none"})) == "/report/category/"
    client.post("/report/category/", {"category": "10.1"})
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    assert Matter.objects.get().category == "10.1"


@pytest.mark.parametrize("chosen", ["unsure", "02.4"])
def test_who_says_twice_that_it_is_none_leaves_an_open_matter(
    client: Client, town: Town, chosen: str
) -> None:
    """P4: a hazard that was dismissed is not danger to life, whatever category its emergency has."""
    words(client, "有人落水了，是说着玩的")
    assert path_of(client.post("/report/next/", {"emergency": "none"})) == "/report/category/"
    assert 'value="12.5" checked' not in client.get("/report/category/").content.decode()
    client.post("/report/category/", {"category": chosen})
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.kind, matter.sealed, matter.category) == (
        "ordinary",
        0,
        {"unsure": "11"}.get(chosen, chosen),
    )


@pytest.mark.parametrize("answer", ["none", "called"])
def test_an_answer_to_one_alarm_does_not_silence_the_next(client: Client, town: Town, answer: str) -> None:
    """P4: what was answered holds for the words that raised the alarm."""
    words(client, "家里有煤气味")
    client.post("/report/next/", {"emergency": answer})
    assert path_of(words(client, "他打我，他又打我了", category="05.4")) == "/report/next/"
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert (matter.category, matter.words, town.owner(matter)) == ("05.4", "", "service_centre")


def test_the_category_of_an_alarm_goes_with_its_words(client: Client, town: Town) -> None:
    words(client, "家里有煤气味")
    client.post("/report/next/", {"emergency": "called"})
    assert path_of(words(client, "路灯不亮了")) == "/report/category/"


def test_the_same_words_are_asked_about_once(client: Client, town: Town) -> None:
    words(client, "家里有煤气味")
    client.post("/report/next/", {"emergency": "called"})
    assert path_of(words(client, "家里有煤气味")) == "/report/place/"


def test_the_end_is_a_page_with_code_grid_office_and_dates(client: Client, town: Town) -> None:
    address = finished(client, town)
    page = client.get(address).content.decode()
    assert address.removeprefix("/m/").rstrip("/") in page
    assert town.areas["micro"].name in page and town.areas["east"].name in page
    assert town.posts["community_chief"].name not in page
    assert "路灯不亮了" in page


def test_anonymous_leaves_nothing_of_the_contact(client: Client, town: Town) -> None:
    finished(client, town, anonymous="1", phone="13812345678", name="王小明")
    matter = Matter.objects.get()
    assert (matter.phone_handle, matter.name_handle) == (None, None)


def test_a_contact_is_sealed(client: Client, town: Town) -> None:
    finished(client, town, phone="13812345678")
    assert Matter.objects.get().phone_handle is not None


def test_a_wrong_telephone_is_named_and_the_draft_is_kept(client: Client, town: Town) -> None:
    words(client, category="02.1")
    place(client, town)
    answer = client.post("/report/contact/", {"phone": "电话"})
    assert answer.status_code == 422 and "电话" in answer.content.decode()
    assert client.post("/report/contact/", {"phone": "13812345678"}).status_code == 302


def test_the_last_screen_sent_twice_is_one_matter(client: Client, town: Town) -> None:
    words(client, category="02.1")
    place(client, town)
    form = {"d": key_on(client), "phone": "13812345678"}
    first = client.post("/report/contact/", form)
    client.cookies.pop("mine")  # the first answer got lost on the line
    second = client.post("/report/contact/", form)
    third = client.post("/report/contact/", form | {"anonymous": "1"})
    assert first["Location"] == second["Location"] == third["Location"]
    assert Matter.objects.count() == 1
    assert "路灯不亮了" in client.get(second["Location"]).content.decode()


def test_a_text_of_100_000_characters_is_refused_and_not_lost(client: Client, town: Town) -> None:
    answer = words(client, "字" * 100_000)
    assert answer.status_code == 422
    assert (
        "100000" in answer.content.decode()
        and "字字字" in client.get(f"/report/?d={key_on(client)}").content.decode()
    )


def test_photos_lose_position_and_camera(client: Client, town: Town) -> None:
    words(client, category="02.1", photos=SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"))
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    stored = read_unlocked(store.path_of(Photo.objects.get().file))
    assert b"SecretCamera" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()


def test_large_photos_are_made_to_fit(client: Client, town: Town) -> None:
    words(client, category="02.1", photos=SimpleUploadedFile("a.jpg", jpeg(4000, 3000), "image/jpeg"))
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (1600, 1200)
    assert Image.open(io.BytesIO(read_unlocked(store.path_of(photo.file, small=True)))).size == (320, 240)


def test_a_40_mb_photo_is_refused_by_name_and_everything_typed_is_kept(client: Client, town: Town) -> None:
    large = SimpleUploadedFile("大照片.jpg", b"\xff\xd8" + bytes(40 * 2**20), "image/jpeg")
    answer = words(client, "路灯不亮了", photos=[SimpleUploadedFile("a.jpg", jpeg()), large])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "大照片.jpg" in page and "40 MB" in page and "路灯不亮了" in page
    assert len(written(client).files) == 1


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"%PDF-1.4", b"GIF89a" + bytes(10), jpeg()[:200]])
def test_what_is_no_photo_is_refused(client: Client, town: Town, content: bytes) -> None:
    answer = words(client, photos=SimpleUploadedFile("x.jpg", content, "image/jpeg"))
    assert answer.status_code == 422 and not written(client).files


def test_a_photo_can_be_taken_out_again(client: Client, town: Town) -> None:
    words(client, photos=SimpleUploadedFile("a.jpg", jpeg()))
    (name,) = (file.name for file in written(client).files)
    assert client.get(f"/report/photos/{name}/").status_code == 200
    words(client, drop=name)
    assert written(client).files == ()
    assert client.get(f"/report/photos/{name}/").status_code == 404


def test_a_photo_of_somebody_elses_draft_is_not_shown(client: Client, town: Town) -> None:
    words(client, photos=SimpleUploadedFile("a.jpg", jpeg()))
    (name,) = (file.name for file in written(client).files)
    assert Client().get(f"/report/photos/{name}/").status_code == 404


def test_the_qr_link_of_a_building_sets_the_place(client: Client, town: Town) -> None:
    page = client.get("/report/?b=u-tower").content.decode()
    assert town.buildings["tower"].address in page
    words(client, category="02.1", address="/report/?b=u-tower")
    assert town.buildings["tower"].address in client.get("/report/place/").content.decode()
    client.post("/report/place/", {"building": town.buildings["tower"].pk})
    client.post("/report/contact/", {"anonymous": "1"})
    assert Matter.objects.get().leaf == town.areas["tower"]


def test_an_address_search_finds_the_building(client: Client, town: Town) -> None:
    page = client.get("/report/places/", {"q": "玉兰路1号"}).content.decode()
    assert f'value="{town.buildings["micro"].pk}"' in page


def test_a_place_is_asked_for(client: Client, town: Town) -> None:
    words(client, category="02.1")
    assert client.post("/report/place/", {}).status_code == 422
    assert path_of(client.get("/report/contact/")) == "/report/place/"


@pytest.mark.parametrize("step", ["category", "place", "contact"])
def test_nobody_enters_in_the_middle(client: Client, db: None, step: str) -> None:
    assert path_of(client.get(f"/report/{step}/")) == "/report/"


def test_too_many_reports_wait_a_minute_and_lose_nothing(client: Client, town: Town, settings: Any) -> None:
    settings.SHIGE_PUBLIC_RATE = 1
    finished(client, town)
    words(client, "又一个灯坏了", category="02.1")
    place(client, town)
    assert client.post("/report/contact/", {"anonymous": "1"}).status_code == 429
    assert written(client).words == "又一个灯坏了"


def test_who_looks_after_an_address_is_public(client: Client, town: Town) -> None:
    assert "u-micro" in client.get("/my/worker/", {"q": "玉兰路1号"}).content.decode()
    page = client.get("/my/worker/", {"b": "u-micro"}).content.decode()
    assert town.persons["micro_worker"].service_name in page


def test_the_last_screen_takes_at_most_13_statements(client: Client, town: Town, settings: Any) -> None:
    settings.SHIGE_PUBLIC_RATE = 1000
    finished(client, town, phone="13812345678")  # the first one of a process opens the vault's key
    words(client, category="02.1")
    place(client, town)
    with CaptureQueriesContext(connection) as done:
        client.post("/report/contact/", {"phone": "13812345678", "name": "王小明"})
    asked = asked_of(done)
    assert Matter.objects.count() == 2 and len(asked) <= 13, "\n".join(asked)


@pytest.mark.parametrize(
    ("part", "page"), [("place", "/report/place/"), ("words", "/report/"), ("about", "/report/category/")]
)
def test_who_reports_stays_typed_when_something_is_changed_first(
    client: Client, town: Town, part: str, page: str
) -> None:
    words(client, category="02.1")
    place(client, town)
    typed = {"change": part, "phone": "1380013", "name": "王孃孃"}
    assert path_of(client.post("/report/contact/", typed)) == page
    last = client.get("/report/contact/").content.decode()
    assert 'value="1380013"' in last and 'value="王孃孃"' in last, "as it was typed, not yet checked"
    assert not Matter.objects.exists()
    row = KeptDraft.objects.get()
    assert "王孃孃".encode() not in bytes(row.sealed) and b"1380013" not in bytes(row.sealed)


def test_a_pdf_goes_with_the_draft_and_the_matter(client: Client, town: Town) -> None:
    words(client, category="02.1", photos=SimpleUploadedFile("通知.pdf", pdf(), "application/pdf"))
    assert "PDF 1" in client.get(f"/report/?d={key_on(client)}").content.decode()
    place(client, town)
    code = client.post("/report/contact/", {"anonymous": "1"})["Location"]
    assert Photo.objects.get().kind == "pdf"
    answer = client.get(f"{code}photos/{Photo.objects.get().file}/")
    assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"%PDF-")


def test_what_the_scanner_did_not_see_is_refused_by_name_and_the_words_stay(
    client: Client, town: Town, settings: Any
) -> None:
    settings.SHIGE_CLAMD = "tcp://127.0.0.1:1"
    answer = words(client, photos=SimpleUploadedFile("a.jpg", jpeg()))
    assert answer.status_code == 422 and "a.jpg" in answer.content.decode()
    assert written(client).words == "路灯不亮了" and not written(client).files


@pytest.mark.parametrize("text", ["🔥🔥🔥", "👨‍👩‍👧", "‼️"])
def test_a_text_of_emoji_only_becomes_a_matter_that_people_sort(
    client: Client, town: Town, text: str
) -> None:
    assert path_of(words(client, text)) == "/report/category/"
    client.post("/report/category/", {"category": "11"})
    place(client, town)
    page = client.get(client.post("/report/contact/", {"anonymous": "1"})["Location"]).content.decode()
    assert Matter.objects.get().words == text and text in page


def test_script_in_a_text_is_shown_as_written(client: Client, town: Town) -> None:
    said = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    words(client, said, category="02.1")
    pages = [client.get(f"/report/?d={key_on(client)}").content.decode()]
    place(client, town)
    pages.append(client.get("/report/contact/").content.decode())
    pages.append(client.get(client.post("/report/contact/", {"anonymous": "1"})["Location"]).content.decode())
    assert Matter.objects.get().words == said
    assert not [page for page in pages if "<script>alert" in page or "<img src=x" in page]
    assert all("&lt;script&gt;alert(1)" in page for page in pages)


def test_one_category_is_put_forward_only_where_it_stands_out(client: Client, town: Town) -> None:
    words(client, "路灯不亮了")
    assert 'btn btn-primary" name="category" value="02.1"' in client.get("/report/category/").content.decode()
    near = client.post("/report/heard/", {"words": "路灯，蟑螂"}).content.decode()
    assert 'name="category"' in near and " checked" not in near


def test_whoever_does_not_know_leaves_the_category_to_the_office(client: Client, town: Town) -> None:
    words(client, "说不清楚是哪一类")
    assert 'value="unsure"' in client.get("/report/category/").content.decode()
    chosen = client.post("/report/category/", {"category": "unsure", "d": key_on(client)})
    assert path_of(chosen) == "/report/place/" and written(client).category == "11"
    place(client, town)
    assert "由工作人员判断" in client.get("/report/contact/").content.decode()
    client.post("/report/contact/", {"anonymous": "1", "d": key_on(client)})
    assert Matter.objects.get().category == "11"


def test_leaving_it_to_the_office_hides_no_danger_p4(client: Client, town: Town) -> None:
    assert path_of(words(client, "家里一股煤气味，不晓得算啥子")) == "/report/next/"


def test_the_language_is_switched_on_the_first_screen_and_all_that_was_typed_stays(
    client: Client, town: Town
) -> None:
    answer = client.post(
        "/report/", {"words": "路灯不亮了", "language": "en", "photos": SimpleUploadedFile("a.jpg", jpeg())}
    )
    assert path_of(answer) == "/report/" and answer.cookies["django_language"].value == "en"
    page = client.get(answer["Location"]).content.decode()
    assert "路灯不亮了</textarea>" in page and "What is it about?" in page and "Photo 1" in page
    assert 'form="written" formnovalidate name="language"' in page


def test_the_language_is_switched_on_the_last_screen_and_who_reports_stays(
    client: Client, town: Town
) -> None:
    words(client, danger="none", category="02.1")
    place(client, town)
    typed = {"name": "赵先生", "phone": "138 1234", "language": "en", "d": key_on(client)}
    answer = client.post("/report/contact/", typed)
    assert path_of(answer) == "/report/contact/" and Matter.objects.count() == 0
    page = client.get(answer["Location"]).content.decode()
    assert 'value="赵先生"' in page and 'value="138 1234"' in page and "Check and send" in page


def test_a_language_that_there_is_not_changes_nothing(client: Client, town: Town) -> None:
    answer = client.post("/report/", {"words": "路灯不亮了", "language": "xx"})
    assert "django_language" not in answer.cookies and written(client).words == "路灯不亮了"


@pytest.mark.parametrize(
    ("said", "ordinary"),
    [("路灯不亮了", True), ("他打我", False), ("微网格员收了红包", False), ("老公晚上喝多了吵架", False)],
)
def test_a_browser_keeps_only_words_that_are_ordinary(
    client: Client, db: None, said: str, ordinary: bool
) -> None:
    heard = client.post("/report/heard/", {"words": said}).content.decode()
    assert ("data-ordinary" in heard) is ordinary


@pytest.mark.parametrize(("category", "told"), [("14.1", True), ("02.1", False)])
def test_that_a_wish_is_made_public_is_said_before_it_is_sent(
    client: Client, town: Town, category: str, told: bool
) -> None:
    words(client, "我一个人住，想要台旧电脑", danger="none", category=category)
    place(client, town)
    page = client.get("/report/contact/").content.decode()
    assert ("心愿会公开" in page) is told and ("您写了“一个人住”" in page) is told


def test_who_leaves_the_category_to_the_office_reads_no_advice_of_another(client: Client, town: Town) -> None:
    words(client, "楼上弹钢琴太吵", danger="none")
    client.post("/report/category/", {"category": "unsure", "d": key_on(client)})
    client.post("/report/more/", {"hurt": "no", "d": key_on(client)})
    unsure = client.get("/report/place/").content.decode()
    assert "个工作日内答复" not in unsure and "我的问题已解决" not in unsure
    client.post("/report/category/", {"category": "02.1", "d": key_on(client)})
    assert "我的问题已解决" in client.get("/report/place/").content.decode()


def test_no_advice_stands_beside_violence(client: Client, town: Town) -> None:
    words(client, "他打我", danger="yes", category="05.4")
    client.post("/report/next/", {"emergency": "called", "d": key_on(client)})
    assert "我的问题已解决" not in client.get("/report/place/").content.decode()


def test_another_tab_of_what_was_sent_says_so(client: Client, town: Town) -> None:
    words(client, danger="none", category="02.1")
    place(client, town)
    key = key_on(client)
    sent = client.post("/report/contact/", {"anonymous": "1", "d": key})
    for address in (f"/report/?d={key}", f"/report/contact/?d={key}"):
        page = client.get(address, follow=True)
        assert page.redirect_chain[-1][0] == sent["Location"] and "已经提交过了" in page.content.decode()
    twice = client.post("/report/contact/", {"anonymous": "1", "d": key}, follow=True)
    assert "已经提交过了" not in twice.content.decode(), "pressed twice it is one press"


def test_an_old_address_of_what_is_discreet_tells_nothing_but_does_say_something(
    client: Client, town: Town
) -> None:
    words(client, "他打我", danger="yes", category="05.6")
    client.post("/report/next/", {"emergency": "called", "d": (key := key_on(client))})
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1", "d": key})
    page = client.get(f"/report/?d={key}", follow=True)
    said = page.content.decode()
    assert page.redirect_chain[-1][0] == "/" and "没有待填写的内容" in said and "提交过" not in said


def test_a_choice_stays_ticked_when_the_page_comes_back(client: Client, town: Town) -> None:
    words(client, "楼道灯坏了", danger="none", category="02.1")
    page = client.get(f"/report/?d={key_on(client)}").content.decode()
    assert 'value="02.1" checked' in page


def test_the_same_picture_twice_is_said_to_be_kept_once(client: Client, town: Town) -> None:
    same = [SimpleUploadedFile(name, jpeg()) for name in ("a.jpg", "b.jpg")]
    words(client, danger="none", category="02.1", photos=same)
    assert len(written(client).files) == 1
    assert "只保留一张" in client.get("/report/place/").content.decode()


@pytest.mark.parametrize(("category", "said"), [("11.7", True), ("02.1", False)])
def test_of_people_no_exact_place_is_asked(client: Client, town: Town, category: str, said: bool) -> None:
    words(client, "想说几句", danger="none", category=category)
    assert ("写社区名或街道名就行" in client.get("/report/place/").content.decode()) is said


def test_the_page_says_exactly_what_is_sealed_of_a_room(client: Client, town: Town) -> None:
    words(client, "我家在2单元1103室，姓赵", danger="none", category="02.1")
    client.post("/report/place/", {"q": "玉兰路1号", "building": "written", "d": key_on(client)})
    assert "能识别的房号、电话和您的姓名会隐去" in client.get("/report/contact/").content.decode()


def test_the_page_says_nothing_of_sealing_where_nothing_is_sealed(client: Client, town: Town) -> None:
    words(client, "2单元门口的灯坏了", danger="none", category="02.1")
    client.post("/report/place/", {"q": "玉兰路1号", "building": "written", "d": key_on(client)})
    assert "会隐去" not in client.get("/report/contact/").content.decode()
