"""P3: whoever is complained about, and the chain above them up to the community, knows of nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_contact, reveal_words
from shige.matters.handling.commands.handling import set_place, take
from shige.matters.handling.commands.transfer import pass_up
from shige.matters.models import Matter
from shige.matters.workflow.actors import actors_of, seen_by
from shige.trust.gate import PUBLIC
from shige.trust.models import VaultReading

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

CHAIN = ["micro_worker", "fulltime_worker", "community_chief"]


def complaint(town: Town) -> Matter:
    """File a complaint about the micro-grid worker."""
    given = report(
        "微网格员态度恶劣", category="11.3", name="王小明", phone="13812345678", place=town.place("micro")
    )
    return file_matter(PUBLIC, given).matter


@pytest.mark.parametrize("who", CHAIN)
def test_the_chain_neither_sees_nor_counts_nor_touches_it(town: Town, who: str) -> None:
    matter, viewer = complaint(town), town.viewer(who)
    assert not Matter.objects.filter(seen_by(viewer)).exists()
    assert not actors_of(viewer, matter)
    for command in (take, reveal_words, reveal_contact):
        with pytest.raises(PermissionDenied):
            command(viewer, matter.number, *(() if command is take else ("why",)))


def test_the_street_sees_it(town: Town) -> None:
    complaint(town)
    assert Matter.objects.filter(seen_by(town.viewer("service_centre"))).count() == 1


def test_the_chain_gets_no_message(town: Town) -> None:
    complaint(town)
    for who in CHAIN:
        assert not town.persons[who].messages.exists()


def test_it_moves_among_the_street_and_above_only(town: Town) -> None:
    matter = complaint(town)
    after = pass_up(town.viewer("service_centre"), matter.number, "请指导")
    assert town.owner(after) == "district_centre"


def test_wherever_it_is_sorted_or_placed_it_stays_above_the_chain(town: Town) -> None:
    matter = complaint(town)
    sort(town.viewer("service_centre"), matter.number, "10.1", "反映的是宣传")
    after = set_place(town.viewer("service_centre"), matter.number, town.place("micro2"))
    assert after.sealed and after.tier == "S" and town.owner(after) in {"street_officer", "service_centre"}


def test_a_department_sees_its_own_task_only(town: Town) -> None:
    own = file_matter(PUBLIC, report(category="04.5", place=town.place("micro"))).matter
    file_matter(PUBLIC, report(category="01.1", place=town.place("micro")))
    assert list(Matter.objects.filter(seen_by(town.viewer("department")))) == [own]


@pytest.mark.django_db(transaction=True)
def test_words_and_contact_open_with_a_reason_on_record() -> None:
    """P5, P7: the record is written before the text is returned."""
    from ..town import build

    town = build()
    number = complaint(town).number
    viewer = town.viewer("service_centre")
    assert reveal_words(viewer, number, "了解情况") == "微网格员态度恶劣"
    contact = reveal_contact(viewer, number, "回访")
    assert (contact.name, contact.phone) == ("王小明", "+8613812345678")
    reasons = VaultReading.objects.order_by("pk").values_list("person__username", "reason", "role")
    assert (
        list(reasons)
        == [("service_centre", "了解情况", "service_centre")]
        + [("service_centre", "回访", "service_centre")] * 2
    )
