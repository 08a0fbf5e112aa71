"""The page behind a tracking code: state for whoever has it, words only for the device that filed."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.timezone import localtime

from shige.channels.resident.drafts import ReportDraft
from shige.channels.resident.pages import danger
from shige.matters.codes import code_digest
from shige.matters.confirmation.commands.answers import add_words
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.pause import ask
from shige.matters.models import Follower, Matter, Photo, Step, Task
from shige.matters.sealing.plain_words import PLAIN, plain_words
from shige.matters.tasks.commands import Order, give_task
from shige.matters.workflow.handlers import filer_digest
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.known_devices import leave_mark
from shige.trust.middleware import SAMPLE_SESSION
from shige.trust.models import OutboxMessage, Person, Post
from tests.channels.resident.test_report import finished
from tests.files.made import jpeg
from tests.matters.town import Town, report

pytestmark = pytest.mark.django_db

EVERY_TIME = re.compile(r'name="(?:csrfmiddlewaretoken|form)" value="[^"]*"|X-CSRFToken[^}]*|nonce="[^"]*"')
"""What is another one whenever a page is shown."""


@pytest.fixture
def address(client: Client, town: Town) -> str:
    """File a matter on the device of ``client`` and return its page."""
    return finished(client, town)


def sign_in(client: Client, person: Person) -> None:
    """Let somebody at work use the browser of ``client``."""
    client.force_login(person)
    session = client.session
    session[SAMPLE_SESSION] = True
    session.save()


def solved(address: str) -> None:
    """Let the office report the matter as solved."""
    number = Matter.objects.get().number
    take(SYSTEM, number)
    solve(SYSTEM, number, "换了灯泡")


def asked(address: str) -> None:
    """Let the office ask the reporter something."""
    number = Matter.objects.get().number
    take(SYSTEM, number)
    ask(SYSTEM, number, "请发张照片")


def photo() -> SimpleUploadedFile:
    """Return a photo as a form sends it."""
    return SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")


def test_the_words_stay_on_the_device_that_filed(client: Client, address: str) -> None:
    assert "路灯不亮了" in client.get(address).content.decode()
    elsewhere = Client().get(address)
    assert elsewhere.status_code == 200
    assert "路灯不亮了" not in elsewhere.content.decode()


def test_a_changed_cookie_opens_nothing(client: Client, address: str) -> None:
    client.cookies["mine"] = client.cookies["mine"].value.replace(":", "x:", 1)
    assert "路灯不亮了" not in client.get(address).content.decode()


def test_confidential_words_are_not_shown_to_anybody(client: Client, town: Town) -> None:
    filed = file_matter(PUBLIC, report("邻居漏水", category="05.4", place=town.place("micro")))
    assert "邻居漏水" not in client.get(f"/m/{filed.tracking_code}/").content.decode()


def test_whoever_handled_it_confirms_it_on_no_page_while_signed_in(
    client: Client, address: str, town: Town
) -> None:
    matter = Matter.objects.get()
    handler = town.persons[town.owner(matter)]
    take(town.viewer(town.owner(matter)), matter.number)
    solve(town.viewer(town.owner(matter)), matter.number, "换了灯泡")
    sign_in(client, handler)
    said = client.post(f"{address}answer/", {"answer": "solved"}, follow=True).content.decode()
    assert "您经办过这件事" in said and Matter.objects.get().state == "to_confirm"
    Client().post(f"{address}answer/", {"answer": "solved"})
    assert Matter.objects.get().state == "closed"


def test_a_page_for_residents_keeps_who_was_signed_in_as_a_hash_and_their_own_work_stays_open(
    client: Client, town: Town
) -> None:
    handler = next(iter(town.persons.values()))
    sign_in(client, handler)
    finished(client, town)
    matter = Matter.objects.get()
    assert matter.filer_digest is not None and bytes(matter.filer_digest) == filer_digest(handler.pk)


def test_the_reporter_confirms_and_rates(client: Client, address: str) -> None:
    solved(address)
    assert "换了灯泡" in client.get(address).content.decode()
    client.post(f"{address}answer/", {"answer": "solved", "rating": "5"})
    matter = Matter.objects.get()
    assert (matter.state, matter.rating) == ("closed", 5)


def test_stars_are_not_needed_and_may_come_after(client: Client, address: str) -> None:
    solved(address)
    assert 'name="rating"' not in client.get(address).content.decode()
    client.post(f"{address}answer/", {"answer": "solved"})
    matter = Matter.objects.get()
    assert (matter.state, matter.rating) == ("closed", None)
    assert not matter.visits.exists()
    assert 'name="rating"' in client.get(address).content.decode()
    assert client.post(f"{address}answer/", {"answer": "rate"}).status_code == 422
    client.post(f"{address}answer/", {"answer": "rate", "rating": "2"})
    assert Matter.objects.get().rating == 2
    assert Matter.objects.get().visits.exists()
    assert 'name="rating"' not in client.get(address).content.decode()
    client.post(f"{address}answer/", {"answer": "rate", "rating": "5"})
    assert Matter.objects.get().rating == 2


def test_solved_pressed_twice_is_thanked_once_and_changes_nothing(client: Client, address: str) -> None:
    solved(address)
    for _press in range(2):
        page = client.post(f"{address}answer/", {"answer": "solved"}, follow=True).content.decode()
        assert 'class="success"' in page and 'class="error"' not in page
    assert Matter.objects.get().steps.filter(action="confirm").count() == 1


def test_where_somebody_signs_in_at_work_nobody_says_that_it_is_solved(
    client: Client, address: str, town: Town, rf: RequestFactory
) -> None:
    solved(address)
    answer = HttpResponse()
    leave_mark(rf.get("/"), answer, town.persons["department"])
    client.cookies.update(answer.cookies)
    page = client.post(f"{address}answer/", {"answer": "solved"}, follow=True).content.decode()
    assert "此浏览器正在或曾经登录工作账号" in page and Matter.objects.get().state == "to_confirm"
    Person.objects.filter(pk=town.persons["department"].pk).update(is_active=False)  # works here no more
    client.post(f"{address}answer/", {"answer": "solved"})
    assert Matter.objects.get().state == "closed"


def test_what_is_filed_where_its_handler_signs_in_nobody_confirms(
    client: Client, town: Town, rf: RequestFactory
) -> None:
    answer = HttpResponse()
    leave_mark(rf.get("/"), answer, town.persons["fulltime_worker"])
    client.cookies.update(answer.cookies)
    finished(client, town)
    assert Matter.objects.get().filer_digest == filer_digest(town.persons["fulltime_worker"].pk)


def test_the_result_stands_before_two_answers_of_one_weight(client: Client, address: str) -> None:
    solved(address)
    page = client.get(address).content.decode()
    result, yes, no = (page.index(part) for part in ("换了灯泡", 'value="solved"', "?act=not_solved"))
    assert result < yes < no
    assert 'name="reason"' not in page[:no]
    assert 'value="not_solved"' in client.get(f"{address}?act=not_solved").content.decode()


def test_after_sending_code_qr_and_card_come_first(client: Client, address: str) -> None:
    page, code = client.get(address).content.decode(), address.split("/")[2]
    assert page.index("已提交") < page.index(f">{code}<") < page.index("<dl")
    assert "<path" in page[page.index('id="card-') : page.index("<dl")]
    card = client.get(f"{address}card/").content.decode()
    assert code in card and f"http://testserver{address}" in card and "<path" in card
    assert "路灯" not in card and "Lights" not in card
    take(SYSTEM, Matter.objects.get().number)
    assert "已提交" not in client.get(address).content.decode()
    assert client.get("/m/0000/card/").status_code == 404


def test_each_date_is_said_once(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    matter = Matter.objects.get()
    for moment in (matter.reported_at, matter.respond_by, matter.resolve_by):
        assert page.count(f"{localtime(moment):%H:%M}") >= 1
        assert page.count(f'datetime="{localtime(moment).isoformat()[:16]}') == 1


def test_an_office_is_in_charge_and_nobody_by_name(client: Client, town: Town, address: str) -> None:
    """A worker of a grid belongs to the community; an organisation that bears a person's name loses it."""
    matter = Matter.objects.get()
    post = town.posts["micro_worker"]
    Post.objects.filter(pk=post.pk).update(name="微网格员李四", telephone="13800000001")
    Post.objects.filter(pk=town.posts["community_chief"].pk).update(telephone="028-11112222")
    Matter.objects.filter(pk=matter.pk).update(owner=post)
    page = client.get(address).content.decode()
    assert town.areas["east"].name in page and "028-11112222" in page
    assert "李四" not in page and "微网格员" not in page and "13800000001" not in page
    company, name = town.posts["department"], town.persons["department"].service_name
    Post.objects.filter(pk=company.pk).update(name=f"城管 {name}")
    Matter.objects.filter(pk=matter.pk).update(owner=company)
    page = client.get(address).content.decode()
    assert name not in page and "职能部门" in page


