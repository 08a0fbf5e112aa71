"""A matter that is sealed later leaves whatever its former holders have of it, with the number (P3)."""

from urllib.parse import urlencode

import pytest
from django.utils.timezone import localdate

from shige.insight.commands import advance
from shige.matters import clock
from shige.matters.assignment.commands import RuleIn, try_rule, write_rule
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import take
from shige.matters.handling.commands.links import relate
from shige.matters.joint.commands import Summons, call_joint
from shige.matters.lists.commands.saved_filters import save_filter
from shige.matters.lists.queries.saved_filters import saved_filters
from shige.matters.models import JointTask, Matter, ReturnVisit, Task
from shige.matters.tasks.commands import Order, give_task
from shige.trust.commands import sequence
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import messages_for
from tests.matters.handling.test_pages import signed_in
from tests.matters.lists.test_keyset import SECRET_ACTION, addresses, told

from ..taskforce import PURPOSE
from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

ABOUT_OFFICIALS = "11.4"
HOLDERS = ("micro_worker", "community_chief", "department", "street_officer", "service_centre")


def worked_on(town: Town) -> Matter:
    """File an ordinary matter in which a grid, a department and the street have a hand already."""
    matter, other = (
        file_matter(PUBLIC, report(words, category="02.1", place=town.place("micro"))).matter
        for words in ("路灯三天没有人来修", "路灯不亮")
    )
    take(town.viewer(town.owner(matter)), matter.number)
    relate(SYSTEM, matter.number, other.number, "同一栋楼")
    give_task(SYSTEM, matter.number, Order(town.posts["department"].pk, SECRET_ACTION, "4h"))
    posts, at = (town.posts["department"].pk,), WEDNESDAY.replace(hour=8)
    call_joint(town.viewer("service_centre"), matter.number, Summons(posts, PURPOSE, "街道", at))
    day = localdate(clock.now())
    ReturnVisit.objects.create(matter=matter, post=town.posts["street_officer"], due=day, made_at=clock.now())
    rule = write_rule(
        town.viewer("street_officer"),
        town.areas["street"],
        RuleIn("照明直派", town.posts["street_officer"].pk, categories=("02",)),
    )
    assert matter.number in (try_rule(town.viewer("street_officer"), rule.pk).tried or {})["numbers"]
    return Matter.objects.get(pk=matter.pk)


def test_no_saved_filter_keeps_the_number_or_the_code(town: Town) -> None:
    matter = worked_on(town)
    found = file_matter(PUBLIC, report("另一盏灯", category="02.1", place=town.place("micro")))
    serial, worker = matter.number.rsplit("-", 1)[1], town.viewer("micro_worker")
    code = file_matter(PUBLIC, report("保安打瞌睡", category="02.1", place=town.place("micro")))
    for name, text in (
        ("a", matter.number),
        ("b", f"灯 {serial}"),
        ("c", "路灯"),
        ("d", found.matter.number),
    ):
        save_filter(worker, name, urlencode({"text": text}))
    save_filter(worker, "e", urlencode({"text": code.tracking_code}))
    sort(SYSTEM, matter.number, ABOUT_OFFICIALS)
    sort(SYSTEM, code.matter.number, ABOUT_OFFICIALS)
    assert [one.name for one in saved_filters(worker)] == ["c", "d"]


def test_what_was_given_is_withdrawn_and_no_message_is_left(town: Town) -> None:
    matter = worked_on(town)
    owner = town.owner(matter)
    assert messages_for(town.viewer(owner)) and messages_for(town.viewer("department"))
    sort(SYSTEM, matter.number, ABOUT_OFFICIALS)
    assert Task.objects.get().state == "withdrawn" and not JointTask.objects.get().open
    assert ReturnVisit.objects.get().ended_at is not None
    for who in (owner, *HOLDERS):
        named = [one.subject_id for one in messages_for(town.viewer(who))]
        assert not [one for one in named if one.startswith(matter.number)], who


@pytest.mark.long
@pytest.mark.parametrize("who", ["community_chief", "department", "street_officer"])
def test_no_page_of_whoever_had_it_in_hand_tells_of_it(town: Town, who: str) -> None:
    matter = worked_on(town)
    client, every = signed_in(town, who), addresses(matter)
    before = [address for address in every if matter.number in told(client, address)]
    sort(SYSTEM, matter.number, ABOUT_OFFICIALS)
    for step in (sequence, advance):
        step()
    assert before
    for address in every:
        page = told(client, address)
        assert not [one for one in (matter.number, "三天没有人来", SECRET_ACTION, PURPOSE) if one in page], (
            address
        )
