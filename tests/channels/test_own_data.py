"""What is held of a reporter: seen, taken along, corrected, deleted, by nobody else (P5)."""

import json
import re

import pytest
from django.test import Client
from django.utils.timezone import localtime

from shige.matters.commands import (
    add_to_note,
    file_matter,
    relay_matter,
    reveal_contact,
    reveal_mediation,
    solve,
    take,
)
from shige.matters.commands.own_data import Proof, correct_contact, take_along
from shige.matters.models import Matter, Photo
from shige.matters.queries import matter_detail
from shige.matters.queries.own_data import own_handles
from shige.trust.commands.vault import kept
from shige.trust.gate import PUBLIC
from shige.trust.models import VaultReading
from tests.matters.test_forgetting import PICTURE
from tests.matters.test_pages import signed_in
from tests.matters.town import Town, build, report

from .test_report import finished

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
    assert "您本人在 1 天里查看过" in Client().get(f"/m/{code}/data/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_contact_is_corrected_or_deleted() -> None:
    town = build()
    code, matter = filed(town)
    assert post(code, "correct", proof=PHONE, name="王大明", phone="12")[0] == 422
    assert reveal_contact(town.viewer("micro_worker"), matter.number, "联系").phone == f"+86{PHONE}"
    assert post(code, "correct", proof=PHONE, name="王大明", phone="13700000000")[0] == 302
    contact = reveal_contact(town.viewer("micro_worker"), matter.number, "联系")
    assert (contact.name, contact.phone) == ("王大明", "+8613700000000")
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
    page = Client().get(f"/m/{code}/data/").content.decode()
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
    assert "您本人在" not in Client().get(f"/m/{code}/data/").content.decode()
    Matter.objects.update(open=False, running=False, state="closed", closed_at=found.matter.reported_at)
    assert post(code, "delete", proof=phone)[0] == 422 and kept([found.matter.phone_handle])


def test_the_refusal_is_the_same_whether_or_not_the_telephone_was_right(town: Town) -> None:
    given = report("男人又打我", category="12.1", phone=PHONE, place=town.place("micro"))
    code = file_matter(PUBLIC, given).tracking_code
    said = [
        re.sub("[A-Za-z0-9]{64}", "", post(code, "show", proof=phone)[1]) for phone in (PHONE, "13900000000")
    ]
    assert said[0] == said[1]
