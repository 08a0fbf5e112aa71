"""The office's pages and end-points about matters, each for those who may open it."""

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from PIL import Image

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, Photo
from shige.matters.visibility.queries.looks import looks_at
from shige.matters.visibility.queries.record import looks_on_record
from shige.trust.commands import issue_token
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import JournalEntry, VaultReading
from tests.files.made import jpeg

from ..town import OUTSIDE, WEDNESDAY, Town, build, report

pytestmark = pytest.mark.django_db


def signed_in(town: Town, who: str) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(town.persons[who])
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()
    return client


def number_of(town: Town, category: str = "01.1", **given: object) -> str:
    """File a matter and return its number."""
    return file_matter(
        PUBLIC, report(category=category, **({"place": town.place("micro")} | given))
    ).matter.number


def test_strangers_are_sent_to_sign_in(client: Client, town: Town) -> None:
    number = number_of(town)
    for path in ("/office/", "/office/matters/", "/office/unassigned/", f"/office/matters/{number}/"):
        assert "/accounts/login/" in client.get(path)["Location"]


def test_today_counts_and_lists_what_waits(town: Town) -> None:
    with clock.at(WEDNESDAY):
        late = number_of(town)
    fresh = number_of(town, "02.1")
    page = signed_in(town, "fulltime_worker").get("/office/").content.decode()
    assert late in page and fresh not in page


def test_today_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(5):
        number_of(town)
    client = signed_in(town, "fulltime_worker")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get("/office/")


def test_the_list_takes_as_many_statements_for_forty_as_for_four(
    town: Town, django_assert_max_num_queries: object
) -> None:
    for _ in range(40):
        number_of(town)
    client = signed_in(town, "street_officer")
    client.get("/office/matters/")  # what the filter bar offers is kept for a minute
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get("/office/matters/")


@pytest.mark.parametrize(
    ("who", "seen"),
    [("fulltime_worker", 2), ("fulltime_worker2", 1), ("community_chief", 2), ("street_officer", 3)],
)
def test_each_sees_the_own_area(town: Town, who: str, seen: int) -> None:
    for grid in ("micro", "micro2", "micro3"):
        number_of(town, place=town.place(grid))
    assert len(signed_in(town, who).get("/office/matters/").context["rows"]) == seen


@pytest.mark.parametrize(
    ("query", "categories"),
    [
        ("", {"01.1", "02.1"}),
        ("?category=01", {"01.1"}),
        ("?tier=C", {"02.1"}),
        ("?state=new", {"02.1"}),
        ("?state=in_hand", {"01.1"}),
        ("?state=done", {"10.1"}),
        ("?state=all", {"01.1", "02.1", "10.1"}),
        ("?late=on&state=all", set()),
        ("?category=nonsense", {"01.1", "02.1"}),
    ],
)
def test_the_filter_bar(town: Town, query: str, categories: set[str]) -> None:
    take(SYSTEM, number_of(town))
    number_of(town, "02.1")
    closed = number_of(town, "10.1")
    Matter.objects.filter(number=closed).update(state="closed", open=False, running=False)
    page = signed_in(town, "street_officer").get(f"/office/matters/{query}")
    assert {row.category for row in page.context["rows"]} == categories


