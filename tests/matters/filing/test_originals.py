"""Of ordinary words the numbers of persons are hidden; whoever handles it opens the original on record."""

import pytest
from django.core.exceptions import PermissionDenied

from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.contact import reveal_words
from shige.matters.models import Matter, Step
from shige.matters.own_data.commands.own_data import Proof, delete_own, take_along
from shige.matters.own_data.queries import own_data, own_handles
from shige.trust.gate import PUBLIC
from shige.trust.handles import kept
from shige.trust.models import VaultReading

from ..town import build, report

SAID = "路灯不亮，打我电话 138 1234 5678"
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_original_opens_for_whoever_handles_it_and_for_whoever_wrote_it() -> None:
    town = build()
    filed = file_matter(PUBLIC, report(SAID, category="02.1", place=town.place("micro"), phone="13812345678"))
    matter = filed.matter
    assert matter.words == "路灯不亮，打我电话 *** **** ****" and not matter.confidential
    worker = town.viewer(town.owner(matter))
    assert reveal_words(worker, matter.number, "联系反映人") == SAID
    assert VaultReading.objects.filter(reason="联系反映人").exists()
    assert take_along(PUBLIC, filed.tracking_code, Proof(phone="13812345678")).words == SAID
    held = own_data(filed.tracking_code)
    assert held and "matter.original" in {one.field for one in held.held}
    with pytest.raises(PermissionDenied):
        reveal_words(town.viewer("department"), matter.number, "好奇")


def test_a_room_and_a_name_in_the_words_are_sealed_as_the_room_of_the_place_is() -> None:
    town, said = build(), "我家在2单元1103室，姓赵，水管漏了"
    filed = file_matter(PUBLIC, report(said, category="02.1", place=town.place("micro"), phone="13812345678"))
    assert filed.matter.words == "我家在2单元****室，姓*，水管漏了"
    assert reveal_words(town.viewer(town.owner(filed.matter)), filed.matter.number, "上门") == said
    add_words(PUBLIC, filed.tracking_code, "水还在漏，我家在3栋1103")
    step = Step.objects.exclude(words_handle=None).latest("pk")
    assert "水还在漏，我家在3栋****" in (step.note, step.said, step.remark)
    assert "3栋1103" in take_along(PUBLIC, filed.tracking_code, Proof(phone="13812345678")).later[-1]


def test_words_without_numbers_are_kept_once() -> None:
    matter = file_matter(PUBLIC, report("路灯不亮", category="02.1", place=build().place("micro"))).matter
    assert matter.words_handle is None and matter.words == "路灯不亮"


def test_the_original_goes_with_the_words() -> None:
    town = build()
    filed = file_matter(PUBLIC, report(SAID, category="02.1", place=town.place("micro"), phone="13812345678"))
    handles = [handle for some in own_handles(filed.matter) for handle in some]
    Matter.objects.update(open=False, running=False, state="closed", closed_at=filed.matter.reported_at)
    delete_own(PUBLIC, filed.tracking_code, Proof(phone="13812345678"))
    assert not kept(handles) and Matter.objects.get().words == ""


def test_sorted_as_confidential_the_original_is_what_is_sealed() -> None:
    town = build()
    filed = file_matter(PUBLIC, report(SAID, category="02.1", place=town.place("micro")))
    sort(town.viewer("community_chief"), filed.matter.number, "05.4", "邻里")
    matter = Matter.objects.get()
    assert matter.confidential and matter.words == "" and matter.words_handle == filed.matter.words_handle
