"""Codes found again by the telephone left: of ordinary matters only, and no answer tells what is known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from shige.channels.delivery.service import text_of
from shige.channels.models import Recovery
from shige.channels.rates import TooOftenError
from shige.channels.resident import recovery
from shige.channels.resident.recovery import KIND, ask, check, waiting
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter
from shige.matters.own_data.commands.recovery import RECEIPT, send_code
from shige.matters.workflow.proof import answer_code
from shige.trust.gate import PUBLIC
from shige.trust.models import OutboxMessage, VaultReading
from tests.matters.handling.test_pages import signed_in
from tests.matters.town import Town, report

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13812345678", "13900000001"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def gateway(settings: Any) -> None:
    """Let there be a delivery service; nothing is sent in these tests."""
    settings.SHIGE_DELIVERY_URL = "http://127.0.0.1:9/"


def filed(town: Town, category: str, **given: Any) -> str:
    """File a matter with the telephone and return its code."""
    known = {"category": category, "phone": PHONE, "place": town.place("micro"), "key": f"form {category}"}
    return file_matter(PUBLIC, report(**(known | given))).tracking_code


def sent() -> list[OutboxMessage]:
    """Return the one-time codes on their way."""
    return list(OutboxMessage.objects.filter(kind=KIND))


def test_the_codes_of_ordinary_matters_come_back_and_of_guarded_ones_nothing(town: Town) -> None:
    codes = {filed(town, category) for category in ("01.1", "02.1")}
    for category in ("05.4", "05.6", "11.3"):
        filed(town, category)
    token = ask("138 1234 5678", HOME)
    found = check(token, waiting(sent()[0].subject_id))
    assert found is not None and {one.code for one in found} == codes
    assert {reading.role for reading in VaultReading.objects.all()} == {"reporter"}


def test_whoever_reported_only_in_confidence_gets_no_message_and_the_same_page(town: Town) -> None:
    filed(town, "05.6")
    filed(town, "11.3")
    pages = {
        re.sub(r'"[\w:.-]{40,}"', "", Client().post("/my/codes/", {"phone": number}).content.decode())
        for number in (PHONE, OTHER)
    }
    assert len(pages) == 1 and not sent()
    filed(town, "01.1")
    assert Client().post("/my/codes/", {"phone": OTHER}).status_code == 200


def test_an_unknown_number_is_answered_alike_and_opens_nothing(town: Town) -> None:
    filed(town, "01.1")
    token = ask(OTHER, HOME)
    assert not sent()
    row = Recovery.objects.get()
    assert check(token, recovery.one_time(row)) == []
    with pytest.raises(ValidationError):
        ask("12", HOME)


def test_a_wrong_a_used_and_an_old_code_open_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(town, "01.1")
    token = ask(PHONE, HOME)
    right = waiting(sent()[0].subject_id)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert check(token, wrong) is None and check(token, "") is None and check("forged", right) is None
    assert check(token, right) and check(token, right) is None
    Recovery.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    token = ask(PHONE, HOME)
    right = waiting(sent()[0].subject_id)
    Recovery.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    assert check(token, right) is None


def test_after_five_wrong_ones_the_right_one_opens_nothing(town: Town) -> None:
    filed(town, "01.1")
    token = ask(PHONE, HOME)
    right = waiting(sent()[0].subject_id)
    for _try in range(recovery.TRIES):
        assert check(token, f"{(int(right) + 1) % 10**6:06d}") is None
    assert check(token, right) is None


def test_nobody_uses_up_the_tries_or_the_codes_of_somebody_else(town: Town) -> None:
    filed(town, "01.1")
    mine = ask(PHONE, HOME)
    right = waiting(sent()[0].subject_id)
    for _day in range(12):  # a neighbour who knows the telephone, at it for hours
        theirs = ask(PHONE, ELSEWHERE)
        assert check(theirs, right) is None, "what is on its way to its owner fits their own page alone"
        for _try in range(recovery.TRIES):
            assert check(theirs, "000000") is None
        elsewhere = Recovery.objects.get(sent__gt=0, tries=recovery.TRIES)
        Recovery.objects.filter(pk=elsewhere.pk).update(made_at=timezone.now() - timedelta(hours=1))
    assert check(mine, right), "theirs is as good as it was"
    assert check(ask(PHONE, "203.0.113.5"), waiting(sent()[-1].subject_id)), "and so is one from elsewhere"


def test_the_next_code_waits_longer_each_time_and_always_comes(town: Town) -> None:
    filed(town, "01.1")
    gaps = []
    for _code in range(12):
        ask(PHONE, HOME)
        row = Recovery.objects.get()
        Recovery.objects.update(nonce=b"")  # used
        gaps.append(recovery._wait(row, row.made_at))
        with pytest.raises(TooOftenError):
            ask(PHONE, HOME)
        Recovery.objects.update(made_at=timezone.now() - gaps[-1])
    assert [gap.total_seconds() // 60 for gap in gaps[:6]] == [1, 1, 1, 2, 4, 8]
    assert gaps == sorted(gaps) and gaps[-1] == recovery.LONGEST and len(sent()) == 12
    ask(PHONE, ELSEWHERE)
    assert len(sent()) == 13, "elsewhere nobody waits"


def test_a_telephone_is_not_flooded(town: Town) -> None:
    filed(town, "01.1")
    for _press in range(3):
        ask(PHONE, HOME)
    assert len(sent()) == 1
    for number in range(30):
        try:
            ask(PHONE, f"192.0.2.{number}")
        except TooOftenError:
            continue
    assert len(sent()) == recovery.PER_DAY
    Recovery.objects.update(made_at=timezone.now() - recovery.LONGEST)
    ask(PHONE, ELSEWHERE)
    assert len(sent()) == recovery.PER_DAY + 1


def test_whoever_waits_is_told_how_long(town: Town) -> None:
    filed(town, "01.1")
    for number in (PHONE, OTHER):
        Client().post("/my/codes/", {"phone": number})
        Recovery.objects.update(tries=recovery.TRIES, sent=5)
        again = Client().post("/my/codes/", {"phone": number})
        assert again.status_code == 422 and "4 分钟后" in again.content.decode()


def test_neither_number_nor_code_stands_in_the_open(town: Town) -> None:
    filed(town, "01.1")
    ask(PHONE, HOME)
    (message,) = sent()
    code = waiting(message.subject_id)
    kept = f"{message.facts} {message.subject_id} {Recovery.objects.values().get()}"
    assert code not in kept and PHONE not in kept
    assert code in text_of(message)


def test_a_matter_that_came_without_a_form_gets_another_code(town: Town) -> None:
    before = filed(town, "01.1", key=None)
    (one,) = check(ask(PHONE, HOME), waiting(sent()[0].subject_id)) or []
    assert one.code != before and Client().get(f"/m/{one.code}/").status_code == 200


def test_the_pages(town: Town, settings: Any) -> None:
    code = filed(town, "01.1")
    client = Client()
    asked = client.post("/my/codes/", {"phone": PHONE})
    token = asked.content.decode().split('name="token" value="')[1].split('"')[0]
    assert "no-store" in asked["Cache-Control"] and PHONE not in asked.content.decode()
    assert client.post("/my/codes/", {"token": token, "typed": "x"}).status_code == 422
    shown = client.post("/my/codes/", {"token": token, "typed": waiting(sent()[0].subject_id)})
    assert code in shown.content.decode()
    settings.SHIGE_DELIVERY_URL = ""
    assert "未开通短信" in client.get("/my/codes/").content.decode()
    assert client.post("/my/codes/", {"phone": PHONE}).status_code == 200 and len(sent()) == 1


def test_the_answer_code_goes_to_the_telephone_and_the_office_never_sees_it(town: Town) -> None:
    given = report(place=town.place("micro"), category="01.1", phone=PHONE, consent=True, key="k")
    made = relay_matter(town.viewer("community_chief"), given)
    number = made.matter.number
    owner = town.owner(Matter.objects.get())
    take(town.viewer(owner), number)
    solve(town.viewer(owner), number, "修好了")
    code = answer_code(Matter.objects.get())
    assert code in text_of(OutboxMessage.objects.get(kind="matter.solved"))
    pages = [
        f"/office/matters/{number}/",
        "/office/matters/",
        f"/m/{made.tracking_code}/",
        "/office/messages/",
    ]
    for who in (owner, "community_chief"):
        for page in pages:
            assert code not in signed_in(town, who).get(page, follow=True).content.decode()
    press = {"answer": "solved"}
    Client().post(f"/m/{made.tracking_code}/answer/", press)
    assert Matter.objects.get().state == "to_confirm"
    done = Client().post(f"/m/{made.tracking_code}/answer/", press | {"proof": code})
    assert Matter.objects.get().state == "closed" and done["Location"].endswith(f"?proof={code}")
    (found,) = check(ask(PHONE, HOME), waiting(sent()[0].subject_id)) or []
    assert (found.code, found.proof) == (made.tracking_code, code)


def test_the_link_is_sent_once_and_never_of_a_guarded_matter(town: Town, settings: Any) -> None:
    given = {"phone": PHONE, "place": town.place("micro"), "key": "form"}
    made = file_matter(PUBLIC, report(category="01.1", **given))
    for _press in range(2):
        send_code(PUBLIC, made.tracking_code, made.device_key)
    message = OutboxMessage.objects.get(kind=RECEIPT)
    assert made.tracking_code in text_of(message)
    settings.SHIGE_PUBLIC_ADDRESS = "https://shige.example/"
    assert f"https://shige.example/m/{made.tracking_code}/" in text_of(message)
    Matter.objects.update(confidential=True, words="")
    with pytest.raises(LookupError):
        text_of(message)
    with pytest.raises(ValidationError):
        send_code(PUBLIC, made.tracking_code, made.device_key)
    assert Client().post(f"/m/{made.tracking_code}/text/").status_code == 404