def test_not_solved_reopens_with_a_reason(client: Client, address: str) -> None:
    solved(address)
    client.post(f"{address}answer/", {"answer": "not_solved", "reason": "还是不亮"})
    assert Matter.objects.get().state == "in_hand"
    assert "还是不亮" in client.get(address).content.decode()


def test_whoever_says_no_more_than_not_solved_is_heard_as_well(client: Client, address: str) -> None:
    solved(address)
    assert client.post(f"{address}answer/", {"answer": "not_solved", "reason": " "}).status_code == 302
    matter = Matter.objects.get()
    assert (matter.state, matter.steps.order_by("pk").last().note) == (
        "in_hand",
        "问题还没有解决，请继续办理。",
    )
    assert client.post(f"{address}answer/", {"answer": "add", "reason": " "}).status_code == 422


def test_words_about_staff_get_a_code_of_their_own_and_a_double_press_the_same(
    client: Client, address: str
) -> None:
    given = {"answer": "add", "reason": "微网格员收了红包，态度恶劣", "form": form_in(client, address)}
    before = Client().get(address).content.decode()
    pages = [client.post(f"{address}answer/", given, follow=True) for _ in range(2)]
    apart = Matter.objects.get(sealed=1)
    assert Matter.objects.count() == 2 and len({page.redirect_chain[0][0] for page in pages}) == 1
    code = pages[0].redirect_chain[0][0].split("/")[2]
    assert code_digest(code) == bytes(apart.tracking_digest) and code not in address
    said = pages[0].content.decode()
    assert "另立一件" in said and code in said and "红包" not in said
    after = Client().get(address).content.decode()
    assert EVERY_TIME.sub("", after) == EVERY_TIME.sub(
        "", before
    )  # whoever knows the first code learns nothing


