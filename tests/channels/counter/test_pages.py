"""The counter: registered with consent only, the emergency first, sent twice filed once (R21, P2, P4)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shige.matters.filing.commands.relay import relay_matter
from shige.matters.models import Matter
from shige.opinions.commands import OpinionIn, write_opinion
from shige.opinions.models import Opinion
from shige.trust.models import JournalEntry, Post
from shige.trust.templatetags.veils import veil
from tests.files.made import jpeg
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import WEDNESDAY, Town, report

pytestmark = pytest.mark.django_db

COUNTER = "/office/matters/new/"


def form(town: Town, **given: object) -> dict[str, object]:
    """Return a form as it is filled in at the counter."""
    usual = {"key": "k1", "words": "路灯不亮了", "building": town.buildings["micro"].pk, "consent": "on"}
    return usual | given


def code_on(page: str) -> str:
    """Return the tracking code that a receipt shows."""
    found = re.search(r'id="code">([0-9A-Z-]+)<', page)
    assert found
    return found[1]


def test_a_walk_in_takes_the_code_away(town: Town, client: Client) -> None:
    centre = signed_in(town, "service_centre")
    assert "<form" in centre.get(COUNTER).content.decode()
    answer = centre.post(COUNTER, form(town, phone="139 0000 0001", name="老张"))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    code = code_on(answer.content.decode())
    assert client.get(f"/m/{code}/").status_code == 200
    matter = Matter.objects.get()
    assert (matter.source, town.owner(matter)) == ("counter", "community_chief")
    entry = JournalEntry.objects.get(verb="matter.filed")
    assert (entry.facts["consent"], entry.actor_id) == (True, town.persons["service_centre"].pk)
    assert "139" not in str(entry.facts)


def receipt(town: Town, **given: object) -> str:
    """Register something at the counter and return the page that is printed."""
    return signed_in(town, "service_centre").post(COUNTER, form(town, **given)).content.decode()


def test_the_receipt_says_what_was_said_and_who_is_in_charge_with_its_telephone(town: Town) -> None:
    Post.objects.filter(pk=town.posts["community_chief"].pk).update(telephone="028-8555 0101")
    slip = receipt(town, words="路灯不亮了，请打13900000001找我").partition('class="panel narrow slip"')[2]
    assert "路灯不亮了" in slip and "139" not in slip and "玉兰路1号" in slip
    assert "028-8555 0101" in slip and code_on(slip) and "<svg" in slip and "打印回执" in receipt(town)


@pytest.mark.parametrize(
    "given", [{"category": "05.4", "words": "楼上邻居每晚拖家具"}, {"about_staff": "worker"}]
)
def test_words_that_are_sealed_stand_on_no_paper(town: Town, given: dict[str, object]) -> None:
    page = receipt(town, **given)
    assert code_on(page) and "拖家具" not in page and "路灯不亮了" not in page


def test_the_receipt_of_what_is_sealed_does_not_say_what_or_where(town: Town) -> None:
    words = "三单元的男人天天打老婆"
    page = receipt(town, words=words, heard=words, emergency="called")
    slip = page.partition('class="panel narrow slip"')[2]
    assert Matter.objects.get().sealed and "封存" in slip
    for told in ("打老婆", "玉兰路1号", "micro", "暴力"):
        assert told not in slip, told


def test_what_nobody_can_find_is_registered_as_it_is_written(town: Town) -> None:
    centre = signed_in(town, "service_centre")
    offered = centre.get("/report/places/?pick=1&q=菜市场后门").content.decode()
    assert 'type="radio" name="building" value="written"' in offered
    refused = centre.post(COUNTER, form(town, building="written", q=""))
    assert refused.status_code == 422 and not Matter.objects.exists()
    centre.post(COUNTER, form(town, building="written", q="菜市场后门"))
    matter = Matter.objects.get()
    assert (matter.place, matter.lon, matter.community_id) == ("菜市场后门", None, None)


def test_who_leaves_no_telephone_is_told_what_follows(town: Town) -> None:
    page = signed_in(town, "service_centre").get(COUNTER).content.decode()
    assert "无法电话核实是否解决" in page
    for name in ("name", "phone"):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*autocomplete="off"', page), name


def test_own_words_stay_in_sight_whatever_is_found(town: Town) -> None:
    page = signed_in(town, "service_centre").get("/report/places/?pick=1&q=玉兰路").content.decode()
    inside = page.partition('<div class="options">')[2].partition("</div>")[0]
    assert 'name="building"' in inside and 'value="written"' not in inside
    assert 'value="written"' in page


def test_sent_twice_it_is_one_matter_with_one_code(town: Town) -> None:
    worker = signed_in(town, "micro_worker")
    codes = {code_on(worker.post(COUNTER, form(town)).content.decode()) for _ in range(2)}
    assert len(codes) == 1 and Matter.objects.get().source == "worker"


def test_without_consent_nothing_is_filed(town: Town) -> None:
    answer = signed_in(town, "community_chief").post(COUNTER, form(town, consent=""))
    assert answer.status_code == 422 and "路灯不亮了" in answer.content.decode()
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"), [("words", " "), ("building", ""), ("phone", "无"), ("building", "999999")]
)
def test_what_is_missing_is_said_and_the_rest_is_kept(town: Town, field: str, wrong: str) -> None:
    answer = signed_in(town, "community_chief").post(
        COUNTER, form(town, name="老张", q="玉兰路", **{field: wrong})
    )
    assert answer.status_code == 422 and "老张" in answer.content.decode()
    assert "玉兰路1号" in answer.content.decode() and not Matter.objects.exists()


def test_the_emergency_number_comes_first(town: Town) -> None:
    centre = signed_in(town, "service_centre")
    words = "楼道里有煤气味"
    answer = centre.post(COUNTER, form(town, words=words))
    page = answer.content.decode()
    assert answer.status_code == 422 and "tel:119" in page and not Matter.objects.exists()
    none = centre.post(COUNTER, form(town, words=words, heard=words, emergency="none", category="01.1"))
    assert none.status_code == 200 and "tel:" not in none.content.decode()
    called = centre.post(COUNTER, form(town, words=words, heard=words, emergency="called", key="k2"))
    assert "tel:119" in called.content.decode()
    assert sorted(Matter.objects.values_list("category", "kind")) == [
        ("01.1", "ordinary"),
        ("03.3", "hazard"),
    ]


def test_it_goes_where_it_lies_also_outside_the_own_area(town: Town) -> None:
    answer = signed_in(town, "micro_worker").post(COUNTER, form(town, building=town.buildings["micro3"].pk))
    page, matter = answer.content.decode(), Matter.objects.get()
    assert matter.leaf == town.areas["micro3"] and f"/office/matters/{matter.number}/" not in page


def test_a_category_of_the_table_wins(town: Town) -> None:
    signed_in(town, "community_chief").post(COUNTER, form(town, category="02.1", other="04.1"))
    assert Matter.objects.get().category == "04.1"


def test_what_is_not_registered_here_is_said_beside_the_choice_before_anything_is_filled_in(
    town: Town,
) -> None:
    field = signed_in(town, "community_chief").get(COUNTER).content.decode()
    assert "涉及网格员或其他工作人员的，不在这里登记" in field and "/report/" in field and "<svg" in field
    street = signed_in(town, "service_centre").get(COUNTER).content.decode()
    assert "涉及街道或部门人员的，不在这里登记" in street and "网格员或其他工作人员的，不" not in street


def test_what_is_refused_about_staff_names_the_field_of_this_form(town: Town) -> None:
    chief = signed_in(town, "community_chief")
    said = chief.post(COUNTER, form(town, about_staff="worker")).content.decode()
    assert 'href="#id_about_staff' in said and 'href="#id_words"' not in said
    heard = chief.post(COUNTER, form(town, words="网格员态度恶劣", other="11.3")).content.decode()
    assert ">居民反映的内容: " in heard and not Matter.objects.exists()


@pytest.mark.parametrize("who", ["department", "mediation_committee"])
def test_whoever_is_only_given_tasks_registers_nothing(town: Town, who: str) -> None:
    assert signed_in(town, who).get(COUNTER).status_code == 403
    with pytest.raises(Exception, match="not allowed"):
        relay_matter(town.viewer(who), report(place=town.place("micro"), consent=True))


def test_a_note_becomes_a_matter_there(town: Town) -> None:
    given = OpinionIn("parking", town.areas["micro"].pk, "消防通道常被占", "few", WEDNESDAY.date())
    key = write_opinion(town.viewer("micro_worker"), given).pk
    chief, page = signed_in(town, "community_chief"), f"{COUNTER}?note={veil(key)}"
    shown = chief.get(page).content.decode()
    assert "消防通道常被占" in shown and "consent" not in shown and 'value="104.00' in shown
    answer = chief.post(page, {"key": "k", "words": "消防通道常被占", "lon": "104.001", "lat": "30.001"})
    assert answer["Location"] == f"/office/opinions/{veil(key)}/"
    matter = Matter.objects.get()
    assert Opinion.objects.get().matter == matter and matter.source == "note"
    assert (
        chief.post(page, {"key": "k", "words": "再来", "lon": "104.001", "lat": "30.001"}).status_code == 302
    )
    assert Matter.objects.count() == 1
    for who, wrong in (("micro_worker", page), ("community_chief2", page), ("community_chief", f"{page}x")):
        assert signed_in(town, who).get(wrong).status_code == 404


@pytest.mark.parametrize("category", ["", "11", "02.4"])
def test_a_hazard_that_a_clerk_dismisses_is_no_danger_to_life(town: Town, category: str) -> None:
    """P4: what was dismissed is open to whoever mends it."""
    said = "有人落水了，是说着玩的"
    given = form(town, words=said, heard=said, emergency="none", category=category, danger="none")
    assert signed_in(town, "service_centre").post(COUNTER, given).status_code == 200
    matter = Matter.objects.get()
    assert (matter.kind, matter.sealed) == ("ordinary", 0)
    assert matter.category == category if category else matter.category != "12.5"


@pytest.mark.parametrize("who", ["micro_worker", "service_centre"])
def test_who_serves_in_the_field_does_not_waive_an_alarm(town: Town, who: str) -> None:
    """P4: a worker is not asked whether it is dangerous; a clerk's word stands in the history."""
    given = form(town, words="老公打我", other="05.1")
    clerk = signed_in(town, who)
    asked = clerk.post(COUNTER, given).content.decode()
    assert ("不是紧急情况，继续" in asked) == (who == "service_centre")
    assert clerk.post(COUNTER, given | {"emergency": "none", "heard": "老公打我"}).status_code == 200
    matter = Matter.objects.get()
    assert (matter.category, town.owner(matter), matter.kind) == ("05.1", "service_centre", "guarded")
    assert ("经办人确认不是紧急情况" in matter.steps.get().remark) == (who == "service_centre")


