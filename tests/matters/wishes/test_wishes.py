"""Micro-wishes: published without identity, claimed, brought together in time, confirmed (R12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from shige.matters import clock
from shige.matters.categories import category_of
from shige.matters.codes import code_digest
from shige.matters.confirmation.commands.answers import confirm, say_not_solved, withdraw
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.contact import reveal_claimant
from shige.matters.handling.commands.handling import solve
from shige.matters.models import Claim, Matter
from shige.matters.neighbours.queries.followed import all_on, tracked
from shige.matters.report import Filed
from shige.matters.sealing.commands.guard import guard
from shige.matters.wishes.commands import (
    BY_ADDRESS,
    BY_TELEPHONE,
    Claimant,
    claim,
    contacted,
    decline,
    offer_again,
    offer_cold_claims,
    publish,
    say_as_claimant,
    withdraw_claim,
)
from shige.matters.wishes.queries import wishes as queries
from shige.matters.wishes.queries.claims import claimed
from shige.matters.wishes.queries.wishes import wish, wishes, wishing_communities
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import kept

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

SOMEBODY = Claimant("周先生", "028-8555 0000")


def wished(town: Town, grid: str = "micro") -> Filed:
    """File a wish."""
    words = "我家在玉兰路1号3楼，想要一台旧电脑，电话13900000001"
    return file_matter(PUBLIC, report(words, place=town.place(grid), category="14.1", name="王奶奶"))


def offered(town: Town) -> Filed:
    """Publish a wish."""
    found = wished(town)
    publish(town.viewer("community_chief"), found.matter.number, "一台能上网的旧电脑")
    return found


def test_only_the_offices_own_words_are_public(town: Town) -> None:
    number = wished(town).matter.number
    assert wishes().offered == [] and wish(number) is None
    publish(town.viewer("community_chief"), number, "一台能上网的旧电脑")
    listed = wishes().offered
    assert [(one.words, one.community, one.turn) for one in listed] == [("一台能上网的旧电脑", "east", 1)]


def test_public_words_hold_no_number(town: Town) -> None:
    number = wished(town).matter.number
    with pytest.raises(ValidationError, match="telephone"):
        publish(town.viewer("community_chief"), number, "旧电脑，请打13900000001")
    assert Matter.objects.get(number=number).state == "new"


def test_on_offer_the_offices_clock_stands(town: Town) -> None:
    matter = Matter.objects.get(pk=offered(town).matter.pk)
    assert (matter.state, matter.running, matter.open) == ("offered", False, True)


def test_a_neighbour_claims_and_the_office_brings_both_together(town: Town) -> None:
    found, chief = offered(town), town.viewer("community_chief")
    code = claim(PUBLIC, found.matter.number, SOMEBODY)
    made = Claim.objects.get(code_digest=code_digest(code))
    assert made.contact_by == WEDNESDAY + timedelta(days=7) and wishes().offered == []
    contacted(chief, found.matter.number, "周六送来")
    solve(chief, found.matter.number, "已送到并装好")
    assert confirm(PUBLIC, found.tracking_code, 5).state == "closed"
    assert [one.words for one in wishes().fulfilled] == ["一台能上网的旧电脑"]


def test_of_two_who_claim_the_second_is_told(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, SOMEBODY)
    with pytest.raises(ValidationError, match="Load the page again"):
        claim(PUBLIC, number, SOMEBODY)
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("claimant", "field"),
    [(Claimant("", "02885550000"), "name"), (Claimant("周", ""), "phone"), (Claimant("周", "没有"), "phone"),
     (Claimant("周", "02885550000", "长" * 81), "group")],
)  # fmt: skip
def test_a_claim_needs_name_and_telephone(town: Town, claimant: Claimant, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        claim(PUBLIC, offered(town).matter.number, claimant)
    assert list(refused.value.message_dict) == [field]


def test_a_cold_claim_is_offered_again_and_the_list_says_so(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, SOMEBODY)
    with clock.at(WEDNESDAY + timedelta(days=6)):
        assert offer_cold_claims(SYSTEM) == 0
    with clock.at(WEDNESDAY + timedelta(days=8)):
        assert (offer_cold_claims(SYSTEM), offer_cold_claims(SYSTEM)) == (1, 0)
    assert wishes().offered[0].turn == 2
    again = claimed(claim(PUBLIC, number, SOMEBODY))
    assert again and again.ended_at is None


def test_with_contact_a_claim_stays(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, SOMEBODY)
    contacted(town.viewer("community_chief"), number, "周六")
    with clock.at(WEDNESDAY + timedelta(days=30)):
        assert offer_cold_claims(SYSTEM) == 0


def test_not_fulfilled_is_on_offer_again(town: Town) -> None:
    found, chief = offered(town), town.viewer("community_chief")
    claim(PUBLIC, found.matter.number, SOMEBODY)
    solve(chief, found.matter.number, "已送到")
    assert say_not_solved(PUBLIC, found.tracking_code, "开不了机").state == "offered"
    assert wishes().offered[0].turn == 2


def test_it_can_be_given_up_declined_and_withdrawn(town: Town) -> None:
    given_up, declined, withdrawn = offered(town), wished(town), offered(town)
    chief = town.viewer("community_chief")
    claim(PUBLIC, given_up.matter.number, SOMEBODY)
    assert offer_again(chief, given_up.matter.number).state == "offered"
    assert decline(chief, declined.matter.number, "请走救助渠道").open is False
    assert withdraw(PUBLIC, withdrawn.tracking_code, "已经有了").state == "withdrawn"
    assert len(wishes().offered) == 1


def test_who_claims_is_opened_by_the_office_on_record_only(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, SOMEBODY)
    for who in ("department", "community_chief2", "micro_worker3"):
        with pytest.raises(PermissionDenied):
            reveal_claimant(town.viewer(who), number, "好奇")
    with pytest.raises(PermissionDenied):
        claim(PUBLIC, file_matter(PUBLIC, report(place=town.place("micro"))).matter.number, SOMEBODY)


@pytest.mark.django_db(transaction=True)
def test_the_claimant_is_opened_with_a_reason(town: Town) -> None:
    number = offered(town).matter.number
    claim(PUBLIC, number, SOMEBODY)
    opened = reveal_claimant(town.viewer("community_chief"), number, "联系双方")
    assert (opened.name, opened.phone) == ("周先生", "+862885550000")


def many(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Publish four wishes where a page holds three; return their numbers, the first published first."""
    monkeypatch.setattr(queries, "PAGE", 3)
    numbers = []
    for minute in range(4):
        with clock.at(WEDNESDAY + timedelta(minutes=minute // 2)):
            numbers.append(offered(town).matter.number)
    return numbers


def test_every_wish_is_on_some_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = many(town, monkeypatch)
    first = wishes()
    second = wishes(cursor=first.next_cursor)
    assert [one.number for one in (*first.offered, *second.offered)] == numbers
    assert (first.on_offer, first.previous_cursor, second.next_cursor) == (4, "", "")
    back = wishes(cursor=second.previous_cursor)
    assert (back.offered, back.previous_cursor) == (first.offered, "")


def test_the_list_is_narrowed_to_a_community(town: Town) -> None:
    offered(town)
    publish(town.viewer("community_chief2"), wished(town, "micro3").matter.number, "一把椅子")
    east, west = (town.areas[name].code for name in ("east", "west"))
    assert wishing_communities() == [(east, "east"), (west, "west")]
    found = wishes(west)
    assert ([one.words for one in found.offered], found.on_offer) == (["一把椅子"], 1)


def test_what_nobody_confirmed_is_not_shown_as_fulfilled(town: Town) -> None:
    offered(town)
    Matter.objects.update(state="unconfirmed", open=False, running=False, closed_at=WEDNESDAY)
    assert wishes().fulfilled == []


def test_the_pages_of_the_list(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    many(town, monkeypatch)
    first = client.get("/wishes/")
    page = first.content.decode()
    assert page.count("一台能上网的旧电脑</strong>") == 3 and ">4</span>" in page
    second = client.get(f"/wishes/{first.context['next_url']}").content.decode()
    assert second.count("一台能上网的旧电脑</strong>") == 1
    cut = client.get(f"/wishes/{first.context['next_url'][:-9]}")
    assert cut.content.decode().count("一台能上网的旧电脑</strong>") == 3 and cut.context["first"]
    assert client.get("/wishes/?community=1").context["wishes"].on_offer == 4


def test_the_public_pages(town: Town, client: Client) -> None:
    number = offered(town).matter.number
    page = client.get("/wishes/").content.decode()
    assert "旧电脑" in page and "王奶奶" not in page and "玉兰路" not in page
    assert client.post(f"/wishes/{number}/", {"name": "周"}).status_code == 422
    done = client.post(f"/wishes/{number}/", {"name": "周", "phone": "02885550000", "group": "玉兰超市"})
    assert done.status_code == 302 and Claim.objects.get().group == "玉兰超市"
    assert client.get(f"/wishes/{number}/").status_code == 404
    assert client.get("/wishes/unknown/").status_code == 404


def test_the_same_form_sent_twice_claims_once_and_shows_the_same_code(town: Town) -> None:
    number = offered(town).matter.number
    assert claim(PUBLIC, number, SOMEBODY, "form") == claim(PUBLIC, number, SOMEBODY, "form")
    assert Claim.objects.count() == 1
    with pytest.raises(ValidationError):
        claim(PUBLIC, number, SOMEBODY, "another form")


def test_a_claimant_takes_the_claim_back_and_the_wish_is_offered_again(town: Town) -> None:
    number = offered(town).matter.number
    code = claim(PUBLIC, number, SOMEBODY)
    made = Claim.objects.get()
    withdraw_claim(PUBLIC, code)
    assert [one.turn for one in wishes().offered] == [2]
    assert not kept([made.name_handle, made.phone_handle])
    seen = claimed(code)
    assert seen and seen.ended_at and not seen.may_withdraw
    with pytest.raises(ValidationError):
        withdraw_claim(PUBLIC, code)
    with pytest.raises(ValidationError):
        say_as_claimant(PUBLIC, code, "还想说一句")
    with pytest.raises(PermissionDenied):
        withdraw_claim(PUBLIC, "0000-0000-0000-0000")


def test_a_claim_of_a_fulfilled_wish_is_not_taken_back(town: Town) -> None:
    number = offered(town).matter.number
    code = claim(PUBLIC, number, SOMEBODY)
    solve(town.viewer("community_chief"), number, "已送到")
    with pytest.raises(ValidationError):
        withdraw_claim(PUBLIC, code)


def test_what_a_claimant_says_reaches_the_office_and_not_whoever_wished(town: Town) -> None:
    found = offered(town)
    code = claim(PUBLIC, found.matter.number, SOMEBODY)
    say_as_claimant(PUBLIC, code, "周六上午有空，电话13812345678")
    step = found.matter.steps.get(action="claimant_says")
    assert "周六上午" in step.said and "13812345678" not in step.said
    page = tracked(found.tracking_code)
    assert page and "周六" not in repr(page)


def test_a_claimant_reads_the_public_words_and_nobodys_identity(town: Town) -> None:
    found = offered(town)
    contacted_note = "王奶奶家在三单元"
    code = claim(PUBLIC, found.matter.number, SOMEBODY)
    contacted(town.viewer("community_chief"), found.matter.number, contacted_note)
    seen = repr(claimed(code))
    assert "旧电脑" in seen and contacted_note not in seen and found.matter.number not in seen
    assert claimed(found.tracking_code) is None and tracked(code) is None


def test_the_pages_of_a_claim(client: Client, town: Town) -> None:
    number = offered(town).matter.number
    form = {"name": "李", "phone": "13800000000", "key": "one-form"}
    first = client.post(f"/wishes/{number}/", form)
    assert (
        first.status_code == 302 and client.post(f"/wishes/{number}/", form)["Location"] == first["Location"]
    )
    page = first["Location"]
    shown = client.get(page)
    assert "已认领" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert page.split("/")[3] in client.get("/my/").content.decode()
    code = page.split("/")[3]
    assert Client().post("/my/", {"code": code})["Location"] == page
    assert Client().get(f"/m/{code}/")["Location"] == page
    assert client.post(page, {"act": "say", "reason": ""}).status_code == 422
    client.post(page, {"act": "say", "reason": "下周可以"})
    assert "撤回认领" in client.get(page).content.decode()
    client.post(page, {"act": "withdraw"})
    assert "撤回认领" not in client.get(page).content.decode()
    assert Client().get("/wishes/claimed/0000-0000-0000-0000/").status_code == 404


def test_one_telephone_does_not_take_every_wish_off_the_list(town: Town) -> None:
    numbers = [offered(town).matter.number for _ in range(BY_TELEPHONE + 1)]
    for number in numbers[:-1]:
        claim(PUBLIC, number, SOMEBODY)
    with pytest.raises(ValidationError, match="already wait"):
        claim(PUBLIC, numbers[-1], Claimant("吴女士", "02885550000"))
    assert [one.number for one in wishes().offered] == [numbers[-1]]
    contacted(town.viewer("community_chief"), numbers[0], "周六送来")
    assert claim(PUBLIC, numbers[-1], SOMEBODY)


def test_nor_do_made_up_names_and_numbers_from_one_address(client: Client, town: Town) -> None:
    numbers = [offered(town).matter.number for _ in range(BY_ADDRESS + 1)]
    sent = [
        client.post(f"/wishes/{number}/", {"name": f"张{turn}", "phone": f"1380000000{turn}", "key": number})
        for turn, number in enumerate(numbers)
    ]
    assert [one.status_code for one in sent] == [302] * BY_ADDRESS + [422]
    assert "已有几个在等社区联系" in sent[-1].content.decode()
    elsewhere = {"name": "周", "phone": "13900000000", "key": "elsewhere"}
    there = Client(REMOTE_ADDR="192.0.2.9").post(f"/wishes/{numbers[-1]}/", elsewhere)
    assert there.status_code == 302
    contacted(town.viewer("community_chief"), numbers[0], "周六送来")
    withdraw_claim(PUBLIC, sent[1]["Location"].split("/")[3])
    assert Claim.objects.filter(sender=None).count() == 2


@pytest.mark.parametrize("sealed", [True, False])
def test_an_ended_claim_tells_nothing_of_what_the_wish_has_become(town: Town, sealed: bool) -> None:
    """Whoever claimed it may be whom its words blame, or whom they fear (P3, P4)."""
    number = offered(town).matter.number
    code = claim(PUBLIC, number, SOMEBODY)
    matter = Matter.objects.get(number=number)
    if sealed:
        guard(matter, category_of(matter.category), seal=1, at_police=False, why="写的是网格员")
    else:
        withdraw_claim(PUBLIC, code)
        Matter.objects.filter(pk=matter.pk).update(category="01.1", kind="ordinary", state="in_hand")
    found, line = claimed(code), all_on([code])[0]
    assert found is not None and found.ended_at is not None
    page = Client().get(f"/wishes/claimed/{code}/").content.decode()
    for told in (str(found), str(line), page):
        assert [part for part in (matter.gist, "意见", "垃圾", "centre", "street") if part in told] == []


def test_what_others_claim_with_a_telephone_neither_tells_of_them_nor_shuts_them_out(town: Town) -> None:
    numbers = [offered(town).matter.number for _ in range(BY_TELEPHONE + 1)]
    claim(PUBLIC, numbers[0], SOMEBODY, address="192.0.2.1")
    for turn in range(1, BY_TELEPHONE + 1):
        assert claim(PUBLIC, numbers[turn], SOMEBODY, address="192.0.2.2")