def test_a_closed_matter_can_be_taken_up_again(client: Client, address: str) -> None:
    solved(address)
    client.post(f"{address}answer/", {"answer": "solved", "rating": "2"})
    client.post(f"{address}answer/", {"answer": "reopen", "reason": "又坏了"})
    assert Matter.objects.get().state == "in_hand"


def test_danger_to_persons_said_later_is_taken_in_before_anything_is_asked(
    client: Client, town: Town
) -> None:
    """P4: whoever calls the number that is shown, or leaves, has said it all the same."""
    filed = file_matter(PUBLIC, report("夫妻总吵架", category="05.1", place=town.place("micro")))
    address = f"/m/{filed.tracking_code}/answer/"
    page = client.post(address, {"answer": "add", "reason": "他打我"}).content.decode()
    assert "tel:110" in page and "您的答复已收到" in page and "网格员和社区看不到" in page
    matter = Matter.objects.get()
    assert (matter.category, matter.sealed) == ("05.6", 1)


GAS = "莫得修好，楼道里还闻到煤气味"


def form_on(page: str) -> dict[str, str]:
    """Return what a page of numbers sends when its alarm is dismissed."""
    given = dict(re.findall(r'<input type="hidden" name="(form|answer)" value="([^"]*)"', page))
    return given | {"emergency": "none"}


