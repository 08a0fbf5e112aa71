"""The desk of warnings ahead, and the end-point of weather signals (R25)."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shige.trust.commands import issue_token
from shige.trust.models import OutboxMessage
from shige.trust.templatetags.veils import veil
from shige.warnings.models import DismissedProposal, SentWarning, WeatherSignal
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town
from tests.warnings.test_warnings import DAY, came, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SEND = "/office/warnings/send/?key=season:flood"


def given(town: Town, **more: Any) -> dict[str, Any]:
    """Return a form as the page sends it."""
    return {
        "title": "汛期", "text": "请清理排水口。", "areas": [town.areas["general"].pk],
        "until": "2026-09-20T18:00", **more,
    }  # fmt: skip


def test_an_office_sees_what_is_proposed_and_why(town: Town) -> None:
    came(town, 6)
    page = signed_in(town, "community_chief").get("/office/warnings/").content.decode()
    assert "season:flood" in page and "pattern:01.1" in page and "去年同期四周 6 件，平时每四周 0 件" in page


def test_a_field_worker_sees_only_what_stands(town: Town) -> None:
    sent(town)
    page = signed_in(town, "micro_worker").get("/office/warnings/").content.decode()
    assert "汛期" in page and "season:flood" not in page
    assert "汛期" not in signed_in(town, "micro_worker3").get("/office/warnings/").content.decode()


def test_a_proposal_is_edited_sent_and_withdrawn(town: Town) -> None:
    chief = signed_in(town, "community_chief")
    form = chief.get(SEND).content.decode()
    assert "排水口" in form and f'value="{town.areas["general"].pk}"' in form
    address = chief.post(SEND, given(town, text="改过的话"))["Location"]
    warning = SentWarning.objects.get()
    assert (warning.key, warning.text, warning.person) == (
        "season:flood", "改过的话", town.persons["community_chief"]
    )  # fmt: skip
    assert "改过的话" in chief.get(address).content.decode()
    assert chief.post(f"{address}withdraw/").status_code == 302
    warning.refresh_from_db()
    assert warning.withdrawn_at is not None


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    answer = signed_in(town, "community_chief").post(SEND, given(town, areas=[], title="我的标题"))
    assert answer.status_code == 422 and "我的标题" in answer.content.decode()
    answer = signed_in(town, "community_chief").post(SEND, given(town, text="电话 13900001234"))
    assert answer.status_code == 422 and "id_text" in answer.content.decode()


def test_a_proposal_sent_by_a_colleague_leads_back_to_the_desk(town: Town) -> None:
    sent(town, key="season:flood")
    answer = signed_in(town, "community_chief").get(SEND)
    assert answer.status_code == 302 and "/office/warnings/?area=" in answer["Location"]


def test_a_proposal_is_put_aside_with_a_reason(town: Town) -> None:
    chief = signed_in(town, "community_chief")
    chief.post("/office/warnings/dismiss/", {"key": "season:flood", "reason": ""})
    assert DismissedProposal.objects.count() == 0
    chief.post("/office/warnings/dismiss/", {"key": "season:flood", "reason": "已宣传"})
    page = chief.get("/office/warnings/").content.decode()
    assert "已宣传" in page and "key=season%3Aflood" not in page


def test_a_signal_is_entered_and_lifted_by_hand(town: Town) -> None:
    chief = signed_in(town, "community_chief")
    form = {"kind": "gale", "colour": "yellow", "since": "2026-09-09T08:00", "until": "2026-09-10T08:00"}
    assert chief.post("/office/warnings/weather/", form | {"until": "2026-09-01T08:00"}).status_code == 422
    assert chief.post("/office/warnings/weather/", form).status_code == 302
    signal = WeatherSignal.objects.get()
    assert f"weather%3A{signal.pk}" in chief.get("/office/warnings/").content.decode()
    assert chief.post(f"/office/warnings/weather/{veil(signal.pk)}/lift/").status_code == 302
    assert signed_in(town, "community_chief2").post(
        f"/office/warnings/weather/{veil(signal.pk)}/lift/"
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("who", "send", "see"),
    [("community_chief2", 404, 404), ("micro_worker", 403, 200), ("micro_worker3", 403, 404),
     ("department", 403, 403), ("mediation_committee", 403, 403)],
)  # fmt: skip
def test_a_wrong_role_or_area_opens_nothing(town: Town, who: str, send: int, see: int) -> None:
    warning, other = sent(town), signed_in(town, who)
    area = town.areas["east"].code
    assert other.get(f"/office/warnings/send/?area={area}").status_code == send
    assert other.post(f"/office/warnings/dismiss/?area={area}", {"key": "season:flood"}).status_code == send
    assert other.get(f"/office/warnings/weather/?area={area}").status_code == send
    assert other.get(f"/office/warnings/{veil(warning.pk)}/").status_code == see
    assert other.post(f"/office/warnings/{veil(warning.pk)}/withdraw/").status_code == send


def test_the_desk_takes_the_same_statements_however_many_warnings_there_are(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    chief = signed_in(town, "community_chief")
    for _ in range(6):
        sent(town)
    with django_assert_max_num_queries(18):
        assert chief.get("/office/warnings/").status_code == 200


def test_the_message_leads_to_the_warning(town: Town) -> None:
    warning = sent(town)
    told = town.persons["micro_worker"].messages.get(kind="warning.sent")
    answer = signed_in(town, "micro_worker").get(f"/messages/{veil(told.pk)}/")
    assert answer["Location"] == f"/office/warnings/{veil(warning.pk)}/"


def enter(town: Town, who: str, actions: list[str], **more: Any) -> Any:
    """Send a signal with a bearer token."""
    viewer, person = town.viewer("district_centre"), town.persons[who]
    secret = issue_token(viewer, person, name="weather", days=5, actions=actions)[1]
    now = timezone.now()
    body = {
        "area": town.areas["street"].code, "kind": "rainstorm", "colour": "red", "since": now.isoformat(),
        "until": (now + DAY).isoformat(), "reference": "77", **more,
    }  # fmt: skip
    return Client().post(
        "/api/v1/weather/signals", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip


def test_a_program_enters_a_signal_once(town: Town) -> None:
    answer = enter(town, "street_officer", ["warning.send"])
    assert answer.status_code == 201 and answer.json()["colour"] == "red"
    assert enter(town, "street_officer", ["warning.send"]).json()["id"] == answer.json()["id"]
    assert OutboxMessage.objects.filter(kind="weather.entered").exists()


def test_a_program_may_do_no_more_than_its_token(town: Town) -> None:
    assert enter(town, "street_officer", ["matter.see"]).status_code == 422
    assert enter(town, "community_chief", ["warning.send"]).status_code == 422
    for wrong in ({"since": "2026-09-09T08:00:00"}, {"kind": "meteor"}):
        assert enter(town, "street_officer", ["warning.send"], **wrong).status_code == 422
    assert enter(town, "street_officer", ["warning.send"], reference="\0").status_code == 400
    assert WeatherSignal.objects.count() == 0
