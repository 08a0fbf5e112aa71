"""Whoever registered a matter for a resident knows its code, and must not follow it into a complaint (P3)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from shige.matters.confirmation.commands.answers import add_words
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import relay_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import hear, solve, take
from shige.matters.neighbours.commands import join
from shige.matters.neighbours.queries.followed import all_on, tracked
from shige.matters.neighbours.queries.known import known_nearby
from shige.matters.own_data.queries import own_data
from shige.trust.gate import PUBLIC

from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

FINDING = "查实微网格员不作为，已约谈"


def relayed(town: Town, who: str = "micro_worker", **more: object) -> tuple[str, str]:
    """Let somebody register a lamp for a resident; return its number and the code that they were shown."""
    given = report(
        "楼道灯坏了，没人管", category="02.1", place=town.place("micro"), phone="13900000001", consent=True,
        source="worker", **more,
    )  # fmt: skip
    filed = relay_matter(town.viewer(who), given)
    return filed.matter.number, filed.tracking_code


def as_complaint(town: Town, number: str, category: str = "11.3") -> None:
    """Let the street find that it is about the worker, and the centre look into it."""
    sort(town.viewer("street_officer"), number, category, "反映的是网格员")
    centre = town.viewer("service_centre")
    take(centre, number)
    if category == "11.3":
        hear(centre, number, "已向网格员本人核实")
        solve(centre, number, FINDING, action="uphold")


@pytest.mark.parametrize("category", ["11.3", "05.6"])
def test_by_its_code_the_worker_reads_and_says_nothing(town: Town, category: str) -> None:
    number, code = relayed(town)
    as_complaint(town, number, category)
    found = tracked(code)
    assert found is not None and found.hidden and not (found.steps or found.answers or found.sealed)
    page = Client().get(f"/m/{code}/").content.decode()
    api = Client().get(f"/api/v1/public/matters/{code}").content.decode()
    for told in (page, api, str(all_on([code]))):
        assert [part for part in (FINDING, "意见", "封存", "centre", "核实", "暴力") if part in told] == []
    for data in ({"answer": "review", "reason": "不服"}, {"answer": "add", "reason": "没这回事"}):
        Client().post(f"/m/{code}/", data)
    with pytest.raises(PermissionDenied):
        add_words(PUBLIC, code, "没这回事")
    assert own_data(code) is None


def test_a_clerk_who_is_not_concerned_still_follows_it(town: Town) -> None:
    number, code = relayed(town, "service_centre")
    as_complaint(town, number)
    found = tracked(code)
    assert found is not None and not found.hidden and found.sealed


def test_an_ordinary_one_is_followed_as_ever(town: Town) -> None:
    number, code = relayed(town)
    found = tracked(code)
    assert found is not None and (found.number, found.hidden) == (number, False)


def test_nor_do_signs_of_it_show_to_whoever_joined(town: Town) -> None:
    """Of what was joined and is sealed by now no sign is left: not that the police has it, nor a date."""
    matter = file_matter(PUBLIC, report("路灯不亮", category="02.1", place=town.place("micro"))).matter
    near = known_nearby("02.1", town.place("micro"))[0]
    joined = join(PUBLIC, "02.1", town.place("micro"), near.reference, "form")
    sort(town.viewer("street_officer"), matter.number, "05.6", "有人受伤")
    found = tracked(joined.tracking_code)
    assert found is not None and found.hidden
    assert not (found.sealed or found.police or found.in_danger or found.look_by or found.names)
