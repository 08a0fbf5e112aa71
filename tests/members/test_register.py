"""Invited, declared, confirmed; opened, changed, withdrawn: each by whom it concerns (R11, P5-P7)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from shige.machine.database.cluster import Cluster
from shige.members import commands, queries, service
from shige.members.apart import register_open
from shige.members.commands import Declaration, confirm, decline, invite, rotate
from shige.members.contacts import note_export_of, note_opened, open_contact
from shige.members.erasure import LEFT, REPLACED, erase_left, erase_replaced, forget_past, version_name
from shige.members.models import Invitation, Member, Service
from shige.members.queries import (
    RegisterFilter,
    all_of,
    entry,
    invited,
    own_entry,
    register,
)
from shige.members.reserve import proposed_for
from shige.members.rules import WAITS, shortened
from shige.members.sealing import Contact, digest, name_hash
from shige.members.serving import members_by_grid
from shige.redline.models import Standing
from shige.trust.erasures import digest_of, erased_since
from shige.trust.gate import PUBLIC, SYSTEM, Viewer
from shige.trust.journal_facts import read_fact
from shige.trust.models import JournalEntry, OutboxMessage, VaultItem
from shige.trust.queries import messages_for, today
from tests.matters.town import Town

from .made import (
    NAME,
    PHONE,
    SINCE,
    WORDS,
    checked,
    confirmed,
    declared,
    entries,
    form,
    held,
    organisation_for,
)

pytestmark = pytest.mark.django_db


def given_to(town: Town, **more: Any) -> Declaration:
    """Return a declaration for the first community's micro-grid."""
    usual = {"name": NAME, "phone": PHONE, "grid": town.areas["micro"].code}
    return Declaration(**usual | more)


def test_from_the_invitation_to_the_register(staffed: Town, east: int) -> None:
    secretary = staffed.viewer("secretary")
    (code,) = invite(secretary, east, 1, form())
    own = commands.declare(code, given_to(staffed, words=WORDS, offers=("health", "law")), form())
    waiting = register(secretary, RegisterFilter(waiting=True))
    assert (waiting.waiting, waiting.confirmed, waiting.total) == (1, 0, 1)
    assert waiting.rows[0].called == "欧阳某" and waiting.rows[0].grid == "micro"
    mine = queries.waiting(secretary)
    told = OutboxMessage.objects.filter(kind="members.declared").first()
    assert told is not None
    officer = staffed.viewer("street_officer")
    assert told.receiver_id != secretary.person and told.facts == {}
    assert (mine.total, len(mine.others)) == (0, 1)
    with pytest.raises(ValidationError, match="somebody else"):  # whoever invited is the first of the two
        checked(secretary, waiting.rows[0].key)
    with pytest.raises(ValidationError, match="open name and telephone"):
        confirm(officer, waiting.rows[0].key)
    assert checked(officer, waiting.rows[0].key)
    found = register(secretary, RegisterFilter())
    assert (found.waiting, found.confirmed, found.grids[0].count) == (0, 1, 1)
    seen = own_entry(own)
    assert seen is not None and seen.row.state == "confirmed"
    assert seen.contact == Contact(NAME, PHONE, WORDS) and len(seen.readings) == 2
    with pytest.raises(ValidationError):
        confirm(officer, held(own).key)


def test_whom_nobody_invited_is_confirmed_by_two(staffed: Town, east: int) -> None:
    member, own = declared(east, staffed.areas["micro"])
    with register_open():
        Member.objects.update(person=None)
    assert not checked(staffed.viewer("secretary"), member.key) and held(own).state == "declared"
    with pytest.raises(ValidationError, match="somebody else"):
        checked(staffed.viewer("secretary"), member.key)
    commands.change(own, given_to(staffed, phone="+8613800005678"))
    officer = staffed.viewer("street_officer")
    note_opened(officer, member.key)
    commands.change(own, given_to(staffed))
    with pytest.raises(ValidationError, match="open name and telephone"):  # as it stands now
        confirm(officer, member.key)
    assert checked(officer, member.key) and held(own).state == "confirmed"
    commands.change(own, given_to(staffed, name="诸葛小例"))
    assert (held(own).state, held(own).person) == ("declared", None)  # another name is another person