@pytest.mark.parametrize("reason", [GAS, "他打我，还打孩子"])
@pytest.mark.parametrize("act", ["not_solved", "answer"])
def test_what_waits_for_the_reporter_is_answered_whatever_alarm_follows(
    client: Client, address: str, act: str, reason: str
) -> None:
    """P4: whoever leaves the page of numbers has answered, and comes back to the matter they came from."""
    solved(address) if act == "not_solved" else asked(address)
    number = Matter.objects.get().number
    page = client.post(
        f"{address}answer/", {"answer": act, "reason": reason, "form": "k" * 16}
    ).content.decode()
    matter = Matter.objects.get(number=number)
    assert matter.state == "in_hand" and matter.steps.filter(action=act).exists()
    assert "您的答复已收到" in page and f'href="{address}"' in page and 'value="none"' in page
    assert "sms:12110" not in page or quote(matter.place) in page


@pytest.mark.parametrize(("reason", "said"), [(GAS, "保留在这件诉求里"), ("他打我", "先由专门人员查看")])
def test_an_alarm_over_later_words_can_be_dismissed_once(
    client: Client, address: str, reason: str, said: str
) -> None:
    page = client.post(f"{address}answer/", {"answer": "add", "reason": reason}).content.decode()
    for _ in range(2):
        shown = client.post(f"{address}no-emergency/", form_on(page), follow=True)
    assert shown.redirect_chain[-1][0] == address
    (step,) = Step.objects.filter(action="no_emergency")
    assert bool(step.matter.sealed) == (reason != GAS)
    first = client.post(f"{address}answer/", {"answer": "add", "reason": f"{reason}。"}).content.decode()
    assert said in client.post(f"{address}no-emergency/", form_on(first), follow=True).content.decode()


def test_nothing_is_dismissed_that_was_not_said(client: Client, address: str) -> None:
    given = {"form": "k" * 16, "answer": "add", "emergency": "none"}
    assert client.post(f"{address}no-emergency/", given).status_code == 404
    assert not Step.objects.filter(action="no_emergency").exists()


@pytest.mark.parametrize("reason", ["在这里", "他打我，还打孩子", ""])
def test_photos_go_with_the_answer_and_stay_with_its_words(client: Client, address: str, reason: str) -> None:
    asked(address)
    page = client.get(address).content.decode()
    assert page.count('id="id_photos"') == 1
    client.post(
        f"{address}answer/", {"answer": "answer", "reason": reason, "photos": photo(), "form": "k" * 16}
    )
    (kept,) = Photo.objects.all()
    assert kept.by_reporter and bool(kept.matter.sealed) == ("打" in reason)
    assert Matter.objects.order_by("pk")[0].state == "in_hand"


def test_a_photo_that_cannot_be_taken_leaves_the_typed_answer(client: Client, address: str) -> None:
    asked(address)
    bad = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = client.post(f"{address}answer/", {"answer": "answer", "reason": "在这里", "photos": bad})
    assert answer.status_code == 422 and ">\n在这里</textarea>" in answer.content.decode()
    assert Matter.objects.get().state == "waiting"


def test_another_device_adds_no_photos_to_an_answer(client: Client, address: str) -> None:
    asked(address)
    assert "id_photos" not in Client().get(address).content.decode()
    given = {"answer": "answer", "reason": "在这里", "photos": photo()}
    assert Client().post(f"{address}answer/", given).status_code == 404
    assert Matter.objects.get().state == "waiting" and not Photo.objects.exists()


def test_an_answer_out_of_turn_changes_nothing(client: Client, address: str) -> None:
    client.post(f"{address}answer/", {"answer": "solved", "rating": "5"})
    assert Matter.objects.get().state == "new"


def test_an_unknown_answer_is_not_found(client: Client, address: str) -> None:
    assert client.post(f"{address}answer/", {"answer": "x", "reason": "x"}).status_code == 404


def test_my_matters_lists_what_the_device_saved(client: Client, address: str) -> None:
    assert address in client.get("/my/").content.decode()
    assert address not in Client().get("/my/").content.decode()


def test_a_code_opens_its_page_however_it_is_typed(client: Client, address: str) -> None:
    typed = address.split("/")[2].lower().replace("-", " ")
    assert Client().post("/my/", {"code": typed})["Location"] == address


def test_a_wrong_code_is_named(client: Client, db: None) -> None:
    assert client.post("/my/", {"code": "0000"}).status_code == 422
    assert client.get("/m/0000/").status_code == 404