def test_an_answer_at_the_counter_holds_for_the_words_that_raised_the_alarm(town: Town) -> None:
    centre = signed_in(town, "service_centre")
    given = form(town, words="老公打我", other="05.1", emergency="none", heard="想问问煤气味怎么来的")
    answer = centre.post(COUNTER, given)
    assert answer.status_code == 422 and "tel:110" in answer.content.decode()
    assert not Matter.objects.exists()


FOUND = "/office/matters/found/"


def test_what_a_worker_found_is_a_hazard_without_a_reporter(town: Town) -> None:
    worker = signed_in(town, "micro_worker")
    assert 'name="consent"' not in worker.get(FOUND).content.decode()
    given = form(town, words="楼道里堆满杂物，堵住消防通道", consent="", phone="13900000001")
    answer = worker.post(
        FOUND, given | {"photos": SimpleUploadedFile("stairs.jpg", jpeg(), content_type="image/jpeg")}
    )
    matter = Matter.objects.get()
    assert answer.url == f"/office/matters/{matter.number}/"
    assert (matter.kind, matter.source, matter.phone_handle) == ("hazard", "patrol", None)
    assert (town.owner(matter), matter.photos.count()) == ("fulltime_worker", 1)


def test_found_twice_by_one_form_is_one_matter(town: Town) -> None:
    worker = signed_in(town, "micro_worker")
    for _time in range(2):
        assert worker.post(FOUND, form(town, consent="")).status_code == 302
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("words", ["三楼老人独居，腿脚不便需要照顾", "夫妻吵架闹离婚"])
def test_what_is_about_people_is_not_found_but_told(town: Town, words: str) -> None:
    answer = signed_in(town, "micro_worker").post(FOUND, form(town, words=words, consent=""))
    assert answer.status_code == 422 and "征得本人同意" in answer.content.decode()
    assert not Matter.objects.exists()