def test_an_invitation_ends_with_the_right_of_whoever_made_it(staffed: Town, east: int) -> None:
    secretary = staffed.viewer("secretary")
    (code,) = invite(secretary, east, 3, form(), shared=True)
    assert invited(code) is not None and len(queries.invitations(secretary)) == 1
    staffed.vacate("secretary")
    assert invited(code) is None and queries.invitations(staffed.viewer("street_officer")) == []
    with pytest.raises(ValidationError, match="over"):
        commands.declare(code, given_to(staffed), form())
    OutboxMessage.objects.create(kind="members.declared", subject_type="members", subject_id="waiting",
                                 receiver_id=secretary.person)  # fmt: skip
    assert messages_for(staffed.viewer("secretary")) == []


def noted(code: str, hours: object, day: int = 0, sent: str = "") -> None:
    """Note hours given some days ago."""
    given_on = today() - timedelta(days=day)
    service.note_hours(code, Decimal(str(hours)), given_on, "law", sent or form())


def test_hours_have_a_day_and_can_be_taken_back(staffed: Town, east: int) -> None:
    _member, own = confirmed(east, staffed.areas["micro"])
    sent = form()
    for _press in range(2):
        noted(own, "1.5", 3, sent)
    noted(own, 2)
    for day in (-1, 366):
        with pytest.raises(ValidationError):
            noted(own, 1, day)
    seen = own_entry(own)
    assert seen is not None and seen.row.hours == 3.5
    assert [(one.hours, one.day) for one in seen.served] == [
        (2, today()),
        (1.5, today() - timedelta(days=3)),
    ]
    for _press in range(2):
        service.undo_hours(own, seen.served[1].key)
    assert held(own).hours == 2
    _other, other = confirmed(east, staffed.areas["micro"])
    service.undo_hours(other, seen.served[0].key)
    assert held(own).hours == 2
    commands.withdraw(own)
    with register_open():
        assert not Service.objects.exists()
    assert sorted(left.hours for left in entries()) == [0, 2]


def test_what_is_confirmed_is_kept_anew_by_one_press(staffed: Town, east: int) -> None:
    _member, own = confirmed(east, staffed.areas["micro"])
    with register_open():
        Member.objects.update(ends_at=timezone.now() + timedelta(days=3))
    commands.renew(own)
    assert (held(own).ends_at or timezone.now()) > timezone.now() + timedelta(days=700)
    _waiting, waits = declared(east, staffed.areas["micro"])
    with pytest.raises(ValidationError):
        commands.renew(waits)


def test_one_form_counts_once_and_one_place_is_used_once(staffed: Town, east: int) -> None:
    sent, twice = form(), form()
    assert invite(SYSTEM, east, 3, sent) == invite(SYSTEM, east, 3, sent)
    code = invite(SYSTEM, east, 3, sent)[0]
    with register_open():
        assert Invitation.objects.count() == 3
    own = commands.declare(code, given_to(staffed), twice)
    assert commands.declare(code, given_to(staffed), twice) == own and len(entries()) == 1
    with pytest.raises(ValidationError, match="used already"):
        commands.declare(code, given_to(staffed), form())
    (shared,) = invite(SYSTEM, east, 2, form(), shared=True)
    for _turn in range(2):
        commands.declare(shared, given_to(staffed), form())
    assert invited(shared) is None and len(entries()) == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"grid": "510104001002200006"}, "grid"), ({"grid": ""}, "grid"), ({"offers": ("gold",)}, "offers")],
)
def test_what_does_not_fit_uses_no_place(staffed: Town, east: int, wrong: dict[str, Any], field: str) -> None:
    (code,) = invite(SYSTEM, east, 1, form())
    with pytest.raises(ValidationError) as refused:
        commands.declare(code, given_to(staffed, **wrong), form())
    assert list(refused.value.message_dict) == [field]
    assert invited(code) is not None and entries() == []


def test_codes_are_kept_as_hashes_and_contacts_as_ciphertext_that_the_vault_does_not_open(
    staffed: Town, east: int, database_cluster: Cluster
) -> None:
    (code,) = invite(SYSTEM, east, 1, form())
    member, own = declared(east, staffed.areas["micro"])
    with register_open():
        kept = repr(list(Invitation.objects.values_list())) + repr(list(Member.objects.values_list()))
    for secret in (code, own, NAME, PHONE[3:], WORDS):
        assert secret not in kept and secret.encode().hex() not in kept
    assert not VaultItem.objects.filter(field__startswith="member").exists()
    assert member.digest is not None and bytes(member.digest) == digest(own)