def test_a_device_can_forget(client: Client, address: str) -> None:
    client.post(f"{address}forget/")
    assert address not in client.get("/my/").content.decode()
    assert "路灯不亮了" not in client.get(address).content.decode()


def test_the_page_takes_few_statements(
    client: Client, address: str, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(address)


def form_in(client: Client, address: str) -> str:
    """Return the key of the forms on a tracking page."""
    (key,) = set(re.findall(r'name="form" value="([^"]+)"', client.get(address).content.decode()))
    return str(key)


@pytest.mark.parametrize("with_key", [True, False])
def test_solved_pressed_twice_is_thanked_for_twice(client: Client, address: str, with_key: bool) -> None:
    solved(address)
    given = {"answer": "solved", "rating": "5"} | ({"form": form_in(client, address)} if with_key else {})
    for _ in range(2):
        page = client.post(f"{address}answer/", given, follow=True).content.decode()
        assert "您的答复已记录" in page and "请刷新页面" not in page
    assert Matter.objects.get().steps.filter(action="confirm").count() == 1


@pytest.mark.parametrize(("act", "state"), [("add", "new"), ("not_solved", "in_hand")])
def test_an_answer_pressed_twice_is_taken_in_once(client: Client, address: str, act: str, state: str) -> None:
    if act == "not_solved":
        solved(address)
    given = {"answer": act, "reason": "还是不亮", "form": form_in(client, address)}
    for _ in range(2):
        page = client.post(f"{address}answer/", given, follow=True).content.decode()
        assert "您的答复已记录" in page and "请刷新页面" not in page
    matter = Matter.objects.get()
    assert matter.state == state and matter.steps.filter(action=act).count() == 1
    client.post(
        f"{address}answer/", {"answer": "add", "reason": "还是不亮", "form": form_in(client, address)}
    )
    assert matter.steps.filter(note="还是不亮").count() == 2  # another form says it anew


def test_what_was_refused_can_be_sent_again_from_the_same_form(client: Client, address: str) -> None:
    given = {"answer": "solved", "rating": "5", "form": form_in(client, address)}
    client.post(f"{address}answer/", given)  # out of turn
    solved(address)
    client.post(f"{address}answer/", given)
    assert Matter.objects.get().state == "closed"


def test_an_alarm_between_two_presses_keeps_the_form(client: Client, town: Town) -> None:
    filed = file_matter(PUBLIC, report("路灯不亮", category="02.1", place=town.place("micro")))
    address = f"/m/{filed.tracking_code}/"
    given = {"answer": "add", "reason": "楼道里闻到煤气味", "form": "k" * 16}
    page = client.post(f"{address}answer/", given).content.decode()
    assert f'name="form" value="{"k" * 16}"' in page
    for _ in range(2):
        client.post(f"{address}answer/", given | {"emergency": "none"})
    assert filed.matter.steps.filter(action="add").count() == 1


def test_danger_that_is_sent_twice_is_said_once(client: Client, town: Town) -> None:
    filed = file_matter(PUBLIC, report("夫妻总吵架", category="05.1", place=town.place("micro")))
    given = {"answer": "add", "reason": "他打我", "form": "k" * 16}
    for _ in range(2):
        assert "tel:110" in client.post(f"/m/{filed.tracking_code}/answer/", given).content.decode()
    assert filed.matter.steps.filter(action="add").count() == 1


def test_photos_are_added_later_by_the_device_that_filed(client: Client, address: str) -> None:
    given = {"answer": "add", "reason": ""}
    assert Client().post(f"{address}answer/", given | {"photos": photo()}).status_code == 404
    assert "id_photos" not in Client().get(address).content.decode()
    client.post(f"{address}answer/", given | {"photos": photo()})
    assert Matter.objects.get().photos.filter(by_reporter=True).count() == 1
    assert not Step.objects.filter(action="add").exists()
    solved(address)
    client.post(f"{address}answer/", {"answer": "solved"})
    client.post(f"{address}answer/", given | {"photos": photo()})
    assert Matter.objects.get().photos.count() == 1


def test_what_is_added_goes_with_its_photos_in_one_press(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert page.count('id="id_photos"') == 1 and "补充说明或照片" in page
    client.post(f"{address}answer/", {"answer": "add", "reason": "就在三楼拐角", "photos": photo()})
    assert Matter.objects.get().photos.count() == 1 and "三楼" in Step.objects.get(action="add").note


@pytest.mark.parametrize("given", [{}, {"photos": b"no picture"}])
def test_what_cannot_be_added_leaves_the_words(client: Client, address: str, given: dict[str, bytes]) -> None:
    files = {name: SimpleUploadedFile("a.jpg", content) for name, content in given.items()}
    reason = "就在三楼拐角" if files else ""
    answer = client.post(f"{address}answer/", {"answer": "add", "reason": reason} | files)
    page = answer.content.decode()
    assert answer.status_code == 422 and f">\n{reason}</textarea>" in page and 'role="alert"' in page
    assert not Photo.objects.exists() and not Step.objects.filter(action="add").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7K3M-0XQ9-2B4C-HJ5", "还差 1 位"),
        ("7K3M", "还差 12 位"),
        ("7K3M-0XQ9-2B4C-HJ5TA9", "多了 2 位"),
        ("138 1234 5678", "您输入的是电话号码"),
        ("", "请输入提交时得到的查询码"),
    ],
)
def test_what_cannot_be_a_code_is_told_why(client: Client, typed: str, said: str) -> None:
    answer = client.post("/my/", {"code": typed})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "必填" not in page


