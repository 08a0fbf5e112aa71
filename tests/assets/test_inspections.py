"""Inspections: dates move, a defect becomes a matter of the thing, nobody waits for a reporter (R41)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shige.assets.inspections.commands import InspectionIn, inspect_thing
from shige.assets.inspections.queries import inspections_of, thing_of
from shige.assets.models.inspection import Inspection
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.handling import solve, take
from shige.matters.models import Matter, ReturnVisit
from shige.matters.visits.commands import visit_failed
from shige.territory.models import Thing
from shige.territory.things.commands import ThingIn, add_thing, retire_thing
from shige.trust.queries import today
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def hydrant(town: Town) -> Thing:
    """Put a hydrant on the register of the first micro-grid."""
    place = town.place("micro")
    return add_thing(
        town.viewer("community_chief"), ThingIn("hydrant", "南门消火栓", place.lon, place.lat, place="南门")
    )


def found(words: str = "", on: date | None = None) -> InspectionIn:
    """Return what an inspection of today found."""
    return InspectionIn(on or today(), words)


def test_what_is_in_order_only_moves_the_date(town: Town, hydrant: Thing) -> None:
    made = inspect_thing(town.viewer("micro_worker"), hydrant.code, found(on=today() - timedelta(days=1)))
    hydrant.refresh_from_db()
    assert hydrant.inspected_on == today() - timedelta(days=1) and hydrant.due_on > today()
    assert not made.defect and not Matter.objects.exists()


def test_a_defect_becomes_a_matter_at_the_thing(town: Town, hydrant: Thing) -> None:
    worker = town.viewer("micro_worker")
    made = inspect_thing(worker, hydrant.code, found("接口漏水，联系 13812345678"))
    matter = Matter.objects.get()
    assert made.matter == matter and matter.category == "03.1" and matter.source == "inspection"
    assert matter.leaf == town.areas["micro"] and matter.place == "南门"
    assert "南门消火栓" in matter.words and "13812345678" not in matter.words + made.words
    assert thing_of(matter) == hydrant
    assert [row.number for row in inspections_of(worker, hydrant)] == [matter.number]


def test_a_further_defect_is_added_while_the_matter_is_open(town: Town, hydrant: Thing) -> None:
    worker = town.viewer("micro_worker")
    inspect_thing(worker, hydrant.code, found("接口漏水"))
    inspect_thing(worker, hydrant.code, found("箱门也坏了"))
    matter = Matter.objects.get()
    assert matter.steps.get(action="inspected").remark == "箱门也坏了" and matter.version == 2
    assert Inspection.objects.filter(matter=matter).count() == 2


def test_nobody_is_asked_but_somebody_else_goes_and_looks(town: Town, hydrant: Thing) -> None:
    Thing.objects.update(kind="aed")  # whose defects are no hazards; those are rechecked
    inspect_thing(town.viewer("micro_worker"), hydrant.code, found("电量不足"))
    matter = Matter.objects.get()
    owner = town.viewer(town.owner(matter))
    take(owner, matter.number)
    solve(owner, matter.number, "已换接口")
    matter.refresh_from_db()
    assert matter.state == "unconfirmed" and not matter.open and matter.rating is None
    visit = ReturnVisit.objects.get(matter=matter)
    assert visit.post_id != matter.owner_id
    ReturnVisit.objects.update(due=today())
    visitor = next(name for name, post in town.posts.items() if post.pk == visit.post_id)
    visit_failed(town.viewer(visitor), matter.number, "仍在漏水")
    matter.refresh_from_db()
    assert matter.open and matter.state == "in_hand"


@pytest.mark.parametrize("who", ["micro_worker2", "community_chief2", "department", "mediation_committee"])
def test_others_inspect_nothing_here(town: Town, hydrant: Thing, who: str) -> None:
    with pytest.raises(PermissionDenied):
        inspect_thing(town.viewer(who), hydrant.code, found("好奇"))
    assert not Inspection.objects.exists() and not Matter.objects.exists()


def test_an_inspection_files_nothing_about_staff(town: Town, hydrant: Thing) -> None:
    """P3: whoever inspects may be the one, or stands in the same chain."""
    Thing.objects.update(kind="bench")  # of which the profile does not say what its defects are
    with pytest.raises(ValidationError, match="about staff"):
        inspect_thing(town.viewer("micro_worker"), hydrant.code, found("投诉网格员态度恶劣"))
    assert not Inspection.objects.exists() and not Matter.objects.exists()


def test_the_list_tells_of_no_seal(town: Town, hydrant: Thing) -> None:
    """P3: who inspected reads the own words as they were, without a number, as when the matter is over."""
    worker, other = town.viewer("micro_worker"), town.viewer("community_chief")
    inspect_thing(worker, hydrant.code, found("栓体漏水"))
    assert [row.number != "" for row in inspections_of(other, hydrant)] == [True]
    sort(town.viewer("street_officer"), Matter.objects.get().number, "11.3")
    assert [(row.words, row.number) for row in inspections_of(worker, hydrant)] == [("栓体漏水", "")]
    assert inspections_of(other, hydrant) == []


def test_what_does_not_fit_is_refused(town: Town, hydrant: Thing) -> None:
    worker = town.viewer("micro_worker")
    for wrong in (found(on=today() + timedelta(days=2)), found("坏" * 501)):
        with pytest.raises(ValidationError):
            inspect_thing(worker, hydrant.code, wrong)
    retire_thing(town.viewer("community_chief"), hydrant.code)
    with pytest.raises(PermissionDenied):
        inspect_thing(worker, hydrant.code, found())
