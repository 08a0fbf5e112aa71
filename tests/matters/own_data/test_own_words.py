"""Whatever residents say goes with its owner, wherever it was written, and after a restore too (P6)."""

from datetime import timedelta
from typing import Final

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from shige.disputes.mediation.commands import PartyIn, add_party
from shige.matters import clock
from shige.matters.confirmation.commands.answers import (
    add_words,
    answer,
    confirm,
    reopen,
    say_not_solved,
    withdraw,
)
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.handling.commands.merge import merge
from shige.matters.handling.commands.pause import ask
from shige.matters.models import Claim, Matter, Step
from shige.matters.models.follower import Follower
from shige.matters.neighbours.commands import join, leave, say_beside
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.own_data.commands.own_data import Proof, delete_own
from shige.matters.own_data.commands.retention import forget_past
from shige.matters.report import Filed
from shige.matters.wishes.commands import Claimant, claim, publish, say_as_claimant, withdraw_claim
from shige.trust.commands import forget_expired
from shige.trust.erasures import erase_all_again, erased_since, note_erasures
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.handles import kept
from tests.matters.own_data.test_erasure import everything

from ..town import Town, report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("morning")]

PHONE: Final = "13812345678"
HAZARD: Final = "楼道里有煤气味"
"""Words that are sealed wherever they are said."""


def left(*marks: str) -> list[str]:
    """Return where marks still stand, in any column of any table, search words included."""
    return [line for line in everything().splitlines() if any(mark in line for mark in marks)]


def filed(town: Town, mark: str, category: str = "02.1") -> Filed:
    """File a matter whose words hold a mark."""
    given = report(f"路灯不亮 {mark}", category=category, place=town.place("micro"), phone=PHONE)
    return file_matter(PUBLIC, given)


def joined(town: Town, mark: str, key: str = "form") -> str:
    """Join the newest matter that is shown, with words of one's own; return the code."""
    (one, *_) = known_nearby("02.1", town.place("micro"))
    return join(PUBLIC, "02.1", town.place("micro"), one.reference, key, mark).tracking_code


def ended(found: Filed) -> None:
    """End a matter as the reporter confirms it."""
    owner = found.matter.owner_id
    Matter.objects.filter(pk=found.matter.pk).update(
        open=False, running=False, state="closed", closed_at=clock.now(), owner=owner
    )


def worked_on(town: Town) -> Filed:
    """Let a reporter speak wherever the table lets them."""
    found = filed(town, "zqreport")
    number, code, owner = found.matter.number, found.tracking_code, town.viewer(town.owner(found.matter))
    take(owner, number)
    add_words(PUBLIC, code, "zqadd")
    ask(owner, number, "哪一盏？")
    answer(PUBLIC, code, "zqanswer")
    solve(owner, number, "换了灯泡")
    say_not_solved(PUBLIC, code, "zqnotsolved")
    solve(owner, number, "又换了")
    confirm(PUBLIC, code, 5)
    reopen(PUBLIC, code, "zqreopen")
    return found


OWN: Final = ("zqreport", "zqadd", "zqanswer", "zqnotsolved", "zqreopen")


def test_all_that_a_reporter_ever_said_is_gone_with_the_deletion(town: Town) -> None:
    found = worked_on(town)
    joined(town, "zqjoin")
    assert len({mark for mark in (*OWN, "zqjoin") if left(mark)}) == 6
    ended(found)
    delete_own(PUBLIC, found.tracking_code, Proof(phone=PHONE))
    assert not left(*OWN, "zqjoin")
    assert Step.objects.filter(note="又换了").exists()  # the office's own stays


def test_all_that_residents_said_is_gone_after_its_time(town: Town) -> None:
    found = worked_on(town)
    say_beside(PUBLIC, joined(town, "zqjoin"), "zqsay")
    ended(found)
    late = clock.now() + timedelta(days=3 * 366)
    with clock.at(late):
        assert forget_past(SYSTEM) == 1 and forget_past(SYSTEM) == 0
    assert not left(*OWN, "zqjoin", "zqsay")


def test_what_is_said_after_a_deletion_is_let_go_in_its_time(town: Town) -> None:
    found = filed(town, "zqreport")
    code = joined(town, "")
    ended(found)
    delete_own(PUBLIC, found.tracking_code, Proof(phone=PHONE))
    say_beside(PUBLIC, code, "zqlater")
    with clock.at(clock.now() + timedelta(days=3 * 366)):
        assert forget_past(SYSTEM) == 1
    assert not left("zqlater")


def test_whoever_leaves_takes_their_words_along_and_nobody_elses(town: Town) -> None:
    filed(town, "zqreport")
    code, other = joined(town, "zqjoin"), joined(town, "zqother", "second")
    say_beside(PUBLIC, code, "zqsay")
    say_beside(PUBLIC, other, "zqtoo")
    leave(PUBLIC, code)
    assert not left("zqjoin", "zqsay")
    assert left("zqother") and left("zqtoo") and left("zqreport")