def test_pages_of_the_api_follow_one_another_without_gap(town: Town) -> None:
    numbers = set()
    for hours in range(5):
        with clock.at(WEDNESDAY + timedelta(hours=hours // 2)):
            numbers.add(number_of(town))
    client, cursor, seen = signed_in(town, "street_officer"), "", []
    while True:
        page = client.get("/api/v1/matters", {"limit": 2, "cursor": cursor}).json()
        seen += [item["number"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(seen) == 5 and set(seen) == numbers


@pytest.mark.parametrize("cursor", ["x", "====", "MjAyNg", "é"])
def test_a_cursor_of_another_list_is_refused(town: Town, cursor: str) -> None:
    answer = signed_in(town, "street_officer").get("/api/v1/matters", {"cursor": cursor})
    assert answer.status_code == 422


def test_the_api_needs_a_session_or_a_token(client: Client, town: Town) -> None:
    number_of(town)
    assert client.get("/api/v1/matters").status_code == 401
    _token, secret = issue_token(SYSTEM, town.persons["fulltime_worker"], "test", ["matter.see"], 1)
    answer = client.get("/api/v1/matters", headers={"Authorization": f"Bearer {secret}"})
    assert len(answer.json()["items"]) == 1


def test_a_list_by_api_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    for _ in range(10):
        number_of(town)
    client = signed_in(town, "street_officer")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/api/v1/matters?limit=50")


def test_one_matter_offers_what_may_be_done_now(town: Town) -> None:
    number = number_of(town)
    detail = signed_in(town, "fulltime_worker").get(f"/api/v1/matters/{number}").json()
    assert detail["actions"] == ["take", "pass_up", "return_down", "refuse_duty", "sort"]
    assert signed_in(town, "micro_worker").get(f"/api/v1/matters/{number}").json()["actions"] == []


def test_pressing_through_to_solved(town: Town) -> None:
    number = number_of(town)
    client, path = signed_in(town, "fulltime_worker"), f"/office/matters/{number}"
    client.post(f"{path}/do/take/")
    client.post(f"{path}/do/note/", {"note": "已到现场"})
    client.post(f"{path}/do/solve/", {"note": "已清运"})
    assert Matter.objects.get().state == "to_confirm"
    assert "已清运" in client.get(f"{path}/").content.decode()


def test_a_form_without_words_is_shown_again(town: Town) -> None:
    number = number_of(town)
    client = signed_in(town, "fulltime_worker")
    assert client.post(f"/office/matters/{number}/do/pass_up/", {"note": " "}).status_code == 422
    assert Matter.objects.get().tier == "G"


def test_what_somebody_else_has_done_already_is_said(town: Town) -> None:
    number = number_of(town)
    take(SYSTEM, number)
    answer = signed_in(town, "fulltime_worker").post(f"/office/matters/{number}/do/take/", follow=True)
    assert answer.status_code == 200 and answer.context["messages"]


def test_whoever_may_not_act_is_refused(town: Town) -> None:
    number = number_of(town)
    assert signed_in(town, "micro_worker").post(f"/office/matters/{number}/do/take/").status_code == 403


def test_a_matter_of_another_area_does_not_exist(town: Town) -> None:
    number = number_of(town)
    client = signed_in(town, "fulltime_worker2")
    assert client.get(f"/office/matters/{number}/").status_code == 404
    assert client.post(f"/office/matters/{number}/do/take/").status_code == 404


def test_a_sealed_matter_does_not_exist_below_the_street(town: Town) -> None:
    """P3: not by its address, not in a list, not in a count."""
    number = number_of(town, "11.3")
    for who in ("micro_worker", "fulltime_worker", "community_chief"):
        client = signed_in(town, who)
        assert client.get(f"/office/matters/{number}/").status_code == 404
        assert client.get("/office/matters/?state=all").context["rows"] == []
        assert client.get("/office/").context["figures"]["new"].count == 0
        assert number not in client.get("/office/matters/export.csv?state=all").content.decode()
        assert client.get("/api/v1/matters?state=all").json()["items"] == []
    assert signed_in(town, "service_centre").get("/office/").context["figures"]["new"].count == 1


def test_the_unassigned_list_and_setting_a_place(town: Town) -> None:
    number = number_of(town, "10.1", place=OUTSIDE)
    client = signed_in(town, "street_officer")
    assert [row.number for row in client.get("/office/unassigned/").context["rows"]] == [number]
    client.post(f"/office/matters/{number}/do/set_place/", {"building": town.buildings["micro2"].pk})
    assert client.get("/office/unassigned/").context["rows"] == []
    assert town.owner(Matter.objects.get()) == "micro_worker2"


def test_words_of_a_confidential_matter_are_not_on_the_page(town: Town) -> None:
    number = number_of(town, "05.4", words="邻居漏水")
    page = signed_in(town, "micro_worker").get(f"/office/matters/{number}/").content.decode()
    assert "邻居漏水" not in page


@pytest.mark.django_db(transaction=True)
def test_opening_words_and_contact_needs_a_reason_and_leaves_a_record() -> None:
    town = build()
    number = number_of(town, "05.4", words="邻居漏水", phone="13812345678")
    client, path = signed_in(town, "micro_worker"), f"/office/matters/{number}/reveal"
    assert client.post(f"{path}/words/", {"reason": ""}).status_code == 422
    assert not VaultReading.objects.exists()
    opened = client.post(f"{path}/words/", {"reason": "先期调解"})
    assert "邻居漏水" in opened.content.decode() and "no-store" in opened["Cache-Control"]
    assert "13812345678" in client.post(f"{path}/contact/", {"reason": "回访"}).content.decode()
    assert VaultReading.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_why_the_contact_of_an_ordinary_matter_is_opened_follows_from_the_duty() -> None:
    town = build()
    number = number_of(town, phone="13812345678")
    client, path = signed_in(town, "fulltime_worker"), f"/office/matters/{number}/"
    form = client.get(path).content.decode().split("reveal/contact")[1].split("</form>")[0]
    assert 'name="reason"' not in form
    assert "13812345678" in client.post(f"{path}reveal/contact/").content.decode()
    found = Matter.objects.get()
    kept = {found.phone_handle: "contact"}
    for language, why in (("en", "in charge of it"), ("zh-hans", "负责办理")):
        with override(language):
            assert [one.why for one in looks_on_record(found, kept) if one.what == "contact"] == [why]
            assert why in [look.why for look in looks_at(found, kept).others]


def test_the_file_for_spreadsheets_holds_no_formula_and_no_words(town: Town) -> None:
    number_of(town, words="墙上有水印", place=town.place("micro"))
    Matter.objects.update(place="=HYPERLINK(1)")
    file = signed_in(town, "street_officer").get("/office/matters/export.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in file and "墙上有水印" not in file
    assert file.count("\n") == 2


def test_photos_are_shown_to_whoever_sees_the_matter(town: Town) -> None:
    number = number_of(town)
    written = io.BytesIO()
    Image.new("RGB", (20, 20)).save(written, "PNG")
    client = signed_in(town, "fulltime_worker")
    path = f"/office/matters/{number}/photos/"
    client.post(path, {"photos": SimpleUploadedFile("a.png", written.getvalue())})
    photo = Photo.objects.get()
    assert not photo.by_reporter
    assert client.get(f"{path}{photo.file}/").status_code == 200
    assert signed_in(town, "fulltime_worker2").get(f"{path}{photo.file}/").status_code == 404
    assert client.get(f"{path}../../secret/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_confidential_matter_opens_for_whoever_handles_it_on_record() -> None:
    town = build()
    number = number_of(town, "05.4")
    worker, path = signed_in(town, "micro_worker"), f"/office/matters/{number}/photos/"
    worker.post(path, {"photos": SimpleUploadedFile("a.jpg", jpeg())})
    file = Photo.objects.get().file
    page = worker.get(f"/office/matters/{number}/").content.decode()
    assert f"{path}{file}/" in page and "<img" not in page.split("photos-title")[1].split("</section>")[0]
    assert not VaultReading.objects.exists()
    assert worker.get(f"{path}{file}/").status_code == 200
    assert VaultReading.objects.get().person == town.persons["micro_worker"]
    overseeing = signed_in(town, "fulltime_worker")
    assert overseeing.get(f"{path}{file}/").status_code == 404
    assert file not in overseeing.get(f"/office/matters/{number}/").content.decode()
    assert VaultReading.objects.count() == 1
    assert (
        "照片或文件"
        in signed_in(town, "micro_worker").get(f"/office/matters/{number}/sight/").content.decode()
    )


def test_where_violence_is_only_those_read_who_handle_it(town: Town) -> None:
    number = number_of(town, "05.6", words="楼上打人", place=town.place("micro"))
    Matter.objects.update(place="玉兰路1号")
    for path in ("/office/matters/", f"/office/matters/{number}/", "/office/matters/export.csv"):
        assert "玉兰路1号" not in signed_in(town, "micro_worker").get(path).content.decode()
    owner = town.owner(Matter.objects.get())
    assert "玉兰路1号" in signed_in(town, owner).get(f"/office/matters/{number}/").content.decode()


def test_what_leaves_as_a_file_is_on_record(town: Town) -> None:
    number_of(town)
    signed_in(town, "micro_worker").get("/office/matters/export.csv")
    entry = JournalEntry.objects.get(verb="matter.exported")
    assert (entry.actor, entry.facts) == (town.persons["micro_worker"], {"lines": 1})


def test_a_department_finds_its_task_on_its_page(town: Town) -> None:
    number = number_of(town, "04.5")
    number_of(town)
    client = signed_in(town, "department")
    assert [row.number for row in client.get("/office/").context["rows"]] == [number]
    client.post(f"/office/matters/{number}/do/take/")
    assert Matter.objects.get(number=number).state == "in_hand"


def test_a_page_takes_few_statements(town: Town, django_assert_max_num_queries: object) -> None:
    number = number_of(town)
    take(SYSTEM, number)
    solve(SYSTEM, number, "done")
    client = signed_in(town, "street_officer")
    with django_assert_max_num_queries(23):  # type: ignore[operator]
        client.get(f"/office/matters/{number}/")


def test_json_never_holds_a_contact(town: Town) -> None:
    number = number_of(town, phone="13812345678", name="王小明")
    detail = signed_in(town, "street_officer").get(f"/api/v1/matters/{number}").json()
    assert "13812345678" not in json.dumps(detail) and "王小明" not in json.dumps(detail, ensure_ascii=False)


ABOVE = [("fulltime_worker", False), ("micro_worker", False), ("community_chief", True)]


@pytest.mark.parametrize(("who", "shown"), ABOVE)
def test_stars_of_one_matter_are_for_the_office_above(town: Town, who: str, shown: bool) -> None:
    number = number_of(town, "01.1")
    Matter.objects.filter(number=number).update(rating=2)
    page = signed_in(town, who).get(f"/office/matters/{number}/").content.decode()
    assert ("<dd>2 分（满分 5 分）</dd>" in page) is shown