@pytest.mark.parametrize(
    ("gateway", "leads"), [("http://gateway.invalid/", "channels:recover"), ("", "channels:my_worker")]
)
def test_who_types_a_telephone_is_led_on(client: Client, settings: Any, gateway: str, leads: str) -> None:
    settings.SHIGE_DELIVERY_URL = gateway
    page = client.post("/my/", {"code": "13812345678"}).content.decode()
    notice = page[page.index('<p class="notice">') :].partition("</p>")[0]
    assert f'href="{reverse(leads)}"' in notice


def page_of(town: Town, words: str, **given: Any) -> str:
    """File a matter and return its tracking page as whoever has the code alone sees it."""
    code = file_matter(PUBLIC, report(words, place=town.place("micro"), **given)).tracking_code
    return Client().get(f"/m/{code}/", follow=True).content.decode()


def test_of_what_waits_for_trained_staff_the_hour_is_said_and_nothing_else(town: Town) -> None:
    page = page_of(town, "网格员态度恶劣，喊他半天不来", category="02.1")
    due = localtime(Matter.objects.get().respond_by)
    assert "一个工作小时内" not in page and "专人最迟" in page and f"{due:%H:%M}" in page


def test_a_hazard_at_once_is_not_said_to_wait(town: Town) -> None:
    page = page_of(town, "家里有煤气味，头晕")
    assert Matter.objects.get().kind == "hazard"
    assert "已按安全隐患登记" in page and "响应时限前" not in page


def test_a_sealed_page_leaves_no_address_in_the_history_and_says_how_to_clear_it(town: Town) -> None:
    sealed = page_of(town, "男人又打我", category="05.6")
    assert "/report/end/" in sealed and "历史记录" in sealed
    assert "<dt>网格</dt>" not in sealed, "in a small grid its name says whose home it is"
    ordinary = page_of(town, "路灯不亮了", category="02.1")
    assert "<dt>网格</dt>" in ordinary and "data-unlisted" not in ordinary and "历史记录" not in ordinary


@pytest.mark.parametrize("phone", ["", "13812345678"])
def test_whoever_left_no_telephone_at_the_counter_is_not_told_that_they_confirm(
    town: Town, phone: str
) -> None:
    given = report("路灯不亮了", category="02.1", phone=phone, place=town.place("micro"), consent=True)
    code = relay_matter(town.viewer("service_centre"), given).tracking_code
    page = Client().get(f"/m/{code}/").content.decode()
    assert ("由您确认是否解决" in page) == bool(phone)
    assert ("按无法确认办结" in page) == (not phone)