def test_a_decline_is_read_by_whoever_declared_and_leaves_nothing_personal(staffed: Town, east: int) -> None:
    member, own = declared(east, staffed.areas["micro"])
    with pytest.raises(ValidationError):
        decline(staffed.viewer("secretary"), member.key, " ")
    decline(staffed.viewer("secretary"), member.key, "您不属于本支部")
    seen = own_entry(own)
    assert seen is not None and (seen.reason, seen.contact, seen.row.grid) == (
        "您不属于本支部",
        Contact(),
        "",
    )
    assert held(own).sealed is None and held(own).name_hash is None
    for act in (commands.withdraw, lambda code: commands.change(code, given_to(staffed))):
        with pytest.raises(PermissionDenied):
            act(own)
    assert forget_past(SYSTEM, timezone.now() + WAITS + timedelta(hours=1)) == 1 and entries() == []


def test_a_contact_is_opened_on_record_and_its_owner_sees_by_whom(staffed: Town, east: int) -> None:
    member, own = confirmed(east, staffed.areas["micro"])
    assert open_contact(staffed.viewer("secretary"), member.key) == Contact(NAME, PHONE, WORDS)
    line = JournalEntry.objects.get(verb="member.opened")
    assert (line.object_id, line.actor_id) == (str(member.key), staffed.persons["secretary"].pk)
    rows = all_of(staffed.viewer("street_officer"), RegisterFilter())
    note_export_of(staffed.viewer("street_officer"), [row.key for row, _ in rows])
    assert [contact.name for _, contact in rows] == [NAME]
    seen = own_entry(own)
    assert seen is not None
    assert [(look.name, look.exported) for look in seen.readings] == [
        ("street_officer", True),
        ("secretary", False),
    ]
    assert JournalEntry.objects.get(verb="members.exported").facts == {"lines": 1}


@pytest.mark.parametrize(("area", "reads"), [("street", True), ("district", False)])
def test_a_role_of_several_levels_reads_no_higher_than_the_street(
    staffed: Town, east: int, area: str, reads: bool
) -> None:
    """Whoever declares was told so."""
    confirmed(east, staffed.areas["micro"])
    staffed.appoint("several", "service_centre", area)
    several = staffed.viewer("several")
    if reads:
        assert register(several, RegisterFilter()).total == 1
        return
    with pytest.raises(PermissionDenied):
        register(several, RegisterFilter())


def test_the_journal_holds_no_name(staffed: Town, east: int) -> None:
    member, own = declared(east, staffed.areas["micro"])
    checked(staffed.viewer("secretary"), member.key)
    noted(own, 3)
    commands.change(own, given_to(staffed, name="诸葛小例"))
    decline(staffed.viewer("secretary"), member.key, "搬走了")
    lines = JournalEntry.objects.filter(verb__startswith="member")
    assert {line.verb for line in lines} == {
        "member.invited", "member.declared", "member.confirmed", "member.hours_noted", "member.changed",
        "member.opened", "member.declined",
    }  # fmt: skip
    assert not [line for line in lines if "小" in repr(line.facts) or "搬" in repr(line.facts)]
    assert all(read_fact(line) for line in lines)


def test_whoever_withdraws_leaves_hours_as_a_number_and_nothing_else(staffed: Town, east: int) -> None:
    member, own = confirmed(east, staffed.areas["micro"], ready=True, reports_home=True)
    for wrong in (0, 25, "0.3"):
        with pytest.raises(ValidationError):
            noted(own, wrong)
    noted(own, 8)
    commands.withdraw(own)
    assert own_entry(own) is None
    (left,) = entries()
    assert (left.state, left.hours, left.organisation) == ("ended", 8, east)
    assert (left.sealed, left.digest, left.name_hash, left.grid, left.offers) == (None, None, None, None, [])
    assert register(staffed.viewer("secretary"), RegisterFilter()).hours == 8
    assert entry(staffed.viewer("secretary"), member.key) is None
    with pytest.raises(PermissionDenied):
        open_contact(staffed.viewer("secretary"), member.key)
    _other, own = declared(east, staffed.areas["micro"])
    with pytest.raises(ValidationError, match="once your declaration is confirmed"):
        noted(own, 1)
    commands.withdraw(own)
    assert len(entries()) == 1


def test_what_nobody_confirms_is_erased_after_14_days_and_what_is_confirmed_after_two_years(
    staffed: Town, east: int
) -> None:
    now = timezone.now()
    (code,) = invite(SYSTEM, east, 1, form())
    _waiting, own = declared(east, staffed.areas["micro"])
    _kept, kept = confirmed(east, staffed.areas["micro"])
    assert forget_past(SYSTEM, now + timedelta(days=13, hours=23)) == 0 and invited(code) is not None
    assert forget_past(SYSTEM, now + timedelta(days=14, hours=1)) == 1
    assert own_entry(own) is None and own_entry(kept) is not None
    with register_open():
        assert not Invitation.objects.exists()
    noted(kept, 5)
    assert forget_past(SYSTEM, now + timedelta(days=731)) == 1 and own_entry(kept) is None
    assert [left.hours for left in entries()] == [5]


