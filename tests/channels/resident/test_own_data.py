"""What is held of a reporter: seen, taken along, corrected, deleted, by nobody else (P5)."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from shige.channels.delivery.service import text_of
from shige.disputes.mediation.commands import add_to_note
from shige.disputes.mediation.disclosure import reveal_mediation
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.contact import reveal_contact
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter, Photo
from shige.matters.own_data.commands.own_data import Proof, correct_contact, take_along
from shige.matters.own_data.former import FIELD, former_of
from shige.matters.own_data.queries import own_handles
from shige.trust.gate import PUBLIC
from shige.trust.handles import kept
from shige.trust.models import OutboxMessage, SignInFailure, VaultReading
from shige.trust.personal import FIELDS
from tests.channels.resident.test_report import finished
from tests.matters.handling.test_pages import signed_in
from tests.matters.own_data.test_retention import PICTURE
from tests.matters.town import Town, build, report

PHONE = "13812345678"


def filed(town: Town, category: str = "05.4") -> tuple[str, Matter]:
    """File a matter with a contact and return code and matter."""
    given = report(
        "楼上漏水",
        category=category,
        name="王小明",
        phone=PHONE,
        place=town.place("micro"),
        attachments=(PICTURE,),
    )
    found = file_matter(PUBLIC, given)
    return found.tracking_code, found.matter


def post(code: str, act: str, **given: str) -> "tuple[int, str]":
    """Send a form from a device that did not file the matter."""
    answer = Client().post(f"/m/{code}/data/", {"act": act} | given)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_reporter_sees_what_is_held_and_who_opened_it() -> None:
    town = build()
    code, matter = filed(town)
    reveal_contact(town.viewer("micro_worker"), matter.number, "上门前联系")
    page = Client().get(f"/m/{code}/data/").content.decode()
    for said in (
        "您的姓名",
        "您的电话",
        "您的话",
        "回问情况、告知结果",
        "微网格员",
        "上门前联系",
        "1 个照片或文件",
    ):
        assert said in page, said
    assert PHONE not in page and "王小明" not in page and "楼上漏水" not in page
    assert Client().get("/m/AAAA-AAAA-AAAA-AAAA/data/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_is_read_of_the_other_side_is_not_told_to_the_reporter() -> None:
    """P5 holds for one's own: why a mediator opened the note may speak of the other party."""
    town = build()
    code, matter = filed(town)
    worker = town.viewer("micro_worker")
    take(worker, matter.number)
    add_to_note(worker, matter.number, "楼上说只是孩子跑")
    reveal_mediation(worker, matter.number, "楼上住户情绪不稳")
    assert VaultReading.objects.exists()
    page = Client().get(f"/m/{code}/data/").content.decode()
    assert "情绪不稳" not in page and "加密原话" not in page