@pytest.mark.parametrize(
    ("draft", "warned"),
    [
        (ReportDraft(words="路灯不亮了", category="02.1"), True),
        (ReportDraft(words="路灯不亮了", category="02.1", danger="cannot_talk"), False),
        (ReportDraft(words="路灯不亮了", category="02.1", hurt=True), False),
        (ReportDraft(words="男人又打我", category="02.1"), False),
        (ReportDraft(words="他对我不好", category="05.6"), False),
        (ReportDraft(category="05.1"), False),
    ],
)
def test_no_warning_of_the_season_stands_beside_danger(
    draft: ReportDraft, warned: bool, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(danger, "standing_for", lambda _draft: ["winter"])
    assert bool(danger.warned_of(draft)) == warned


def emergency_on(page: str) -> bool:
    """Say whether a page shows numbers to press for danger."""
    return "tel:110" in page and "sms:12110" in page


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        ("隔壁天天打娃儿", Answers()),
        ("路灯不亮了", Answers(danger="cannot_talk")),
        ("他又打我", Answers(no_emergency=True)),
    ],
)
def test_where_somebody_may_be_in_danger_the_numbers_are_there(
    town: Town, words: str, answers: Answers
) -> None:
    assert emergency_on(page_of(town, words, answers=answers))


def test_of_what_is_sealed_only_because_it_is_about_staff_no_number_frightens(town: Town) -> None:
    words = "网格员态度孬，喊他半天不来还毛起"
    filed = file_matter(PUBLIC, report(words, place=town.place("micro"), category="11.2"))
    page = Client().get(f"/m/{filed.tracking_code}/", follow=True).content.decode()
    assert filed.matter.sealed and filed.matter.kind == "guarded"
    assert "110" not in page.partition("<main")[2].replace(filed.matter.number, "")
    add_words(PUBLIC, filed.tracking_code, "他刚才堵在我门口要打我")
    assert emergency_on(Client().get(f"/m/{filed.tracking_code}/", follow=True).content.decode())
    Matter.objects.update(state="in_hand")
    assert not emergency_on(Client().get(f"/m/{filed.tracking_code}/", follow=True).content.decode())


@pytest.mark.parametrize("spoken", ["zh-hans", "en"])
@pytest.mark.parametrize("act", [act for act in PLAIN if act != "told"])
def test_what_a_reporter_did_not_write_is_never_listened_to(
    client: Client, town: Town, act: str, spoken: str
) -> None:
    """P4: the program's own words for whoever wrote none raise no alarm and set nothing apart."""
    client.cookies["django_language"] = spoken
    category = "14.1" if act == "withdraw" else "02.1"
    filed = file_matter(PUBLIC, report("想要一台旧电脑", category=category, place=town.place("micro")))
    address = f"/m/{filed.tracking_code}/"
    if act == "answer":
        asked(address)
    elif act != "withdraw":
        solved(address)
    if act == "reopen":
        client.post(f"{address}answer/", {"answer": "solved", "rating": "2"})
    answer = client.post(f"{address}answer/", {"answer": act, "reason": "\u200b "})
    assert answer.status_code == 302
    (matter,) = Matter.objects.all()
    step = matter.steps.order_by("pk").last()
    assert (step.action, step.words_handle, matter.sealed) == (act, None, 0)
    shown = client.get(address).content.decode()
    assert plain_words(act) not in shown, "nobody reads as their own what they did not write"


def test_the_code_of_what_was_set_apart_stands_beside_the_words_that_tell_of_it(
    client: Client, address: str
) -> None:
    page = client.post(f"{address}answer/", {"answer": "add", "reason": "他打我，还打孩子"}).content.decode()
    apart = Matter.objects.get(sealed=1)
    (code,) = re.findall(r'id="code">([0-9A-Z-]{19})<', page)
    assert code_digest(code) == bytes(apart.tracking_digest) and page.index("另立一件") < page.index(code)
    assert "另立一件" not in client.get(f"/m/{code}/").content.decode(), "it is said once"


