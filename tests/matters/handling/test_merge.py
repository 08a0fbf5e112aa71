"""What is guarded differently is not merged: nobody reads or mediates what is not theirs (P3, P4)."""

import pytest
from django.core.exceptions import ValidationError

from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.category import sort
from shige.matters.handling.commands.merge import merge
from shige.matters.joint.commands import call_joint, end_joint
from shige.matters.models import Matter
from shige.matters.neighbours.commands import say_beside
from shige.matters.neighbours.queries.followed import tracked
from shige.matters.report import Filed
from shige.matters.tasks.commands import give_task, move_task
from shige.trust.gate import PUBLIC, SYSTEM

from ..taskforce import order, settle, summons
from ..town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filed(town: Town, category: str, words: str = "楼上太吵") -> Filed:
    """File a matter in the first micro-grid."""
    return file_matter(PUBLIC, report(words, place=town.place("micro"), category=category))


@pytest.mark.parametrize("pair", [("05.6", "05.4"), ("05.4", "05.6"), ("01.1", "02.2"), ("02.2", "01.1")])
def test_what_is_never_mediated_stays_apart_from_everything_else(town: Town, pair: tuple[str, str]) -> None:
    one, other = (filed(town, category).matter for category in pair)
    with pytest.raises(ValidationError, match="never be mediated"):
        merge(SYSTEM, one.number, other.number, "同一家")
    assert not Matter.objects.filter(open=False).exists()


@pytest.mark.parametrize("pair", [("04.2", "04.1"), ("04.1", "04.2")])
def test_confidential_and_open_matters_stay_apart(town: Town, pair: tuple[str, str]) -> None:
    one, other = (filed(town, category).matter for category in pair)
    with pytest.raises(ValidationError, match="confidential"):
        merge(SYSTEM, one.number, other.number, "同一件")


def test_a_sealed_matter_is_merged_into_no_open_one_after_it_was_sorted(town: Town) -> None:
    """P3: what the complainant says next would stand there for all to read."""
    complaint, lamp = filed(town, "11.3").matter, filed(town, "02.1").matter
    centre = town.viewer("service_centre")
    sort(centre, complaint.number, "02.1", "只是灯的事")
    for one, other in ((complaint, lamp), (lamp, complaint)):
        with pytest.raises(ValidationError, match="confidential"):
            merge(centre, one.number, other.number, "同一盏灯")


def test_two_of_violence_are_each_looked_at_on_their_own(town: Town) -> None:
    one, other = filed(town, "05.6").matter, filed(town, "05.6").matter
    with pytest.raises(ValidationError, match="not possible"):
        merge(town.viewer("service_centre"), one.number, other.number, "同一次")
    with pytest.raises(ValidationError, match="no such matter"):
        merge(town.viewer("street_officer"), one.number, other.number, "同一次")


@pytest.mark.parametrize(("was", "code"), [("04.2", "05.6"), ("04.2", "02.2"), ("02.2", "05.6")])
def test_whose_matter_was_merged_reads_nothing_of_what_becomes_violence(
    town: Town, was: str, code: str
) -> None:
    first, second = filed(town, was), filed(town, was)
    before = tracked(second.tracking_code)
    merge(SYSTEM, second.matter.number, first.matter.number, "同一处")
    sort(SYSTEM, first.matter.number, code)
    seen = tracked(second.tracking_code)
    assert seen and before and (seen.merged, seen.state, seen.office) == (False, "merged", before.office)
    with pytest.raises(ValidationError):
        say_beside(PUBLIC, second.tracking_code, "还在吵")


def test_whoever_reported_the_same_danger_follows_on(town: Town) -> None:
    first, second = filed(town, "08.6"), filed(town, "08.6")
    merge(town.viewer("street_officer"), second.matter.number, first.matter.number, "同一次")
    seen = tracked(second.tracking_code)
    assert seen and (seen.merged, seen.state) == (True, "new")


def test_nothing_with_open_tasks_is_merged(town: Town) -> None:
    """R26: they would stay behind under what is over."""
    settle(town)
    one, other = filed(town, "01.1").matter, filed(town, "01.1").matter
    chief, street = town.viewer("community_chief"), town.viewer("street_officer")
    task = give_task(chief, one.number, order(town))
    joint = call_joint(street, one.number, summons(town, "department"))
    with pytest.raises(ValidationError, match="Tasks are still open"):
        merge(chief, one.number, other.number, "同一堆垃圾")
    move_task(chief, task.number, "withdraw", "并入另一件")
    with pytest.raises(ValidationError, match="Tasks are still open"):
        merge(chief, one.number, other.number, "同一堆垃圾")
    end_joint(street, joint.number, "cancel", "并入另一件")
    assert merge(chief, one.number, other.number, "同一堆垃圾").state == "merged"
