"""Uses for idle space are proposed by anybody and answered before everybody (R13, P6, P7)."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client

from shige.service_points.models import Proposal, ServicePoint
from shige.service_points.points.commands import end_point
from shige.service_points.proposals import commands
from shige.service_points.proposals.commands import answer, propose
from shige.service_points.proposals.queries import answered_at, waiting_for
from shige.trust.gate import PUBLIC
from shige.trust.models import VaultReading
from shige.trust.veil import veiled
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, build
from tests.service_points.points.test_points import opened

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def town() -> Town:
    """Return the town of the tests."""
    return build()


def idle(town: Town) -> ServicePoint:
    """Open idle space in the east."""
    return opened(town, kind="idle", name="闲置车棚")


def test_the_office_answers_and_everybody_reads_it(town: Town) -> None:
    point, chief, other = idle(town), town.viewer("community_chief"), town.viewer("community_chief2")
    first = propose(PUBLIC, point.pk, "改成小书屋", PHONE, key="form", address="1.2.3.4")
    assert propose(PUBLIC, point.pk, "改成小书屋", key="form") == first
    second = propose(PUBLIC, point.pk, "改成停车场")
    assert [row.words for row in waiting_for(chief)] == ["改成小书屋", "改成停车场"]
    assert waiting_for(other) == [] and answered_at(point.pk) == []
    with pytest.raises(PermissionDenied):
        answer(other, point.pk, first.pk, "采纳", adopted=True)
    answer(chief, point.pk, first.pk, "年底前布置好书架", adopted=True)
    answer(chief, point.pk, second.pk, "消防通道不能停车", adopted=False)
    with pytest.raises(ValidationError):
        answer(chief, point.pk, first.pk, "再答复", adopted=False)
    told = [(row.words, row.state, row.answer) for row in answered_at(point.pk)]
    assert ("改成小书屋", "adopted", "年底前布置好书架") in told and len(told) == 2
    assert waiting_for(chief) == []
    assert Proposal.objects.filter(sender__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("words", "phone", "field"),
    [
        ("", "", "words"),
        ("让3栋2单元401的王大爷管", "", "words"),
        ("打 13812345678", "", "words"),
        ("书屋", "1", "phone"),
    ],
)
def test_what_everybody_would_read_points_to_nobody(town: Town, words: str, phone: str, field: str) -> None:
    point = idle(town)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        propose(PUBLIC, point.pk, words, phone)
    assert field in error.value.message_dict and not Proposal.objects.exists()


def test_only_idle_space_in_use_takes_proposals(town: Town) -> None:
    point, station = idle(town), opened(town, "micro2")
    with pytest.raises(PermissionDenied):
        propose(PUBLIC, station.pk, "改成小书屋")
    for number in range(commands.MOST_WAITING):
        propose(PUBLIC, point.pk, f"用途{number}", address="1.2.3.4")
    with pytest.raises(ValidationError), transaction.atomic():
        propose(PUBLIC, point.pk, "又一个用途", address="1.2.3.4")
    propose(PUBLIC, point.pk, "又一个用途", address="5.6.7.8")
    end_point(town.viewer("community_chief"), point.pk)
    with pytest.raises(PermissionDenied):
        propose(PUBLIC, point.pk, "改成小书屋")
    assert waiting_for(town.viewer("community_chief")) == []


@pytest.mark.django_db(transaction=True)
def test_a_telephone_is_opened_on_record() -> None:
    town = build()
    point = idle(town)
    made = propose(PUBLIC, point.pk, "改成小书屋", PHONE)
    with pytest.raises(PermissionDenied):
        commands.open_phone(town.viewer("community_chief2"), point.pk, made.pk)
    assert not VaultReading.objects.exists()
    assert PHONE[-8:] in commands.open_phone(town.viewer("community_chief"), point.pk, made.pk)
    assert VaultReading.objects.get().reason


def test_the_pages(town: Town) -> None:
    point, stranger, office = idle(town), Client(), signed_in(town, "community_chief")
    key = veiled("key", str(point.pk))
    page, ours = f"/services/{key}/", "/office/service-points/proposals/"
    assert f"{page}propose/" in stranger.get(page).content.decode()
    assert stranger.post(f"{page}propose/", {"words": "让13812345678管"}).status_code == 422
    assert stranger.post(f"{page}propose/", {"words": "改成小书屋", "key": "k" * 30}).status_code == 302
    assert "小书屋" not in stranger.get(page).content.decode()
    assert "小书屋" in office.get(ours).content.decode()
    assert "小书屋" not in signed_in(town, "community_chief2").get(ours).content.decode()
    assert signed_in(town, "micro_worker").get(ours).status_code == 403
    held = veiled("key", str(Proposal.objects.get().pk))
    door = f"/office/service-points/{key}/proposals/{held}/"
    given = {"adopted": "yes", "words": "年底前布置好书架"}
    assert signed_in(town, "community_chief2").post(f"{door}answer/", given).status_code == 404
    assert signed_in(town, "community_chief2").post(f"{door}phone/").status_code == 404
    assert office.post(f"{door}answer/", given | {"words": ""}).status_code == 422
    assert office.post(f"{door}phone/").status_code == 200
    assert office.post(f"{door}answer/", given)["Location"].endswith("/change/")
    shown = stranger.get(page).content.decode()
    assert "小书屋" in shown and "年底前布置好书架" in shown
    station = opened(town, "micro2")
    assert stranger.get(f"/services/{veiled('key', str(station.pk))}/propose/").status_code == 404


def test_programs_propose_and_answer_too(town: Town) -> None:
    point, public, office = idle(town), Client(), signed_in(town, "community_chief")
    key, kind = veiled("key", str(point.pk)), "application/json"
    to = f"/api/v1/public/service-points/{key}/proposals"
    body = json.dumps({"words": "改成小书屋"})
    for _time in range(2):
        sent = public.post(to, body, kind, headers={"Idempotency-Key": "a"})
        assert sent.status_code == 204
    (seen,) = office.get("/api/v1/service-points/proposals/waiting").json()
    assert seen["words"] == "改成小书屋" and not seen["phone_left"] and public.get(to).json() == []
    one = f"/api/v1/service-points/{seen['point']}/proposals/{seen['id']}"
    assert office.post(f"{one}/phone").json() == {"telephone": ""}
    answered = json.dumps({"adopted": False, "words": "要留作消防通道"})
    assert office.post(f"{one}/answer", answered, kind).status_code == 204
    assert [row["answer"] for row in public.get(to).json()] == ["要留作消防通道"]
    station = opened(town, "micro2")
    away = f"/api/v1/public/service-points/{veiled('key', str(station.pk))}/proposals"
    assert public.post(away, body, kind).status_code == 404