def test_a_file_that_lies_about_its_type_registers_nothing(town: Town) -> None:
    lie = SimpleUploadedFile("photo.jpg", b"<script>", content_type="image/jpeg")
    answer = signed_in(town, "micro_worker").post(FOUND, form(town, consent="") | {"photos": lie})
    assert answer.status_code == 422 and not Matter.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("micro_worker", 422), ("community_chief", 422), ("service_centre", 200)]
)
def test_a_complaint_about_staff_is_not_registered_by_their_own_chain(
    town: Town, who: str, status: int
) -> None:
    answer = signed_in(town, who).post(COUNTER, form(town, words="网格员态度恶劣", other="11.3"))
    assert answer.status_code == status and Matter.objects.count() == (status == 200)


@pytest.mark.parametrize("who", ["department", "mediation_committee"])
def test_who_does_not_work_with_matters_registers_nothing(town: Town, who: str) -> None:
    assert signed_in(town, who).post(FOUND, form(town)).status_code == 403


def test_a_file_that_was_sent_ahead_and_refused_does_not_stop_the_next_press(town: Town) -> None:
    centre = signed_in(town, "service_centre")
    tus = {"HTTP_TUS_RESUMABLE": "1.0.0"}
    begun = centre.post("/office/uploads/", HTTP_UPLOAD_LENGTH="5", **tus)  # type: ignore[arg-type]
    place = begun["Location"]
    body = {"data": b"words", "content_type": "application/offset+octet-stream", "HTTP_UPLOAD_OFFSET": "0"}
    assert centre.patch(place, **body, **tus).status_code == 204  # type: ignore[arg-type]
    given = form(town, photos_upload=place.rstrip("/").rsplit("/", 1)[1])
    refused = centre.post(COUNTER, given)
    assert refused.status_code == 422 and not Matter.objects.exists()
    assert 'name="photos_upload"' not in refused.content.decode()
    assert code_on(centre.post(COUNTER, given).content.decode())