def test_sealed_words_of_whoever_joined_leave_the_vault_as_well(town: Town) -> None:
    filed(town, "zqreport")
    code = joined(town, "zqjoin")
    say_beside(PUBLIC, code, HAZARD)
    handle = Step.objects.exclude(words_handle=None).get().words_handle
    assert handle and kept([handle])
    leave(PUBLIC, code)
    assert not kept([handle])


def test_what_a_merged_reporter_says_there_goes_with_their_own_matter(town: Town) -> None:
    found, other = filed(town, "zqfirst"), filed(town, "zqsecond")
    worker = town.viewer(town.owner(found.matter))
    take(worker, other.matter.number)
    merge(worker, found.matter.number, other.matter.number, "同一盏灯")
    say_beside(PUBLIC, found.tracking_code, "zqbeside")
    solve(worker, other.matter.number, "换了")
    say_not_solved(PUBLIC, found.tracking_code, "zqstill")
    assert left("zqbeside") and left("zqstill")
    delete_own(PUBLIC, found.tracking_code, Proof(phone=PHONE))
    assert not left("zqfirst", "zqbeside", "zqstill") and left("zqsecond")


def claimed(town: Town) -> tuple[Filed, str]:
    """Publish a wish and let an organisation claim it and say something."""
    found = file_matter(
        PUBLIC, report("想要 zqwish", place=town.place("micro"), category="14.1", phone=PHONE)
    )
    publish(town.viewer("community_chief"), found.matter.number, "一台旧电脑")
    code = claim(PUBLIC, found.matter.number, Claimant("周先生", "028-8555 0000", "zqgroup"))
    say_as_claimant(PUBLIC, code, "zqclaimant")
    return found, code


def test_a_claim_that_is_withdrawn_leaves_nothing_of_who_made_it(town: Town) -> None:
    _found, code = claimed(town)
    assert left("zqgroup") and left("zqclaimant")
    withdraw_claim(PUBLIC, code)
    assert not left("zqgroup", "zqclaimant") and left("zqwish")


def test_a_wish_deleted_leaves_nothing_of_who_wished_or_claimed(town: Town) -> None:
    found, _code = claimed(town)
    withdraw(PUBLIC, found.tracking_code, "zqwithdrawn")
    delete_own(PUBLIC, found.tracking_code, Proof(phone=PHONE))
    assert not left("zqwish", "zqgroup", "zqclaimant", "zqwithdrawn")


def test_of_a_relayed_dispute_nothing_stands_in_the_clear_past_its_time(town: Town) -> None:
    given = report(
        "zqquarrel", place=town.place("micro"), category="05.4", name="zqname", phone=PHONE, consent=True
    )
    found = relay_matter(town.viewer("community_chief"), given)
    owner = town.viewer(town.owner(Matter.objects.get(pk=found.matter.pk)))
    take(owner, found.matter.number)
    add_party(owner, found.matter.number, PartyIn("first", "zqparty", "13912345678"))
    assert not left("zqquarrel", "zqname", "zqparty")  # sealed from the start
    handles = [handle for (handle,) in _rows("SELECT handle FROM trust_vaultitem")]
    forget_expired(SYSTEM, timezone.now() + timedelta(days=3 * 366))
    assert not kept(handles)


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_whoever_left_or_withdrew_is_taken_out_again_after_a_restore(town: Town, settings: Settings) -> None:
    filed(town, "zqreport")
    code, other = joined(town, "zqjoin"), joined(town, "zqother", "second")
    say_beside(PUBLIC, code, "zqsay")
    wish, claim_code = claimed(town)
    backup = [*Follower.objects.all(), *Claim.objects.all(), *Matter.objects.all(), *Step.objects.all()]
    as_of = timezone.now()
    leave(PUBLIC, code)
    withdraw_claim(PUBLIC, claim_code)
    Step.objects.exclude(pk__in=[row.pk for row in backup if isinstance(row, Step)]).delete()
    for row in backup:
        row.save()
    assert all(left(mark) for mark in ("zqjoin", "zqsay", "zqgroup", "zqclaimant"))

    with transaction.atomic():
        again = erase_all_again(SYSTEM, erased_since(settings.SHIGE_ERASURES, as_of))
    assert again >= 2 and not left("zqjoin", "zqsay", "zqgroup", "zqclaimant")
    assert left("zqother") and left("zqwish") and Follower.objects.count() == 1
    wish.matter.refresh_from_db()
    assert wish.matter.state == "offered" and not Claim.objects.filter(ended_at=None).exists()
    assert not any(telling in settings.SHIGE_ERASURES.read_text() for telling in (code, other, claim_code))


def test_nothing_is_deleted_that_could_not_be_deleted_again() -> None:
    with pytest.raises(KeyError):
        note_erasures("something new", ["name"])