def test_after_a_restore_who_had_left_is_gone_again_and_what_was_replaced_too(
    staffed: Town, east: int, settings: Any
) -> None:
    first, left = confirmed(east, staffed.areas["micro"])
    second, changed = confirmed(east, staffed.areas["micro"])
    _third, stays = confirmed(east, staffed.areas["micro"])
    old = version_name(held(changed))
    commands.change(changed, given_to(staffed, phone="+8613800005678"))
    new = held(changed)
    commands.withdraw(left)
    listed = erased_since(settings.SHIGE_ERASURES, timezone.now() - timedelta(minutes=5))
    assert listed[LEFT] == {digest_of(LEFT, str(first.key))} and listed[REPLACED] == {
        digest_of(REPLACED, old)
    }
    assert erase_replaced(SYSTEM, listed[REPLACED]) == 0  # what stands here is the newer one
    with register_open():  # as a backup of before has them
        first.save(force_insert=True)
        second.save()
    assert erase_left(SYSTEM, listed[LEFT]) == 1 and own_entry(left) is None
    assert erase_replaced(SYSTEM, listed[REPLACED]) == 1
    restored = own_entry(changed)
    assert restored is not None and restored.contact == Contact() and restored.row.state == "confirmed"
    assert not restored.row.party and restored.row.grid == "" and restored.row.offers == ()
    assert register(staffed.viewer("secretary"), RegisterFilter()).grids[0].count == 1
    commands.change(changed, given_to(staffed, phone=new and PHONE))
    again, untouched = own_entry(changed), own_entry(stays)
    assert again is not None and again.contact.phone == PHONE
    assert untouched is not None and untouched.contact.name == NAME


@pytest.mark.parametrize(
    "who",
    [
        "micro_worker", "fulltime_worker", "exclusive_worker", "community_chief", "department", "overseer",
        "mediation_committee", "district_centre", "secretary2",
    ],
)  # fmt: skip
def test_others_reach_nothing(staffed: Town, east: int, who: str) -> None:
    member, _own = declared(east, staffed.areas["micro"])
    other = staffed.viewer(who)
    for act in (confirm, open_contact, lambda viewer, key: decline(viewer, key, "不"), _invite_for(east)):
        with pytest.raises(PermissionDenied):
            act(other, member.key)
    assert entry(other, member.key) is None
    if who == "secretary2":
        assert register(other, RegisterFilter(waiting=True)).total == 0
        assert all_of(other, RegisterFilter(waiting=True)) == []
    else:
        for read in (register, all_of):
            with pytest.raises(PermissionDenied):
                read(other, RegisterFilter())
    with pytest.raises(PermissionDenied):
        register(PUBLIC, RegisterFilter())


def _invite_for(number: int) -> Any:
    def act(viewer: Viewer, _key: object) -> None:
        invite(viewer, number, 1, form())

    return act


def test_a_secretary_sees_the_own_community_and_the_street_all(staffed: Town, east: int) -> None:
    west = organisation_for(staffed.areas["west"], "西区示例党支部")
    street = organisation_for(staffed.areas["street"], "街道机关示例党支部")
    for number, grid in ((east, "micro"), (west, "micro3"), (street, "micro2")):
        confirmed(number, staffed.areas[grid])
    seen = {
        who: register(staffed.viewer(who), RegisterFilter()).confirmed
        for who in ("secretary", "secretary2", "street_officer")
    }
    assert seen == {"secretary": 1, "secretary2": 1, "street_officer": 3}


def test_a_move_that_is_planned_opens_nothing_today(staffed: Town, east: int) -> None:
    confirmed(east, staffed.areas["micro"])
    moved = Standing.objects.get(organisation=east)
    day = today() + timedelta(days=30)
    Standing.objects.filter(pk=moved.pk).update(valid=DateRange(SINCE.on, day))
    moved.pk, moved.area, moved.valid = None, staffed.areas["west"], DateRange(day, None)
    moved.save(force_insert=True)
    seen = {who: register(staffed.viewer(who), RegisterFilter()).total for who in ("secretary", "secretary2")}
    assert seen == {"secretary": 1, "secretary2": 0}
    (code,) = invite(staffed.viewer("secretary"), east, 1, form())
    assert invited(code) is not None