@pytest.mark.django_db(transaction=True)
def test_it_is_taken_along_by_whoever_left_the_telephone_on_record() -> None:
    code, _matter = filed(build())
    assert post(code, "take_along")[0] == 422
    status, page = post(code, "take_along", proof="13900000000")
    assert status == 422 and "这不是当时留下的电话" in page and PHONE not in page
    assert not VaultReading.objects.exists()
    status, file = post(code, "take_along", proof="138 1234 5678")
    own = json.loads(file)
    assert status == 200 and (own["name"], own["words"]) == ("王小明", "楼上漏水")
    assert own["telephone"] == "138 1234 5678"
    assert {reading.role for reading in VaultReading.objects.all()} == {"reporter"}
    assert "您本人查看过（共 1 天）" in Client().get(f"/m/{code}/data/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_contact_is_corrected_or_deleted() -> None:
    town = build()
    code, matter = filed(town)
    assert post(code, "correct", proof=PHONE, name="王大明", phone="12")[0] == 422
    assert reveal_contact(town.viewer("micro_worker"), matter.number, "联系").phone == f"+86{PHONE}"
    assert post(code, "correct", proof=PHONE, name="王大明", phone="13700000000")[0] == 302
    contact = reveal_contact(town.viewer("micro_worker"), matter.number, "联系")
    assert (contact.name, contact.phone, contact.former) == ("王大明", "+8613700000000", f"+86{PHONE}")
    correct_contact(PUBLIC, code, Proof(phone="13700000000"), "", "")
    assert reveal_contact(town.viewer("micro_worker"), matter.number, "联系").name == "王大明"
    page = Client().get(f"/m/{code}/data/").content.decode()
    assert "您写的原文中如有电话，仍会保留" in page and "无法再联系您" not in page
    assert post(code, "delete_contact", proof="13900000000")[0] == 422
    assert post(code, "delete_contact", proof="13700000000")[0] == 302
    left = Matter.objects.get()
    assert not kept([left.name_handle, left.phone_handle])
    detail = matter_detail(town.viewer("micro_worker"), matter.number)
    assert detail and not (detail.left.name or detail.left.phone or detail.left.callback)
    office = signed_in(town, "micro_worker").get(f"/office/matters/{matter.number}/").content.decode()
    assert "已留联系方式" not in office
    assert "查看联系方式" not in office
    assert "已不再保存" in office, office[office.index("反映人") :][:300]
    assert "删除我的姓名和电话" not in Client().get(f"/m/{code}/data/").content.decode()
    assert "微网格员" in Client().get(f"/m/{code}/data/").content.decode()
    assert "只有提交这件诉求的设备" in Client().get(f"/m/{code}/data/").content.decode()
    assert post(code, "correct", proof="13700000000")[0] == 422


def guess(code: str, phone: str, address: str = "192.0.2.1") -> int:
    """Try a telephone at a code from an address; return the status."""
    given = {"act": "show", "proof": phone}
    return Client(REMOTE_ADDR=address).post(f"/m/{code}/data/", given).status_code


@pytest.mark.django_db(transaction=True)
def test_guessing_the_telephone_of_a_code_waits_longer_each_time_and_only_there() -> None:
    town = build()
    code, other = filed(town)[0], filed(town)[0]
    assert [guess(code, f"1390000000{number}") for number in range(5)] == [422] * 4 + [429]
    assert guess(code, PHONE) == 429  # even the right one, from there
    assert guess(code, PHONE, "198.51.100.7") == 200 and guess(other, PHONE) == 200
    lengths = []
    for _ in range(12):
        SignInFailure.objects.update(waits_until=timezone.now())
        guess(code, "13900000000")
        lengths.append(SignInFailure.objects.get().waits_until - timezone.now())
    assert lengths[:8] == sorted(lengths[:8]) and timedelta(minutes=14) < lengths[-1] < timedelta(minutes=16)
    answer = Client(REMOTE_ADDR="192.0.2.1").post(f"/m/{code}/data/", {"act": "show", "proof": PHONE})
    assert int(answer["Retry-After"]) > 800 and "分钟后再试" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_with_the_new_telephone_is_no_guess() -> None:
    code, _matter = filed(build())
    for _ in range(5):
        assert post(code, "correct", proof=PHONE, phone="12")[0] == 422
    assert guess(code, PHONE) == 200


@pytest.mark.django_db(transaction=True)
def test_who_changes_the_telephone_by_code_and_telephone_shuts_nobody_out() -> None:
    """A neighbour knows both: the one before is told, still proves, takes it back, and that stands."""
    town = build()
    code, matter = filed(town)
    assert post(code, "correct", proof=PHONE, phone="13700000000")[0] == 302
    told = OutboxMessage.objects.get(kind="matter.contact_changed")
    assert told.receiver_handle == former_of(Matter.objects.get()) and PHONE not in text_of(told)
    assert "30 天内" in text_of(told) and code not in text_of(told)
    opened = reveal_contact(town.viewer("micro_worker"), matter.number, "核实结果")
    assert opened.former == f"+86{PHONE}"
    page = Client().get(f"/m/{code}/data/").content.decode()
    assert "联系方式于" in page and "微网格员" in page
    status, said = post(code, "correct", proof="13700000000", phone="13600000000")
    assert status == 422 and "刚改过" in said
    assert post(code, "show", proof=PHONE)[0] == 200
    assert post(code, "correct", proof=PHONE, phone=PHONE)[0] == 302
    for proof in (PHONE, "13700000000"):
        assert post(code, "correct", proof=proof, phone="13700000000")[0] == 422
    assert reveal_contact(town.viewer("micro_worker"), matter.number, "核实结果").phone == f"+86{PHONE}"


@pytest.mark.django_db(transaction=True)
def test_the_telephone_before_goes_with_the_contact_and_after_thirty_days() -> None:
    town = build()
    code, _matter = filed(town)
    post(code, "correct", proof=PHONE, phone="13700000000")
    former = former_of(Matter.objects.get())
    now = timezone.now()
    assert former and FIELDS[FIELD].ends(now) == now + timedelta(days=30)
    assert post(code, "delete_contact", proof="13700000000")[0] == 302
    assert not kept([former])


@pytest.mark.django_db(transaction=True)
def test_the_device_that_filed_changes_it_at_once(client: Client) -> None:
    where = finished(client, build())
    for phone in ("13700000000", "13600000000"):
        assert client.post(f"{where}data/", {"act": "correct", "phone": phone}).status_code == 302
    assert former_of(Matter.objects.get()) is None


@pytest.mark.django_db(transaction=True)
def test_everything_is_deleted_once_it_has_ended() -> None:
    town = build()
    code, matter = filed(town)
    status, page = post(code, "delete", proof=PHONE)
    assert status == 422 and "还在办理" in page
    handles = [handle for some in own_handles(matter) for handle in some]
    assert len(kept(handles)) == 3
    Matter.objects.update(open=False, running=False, state="closed", closed_at=matter.reported_at)
    assert post(code, "delete", proof="13900000000")[0] == 422
    assert post(code, "delete", proof=PHONE)[0] == 302
    gone = Matter.objects.get()
    assert gone.place == "" and not kept(handles) and not Photo.objects.exists()
    assert "均已删除" in Client().get(f"/m/{code}/data/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_device_that_filed_it_needs_no_telephone(client: Client) -> None:
    town = build()
    where = finished(client, town)
    page = client.get(f"{where}data/").content.decode()
    assert f'href="{where}data/"' in client.get(where).content.decode() and "您留下的电话" not in page
    answer = client.post(f"{where}data/", {"act": "take_along"})
    assert json.loads(answer.content)["words"] == "路灯不亮了" and "no-store" in answer["Cache-Control"]
    assert client.post(f"{where}data/", {"act": "nothing"}).status_code == 404


@pytest.mark.django_db
def test_what_the_office_wrote_stays(town: Town) -> None:
    code, matter = filed(town, "01.1")
    worker = town.viewer(town.owner(matter))
    take(worker, matter.number)
    solve(worker, matter.number, "换好了")
    Matter.objects.update(
        open=False, running=False, state="closed", closed_at=matter.reported_at, confirm_by=None
    )
    Client().post(f"/m/{code}/data/", {"act": "delete", "proof": PHONE})
    gone = Matter.objects.get()
    assert gone.words == "" and gone.steps.filter(note="换好了").exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_said_later_is_taken_along_too() -> None:
    town = build()
    code, _matter = filed(town)
    answered = Client().post(f"/m/{code}/answer/", {"answer": "add", "reason": "今天又漏了"})
    assert answered.status_code == 302
    assert take_along(PUBLIC, code, Proof(phone=PHONE)).later == ("今天又漏了",)


@pytest.mark.django_db(transaction=True)
def test_the_values_are_shown_and_filled_in_once_it_is_proven() -> None:
    code, _matter = filed(build())
    assert "王小明" not in Client().get(f"/m/{code}/data/").content.decode()
    assert post(code, "show", proof="13900000000")[0] == 422
    status, page = post(code, "show", proof=PHONE)
    assert status == 200 and "楼上漏水" in page
    assert page.count("王小明") == 2 and page.count("138 1234 5678") == 2


@pytest.mark.django_db(transaction=True)
def test_of_an_ordinary_matter_the_device_that_filed_it_sees_the_values_at_once(client: Client) -> None:
    where = finished(client, build())
    assert "路灯不亮了" in client.get(f"{where}data/").content.decode()
    assert "路灯不亮了" not in Client().get(f"{where}data/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_times_are_those_of_the_clock_on_the_wall() -> None:
    code, matter = filed(build())
    own = json.loads(post(code, "take_along", proof=PHONE)[1])
    assert own["reported_at"] == localtime(matter.reported_at).isoformat(timespec="seconds")
    assert own["reported_at"].endswith("+08:00") and own["steps"][0]["at"].endswith("+08:00")


@pytest.mark.parametrize("phone", ["", PHONE])
def test_of_what_somebody_at_work_registered_no_device_of_the_reporter_is_spoken_of(
    town: Town, phone: str
) -> None:
    given = report(place=town.place("micro"), category="02.1", name="王阿姨", phone=phone, consent=True)
    found = relay_matter(town.viewer("community_chief"), given)
    page = Client().get(f"/m/{found.tracking_code}/data/").content.decode()
    assert "设备" not in page and "工作人员替您登记" in page
    assert ("无法确认是您本人" in page) == (not phone)


@pytest.mark.parametrize("phone", [PHONE, "13900000000", ""])
def test_of_what_is_sealed_no_telephone_opens_changes_or_deletes_anything(town: Town, phone: str) -> None:
    """Whoever it is about may know the telephone, and find the code in the history of a device (P4)."""
    given = report("男人又打我", category="12.1", name="王小明", phone=PHONE, place=town.place("micro"))
    found = file_matter(PUBLIC, given)
    code, own = found.tracking_code, Proof(found.device_key)
    assert found.matter.sealed
    before = Matter.objects.values().get()
    page = Client().get(f"/m/{code}/data/", follow=True).content.decode()
    assert "凭电话不能" in page and "当面为您办理" in page and 'name="proof"' not in page
    refused = {
        post(code, act, proof=phone, name="李四", phone="13700000000")
        for act in ("show", "take_along", "correct", "delete_contact", "delete")
    }
    assert {status for status, _page in refused} == {422}
    assert not any(
        said in page for _status, page in refused for said in ("王小明", "男人又打我", PHONE, "李四")
    )
    assert Matter.objects.values().get() == before and not VaultReading.objects.exists()
    assert take_along(PUBLIC, code, own).words == "男人又打我"
    assert "您本人查看过" not in Client().get(f"/m/{code}/data/", follow=True).content.decode()
    Matter.objects.update(open=False, running=False, state="closed", closed_at=found.matter.reported_at)
    assert post(code, "delete", proof=phone)[0] == 422 and kept([found.matter.phone_handle])


def test_the_refusal_is_the_same_whether_or_not_the_telephone_was_right(town: Town) -> None:
    given = report("男人又打我", category="12.1", phone=PHONE, place=town.place("micro"))
    code = file_matter(PUBLIC, given).tracking_code
    said = [
        re.sub("[A-Za-z0-9]{64}", "", post(code, "show", proof=phone)[1]) for phone in (PHONE, "13900000000")
    ]
    assert said[0] == said[1]
