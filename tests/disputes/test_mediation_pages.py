"""The record on the page of a dispute, the printed agreement and the committee's file (R24, P5, P7)."""

import pytest
from django.test import Client

from shige.disputes.mediation.commands import PartyIn, add_party, add_to_note, write_agreement
from shige.disputes.mediation.settlement import to_committee
from shige.disputes.models.mediation import MediationNote, MediationSession, Party, PromisedStep
from shige.matters.filing.commands.filing import file_matter
from shige.trust.gate import PUBLIC
from shige.trust.models import VaultReading
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, build, report

from .test_mediation import quarrel

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def entry(client: Client, number: str, what: str, /, **given: object) -> int:
    """Send one entry of the record and return the status of the answer."""
    return client.post(f"/office/matters/{number}/mediation/{what}/", given).status_code


def test_the_worker_writes_everything_on_the_page(town: Town) -> None:
    number, worker = quarrel(town).matter.number, signed_in(town, "micro_worker")
    page = worker.get(f"/office/matters/{number}/").content.decode()
    assert "望" in page and "闻" in page and "问" in page and "切" in page
    assert entry(worker, number, "note", text="先去看了现场") == 302
    assert entry(worker, number, "party", side="first", name="王先生", phone="02885550000") == 302
    held = {"held_at": "2026-09-09T09:30", "where": "议事厅", "result": "agreed"}
    assert entry(worker, number, "session", **held) == 302
    assert entry(worker, number, "promise", who="second", what="重做防水", due="2026-09-20") == 302
    assert entry(worker, number, "agreement", text="两周内重做防水") == 302
    step = PromisedStep.objects.get()
    assert entry(worker, number, "kept", pk=veil(step.pk)) == 302
    assert entry(worker, number, "remove", pk=veil(Party.objects.get().pk)) == 302
    assert (MediationNote.objects.count(), MediationSession.objects.count(), Party.objects.count()) == (
        1,
        1,
        0,
    )


def test_what_is_wrong_is_said_beside_its_field_and_kept(town: Town) -> None:
    number, worker = quarrel(town).matter.number, signed_in(town, "micro_worker")
    answer = worker.post(
        f"/office/matters/{number}/mediation/party/", {"side": "first", "name": "王", "phone": "无"}
    )
    assert answer.status_code == 422 and "王" in answer.content.decode()
    assert entry(worker, number, "kept", pk="x") == 404 and entry(worker, number, "nothing") == 404


@pytest.mark.parametrize("who", ["community_chief2", "micro_worker3", "department", "mediation_committee"])
def test_others_find_no_such_pages(town: Town, who: str) -> None:
    number, other = quarrel(town).matter.number, signed_in(town, who)
    add_to_note(town.viewer("micro_worker"), number, "记")
    assert entry(other, number, "note", text="好奇") == 404
    assert entry(other, number, "open", reason="好奇") == 404
    for page in ("agreement", "file"):
        assert other.get(f"/office/matters/{number}/{page}/").status_code == 404


def test_an_ordinary_matter_and_violence_have_no_record(town: Town) -> None:
    officer = signed_in(town, "street_officer")
    for category in ("01.1", "05.6"):
        number = file_matter(PUBLIC, report(category=category, place=town.place("micro"))).matter.number
        assert "id_note_text" not in officer.get(f"/office/matters/{number}/").content.decode()
        assert entry(officer, number, "note", text="记") == 404


@pytest.mark.django_db(transaction=True)
def test_names_open_for_printing_on_record_only() -> None:
    town = build()
    number, viewer = quarrel(town).matter.number, town.viewer("micro_worker")
    add_party(viewer, number, PartyIn("first", "王先生", "02885550000"))
    add_to_note(viewer, number, "楼上嘴硬心软")
    write_agreement(viewer, number, "两周内重做防水")
    worker, url = signed_in(town, "micro_worker"), f"/office/matters/{number}/agreement/"
    assert "王先生" not in worker.get(url).content.decode()
    assert worker.post(url, {"reason": " "}).status_code == 422
    printed = worker.post(url, {"reason": "打印签字"})
    assert "王先生" in printed.content.decode() and "两周内" in printed.content.decode()
    assert "嘴硬" not in printed.content.decode() and "no-store" in printed["Cache-Control"]
    assert VaultReading.objects.filter(reason="打印签字").count() == 3
    opened = worker.post(f"/office/matters/{number}/mediation/open/", {"reason": "回顾"})
    assert "嘴硬" in opened.content.decode() and "no-store" in opened["Cache-Control"]
    to_committee(viewer, number, "分歧在费用")
    committee = signed_in(town, "mediation_committee")
    page = committee.get(f"/office/matters/{number}/").content.decode()
    assert "分歧在费用" in page and "/reveal/words/" not in page
    assert "分歧在费用" in committee.get(f"/office/matters/{number}/file/").content.decode()
    assert committee.post(f"/office/matters/{number}/reveal/words/", {"reason": "看"}).status_code == 403
    file = committee.post(f"/office/matters/{number}/file/", {"reason": "约见"}).content.decode()
    assert "王先生" in file and "嘴硬" not in file and "楼上漏水，说了几次" not in file