def test_the_list_is_narrowed_searched_and_paged(staffed: Town, east: int) -> None:
    for nth in range(32):
        confirmed(
            east, staffed.areas["micro" if nth % 2 else "micro2"], name=f"示例{nth}号", ready=nth == 3,
            offers=("law",) if nth < 5 else (),
        )  # fmt: skip
    secretary = staffed.viewer("secretary")
    both = [register(secretary, RegisterFilter(page=page)) for page in (1, 2, 9)]
    assert [(len(found.rows), found.page) for found in both] == [(30, 1), (2, 2), (2, 2)]
    assert len({row.key for found in both[:2] for row in found.rows}) == 32
    for narrowed, count in (
        (RegisterFilter(grid=staffed.areas["micro"].code), 16),
        (RegisterFilter(offer="law"), 5),
        (RegisterFilter(ready=True), 1),
        (RegisterFilter(words="示例7号"), 1),
        (RegisterFilter(words="示例党支部"), 32),
        (RegisterFilter(words="micro2"), 16),
        (RegisterFilter(organisation=east + 1), 0),
        (RegisterFilter(grid="x"), 0),
    ):
        assert register(secretary, narrowed).total == count, narrowed
    assert sum(grid.count for grid in both[0].grids) == 32


def test_the_nearest_is_proposed_first_and_nobody_who_is_not_ready(staffed: Town, east: int) -> None:
    west = organisation_for(staffed.areas["west"], "西区示例党支部")
    confirmed(west, staffed.areas["micro3"], ready=True, name="远一号")
    confirmed(east, staffed.areas["micro2"], ready=True, name="中一号")
    confirmed(east, staffed.areas["micro"], ready=False, name="不一号")
    confirmed(east, staffed.areas["micro"], ready=True, name="近一号", party=False)
    declared(east, staffed.areas["micro"], ready=True)
    officer, micro = staffed.viewer("street_officer"), staffed.areas["micro"]
    found = [(one.row.called, one.nearness) for one in proposed_for(officer, micro)]
    assert found == [("近某", "grid"), ("中某", "community"), ("远某", "street")]
    assert [one.row.called for one in proposed_for(staffed.viewer("secretary"), micro)] == ["近某", "中某"]
    for who in ("overseer", "micro_worker", "secretary2"):
        with pytest.raises(PermissionDenied):
            proposed_for(staffed.viewer(who), micro)


def test_who_serves_where_is_counted_for_those_who_keep_the_register_alone(staffed: Town, east: int) -> None:
    for _turn in range(5):
        confirmed(east, staffed.areas["micro"])
    confirmed(east, staffed.areas["micro2"])
    confirmed(east, staffed.areas["micro2"], party=False)
    grids = [staffed.areas[name] for name in ("micro", "micro2", "tower")]
    keys = [grid.pk for grid in grids]
    assert members_by_grid(staffed.viewer("secretary"), grids) == dict(zip(keys, (5, 1, 0), strict=True))
    for who in ("overseer", "micro_worker", "secretary2"):
        for asked in (grids, grids[:1]):
            with pytest.raises(PermissionDenied):
                members_by_grid(staffed.viewer(who), asked)


def test_a_new_key_opens_what_the_old_one_sealed(staffed: Town, east: int) -> None:
    _member, own = confirmed(east, staffed.areas["micro"])
    assert rotate(SYSTEM) == 1 and held(own).sealed_by == "k2"
    found = own_entry(own)
    assert found is not None and found.contact.name == NAME


def test_a_closed_organisation_invites_nobody(staffed: Town, east: int) -> None:
    from datetime import date

    from shige.redline.organisations.commands import Decision, close

    (code,) = invite(SYSTEM, east, 1, form())
    close(SYSTEM, east, Decision(date(2026, 1, 5), "合并"))
    with pytest.raises(ValidationError):
        invite(SYSTEM, east, 1, form())
    assert invited(code) is None


@given(st.text(min_size=1, max_size=12))
def test_a_list_calls_nobody_by_more_than_the_family_name(name: str) -> None:
    assert len(shortened(name)) <= 3 and shortened(name).endswith("某")


@pytest.mark.parametrize(
    "written", ["王 建国（老王）", "王　建国", " 王建国 ", "王建国(3栋)", "王建国【组长】"]
)
def test_somebody_is_found_by_the_name_however_it_is_written(written: str) -> None:
    assert name_hash(written) == name_hash("王建国") != name_hash("王建军")
