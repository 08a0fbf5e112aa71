"""What was done behind a seal stays behind it once the matter is released (P3, P4)."""

from datetime import timedelta

import pytest
from django.test import Client

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.contact import open_file
from shige.matters.handling.commands.handling import take
from shige.matters.handling.queries.detail import matter_detail
from shige.matters.models import Matter, Photo
from shige.matters.sealing.commands.guard import release
from shige.matters.tasks.commands import Order, give_task
from shige.matters.tasks.queries import task_detail
from shige.matters.visibility.queries.sight import who_sees, work_of
from shige.trust.gate import PUBLIC, SYSTEM
from tests.matters.handling.test_pages import signed_in

from ..town import WEDNESDAY, Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

CHAIN = ("micro_worker", "fulltime_worker", "community_chief")
SAID = "核实网格员是否收钱"


@pytest.fixture
def released(town: Town) -> Matter:
    """Release a complaint in which the centre had given a task; another one is given afterwards."""
    words = report("微网格员收了钱不办事", category="02.1", place=town.place("micro"))
    matter = file_matter(PUBLIC, words).matter
    centre = town.viewer("service_centre")
    take(centre, matter.number)
    give_task(centre, matter.number, Order(town.posts["department2"].pk, SAID, "4h"))
    with clock.at(WEDNESDAY + timedelta(hours=1)):
        release(SYSTEM, matter.number, "不是投诉", "02.1")
    return Matter.objects.get()


@pytest.mark.parametrize("who", CHAIN)
def test_tasks_given_behind_it_are_read_by_nobody_of_the_chain(
    town: Town, released: Matter, who: str
) -> None:
    viewer, task = town.viewer(who), released.tasks.get()
    assert matter_detail(viewer, released.number) is not None
    assert not work_of(viewer, released).tasks and task_detail(viewer, task.number) is None
    client: Client = signed_in(town, who)
    assert SAID not in client.get(f"/office/matters/{released.number}/").content.decode()
    assert client.get(f"/office/tasks/{task.number}/").status_code == 404


def test_nor_who_has_looked_by_whoever_has_it_then(town: Town, released: Matter) -> None:
    sights, looks = who_sees(town.viewer("community_chief"), released)
    assert sights and not [one for one in sights if one.task]
    assert "service_centre" not in {look.person for look in looks}
    assert "service_centre" in {look.person for look in who_sees(town.viewer("service_centre"), released)[1]}


def test_they_end_with_it_and_the_trained_post_still_reads_them(town: Town, released: Matter) -> None:
    task = released.tasks.get()
    assert not task.open
    assert [one.number for one in work_of(town.viewer("service_centre"), released).tasks] == [task.number]
    assert task_detail(town.viewer("service_centre"), task.number) is not None


def test_what_is_given_afterwards_is_read(town: Town, released: Matter) -> None:
    with clock.at(WEDNESDAY + timedelta(hours=2)):
        give_task(SYSTEM, released.number, Order(town.posts["department"].pk, "换灯泡", "4h"))
    assert [one.state for one in work_of(town.viewer("community_chief"), released).tasks] == ["given"]


def test_nor_are_photos_that_the_office_took_behind_it_shown(town: Town, released: Matter) -> None:
    given = (
        (True, 0),
        (False, 0),
        (False, 2),
    )  # reporter; office behind the seal, then after it
    for turn, (by_reporter, hours) in enumerate(given):
        at = WEDNESDAY + timedelta(hours=hours)
        Photo.objects.create(matter=released, file=f"{turn}" * 32, by_reporter=by_reporter, added_at=at)
    for who, shown in (("community_chief", ["0", "2"]), ("service_centre", ["0", "1", "2"])):
        found = matter_detail(town.viewer(who), released.number)
        assert found is not None and [photo.file[0] for photo in found.photos] == shown
    assert open_file(town.viewer("community_chief"), released.number, "1" * 32, small=False) is None