def test_a_code_is_noted_before_its_page_leaves_the_history(client: Client, town: Town) -> None:
    filed = file_matter(PUBLIC, report("男人又打我", category="05.6", place=town.place("micro")))
    address = f"/m/{filed.tracking_code}/"
    page = client.get(address, follow=True).content.decode()
    assert page.index('id="code"') < page.index('class="note-first"') and "我已记下" in page
    ordinary = file_matter(PUBLIC, report("路灯不亮了", category="02.1", place=town.place("micro")))
    assert "note-first" not in client.get(f"/m/{ordinary.tracking_code}/").content.decode()


@pytest.mark.parametrize(
    ("words", "answers", "category", "told"),
    [
        ("他又打我", Answers(no_emergency=True), "02.1", True),
        ("他又打我", Answers(danger="none"), "02.1", True),
        ("他又打我", Answers(no_emergency=True), "05.6", False),
        ("他又打我", Answers(), "02.1", False),
        ("网格员又打我", Answers(no_emergency=True), "02.1", False),
        ("路灯不亮了", Answers(no_emergency=True), "02.1", False),
    ],
)
def test_why_a_dismissed_alarm_is_sealed_and_what_follows_is_told_until_somebody_has_looked(
    town: Town, words: str, answers: Answers, category: str, told: bool
) -> None:
    said = "为什么先封存"
    page = page_of(town, words, answers=answers, category=category)
    assert (said in page) is told and (not told or "专人最迟" in page)


@pytest.mark.parametrize("reason", ["自己换好了灯泡", ""])
def test_what_is_no_longer_needed_is_withdrawn_and_the_post_is_told(
    client: Client, town: Town, address: str, reason: str
) -> None:
    page = client.get(address).content.decode()
    assert "我不需要了，撤回" in page and 'data-confirm="确定撤回吗？"' in page
    matter = Matter.objects.get()
    take(SYSTEM, matter.number)
    order = Order(post=town.posts["department"].pk, action="换灯泡", limit="2wd")
    give_task(town.viewer("service_centre"), matter.number, order)
    page = client.post(f"{address}answer/", {"answer": "withdraw", "reason": reason}, follow=True)
    matter.refresh_from_db()
    assert (matter.state, matter.open) == ("withdrawn", False) and "已撤回" in page.content.decode()
    step = Step.objects.get(action="withdraw")
    assert step.note == (reason or plain_words("withdraw")) and not Task.objects.get().open
    assert set(OutboxMessage.objects.values_list("kind", flat=True)) >= {"matter.withdrawn", "task.withdraw"}
    assert "撤回" not in client.get(address).content.decode().partition("<details")[2]


def test_only_ones_own_matter_in_which_nobody_else_is_can_be_withdrawn(
    client: Client, town: Town, address: str
) -> None:
    matter, act = Matter.objects.get(), {"answer": "withdraw", "reason": "不要了"}
    Follower.objects.create(matter=matter, tracking_digest=b"x" * 32, joined_at=matter.reported_at)
    assert "我不需要了" not in client.get(address).content.decode()
    client.post(f"{address}answer/", act)
    for words, answers in (("他又打我", Answers(no_emergency=True)), ("网格员收了钱不办事", Answers())):
        filed = file_matter(PUBLIC, report(words, place=town.place("micro"), answers=answers))
        client.post(f"/m/{filed.tracking_code}/answer/", act)
    given = report(
        "路灯不亮了", category="02.1", phone="13812345678", place=town.place("micro"), consent=True
    )
    relayed = relay_matter(town.viewer("service_centre"), given)
    client.post(f"/m/{relayed.tracking_code}/answer/", act)
    assert not Matter.objects.exclude(state="new").exists()


@pytest.mark.parametrize(
    ("words", "asked"),
    [("楼上漏水到我家天花板", False), ("楼上漏水，我去说他就骂人", True), ("楼上天天半夜跳舞", True)],
)
def test_next_door_a_leak_alone_is_no_question_of_harm(words: str, asked: bool) -> None:
    draft = ReportDraft(words=words, category="05.4", danger="none", no_emergency=True)
    assert (danger.next_screen(draft) == "channels:hurt") is asked


def test_another_device_is_told_why_it_shows_no_words(client: Client, address: str) -> None:
    said = "这里不显示您的原话"
    assert said in Client().get(address).content.decode()
    assert said not in client.get(address).content.decode()
