"""Whether a task or a joint task is late is said alike in the list, on its page and at its matter (R26)."""

import re
from datetime import timedelta

import pytest

from shige.matters import clock
from shige.matters.joint.commands import excuse, hand_in_part, note_attendance
from shige.matters.models import JointPart, JointTask
from shige.matters.tasks.commands import move_task
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in

from ..taskforce import joint, settle, task
from ..town import WEDNESDAY, Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

LATE = WEDNESDAY + timedelta(hours=3)
SHOWN = re.compile(
    r'<span class="(deadline[^"]*|quiet)"[^>]*>(?:<svg.*?</svg>)?(?:<span>[^<]*</span>)?([^<]*)'
)


@pytest.fixture(autouse=True)
def _taskforce(town: Town) -> None:
    settle(town)


def said(town: Town, who: str, path: str, begin: str) -> tuple[str, str]:
    """Return look and words of the first date that a page shows behind some text."""
    page = signed_in(town, who).get(path).content.decode()
    found = SHOWN.search(page, page.index(begin))
    assert found
    return found[1], found[2].strip()


def part_of(found: JointTask, town: Town, post: str) -> JointPart:
    return JointPart.objects.get(joint=found, post=town.posts[post])


def both(town: Town, found: JointTask, post: str) -> set[tuple[str, str]]:
    """Return how a part is said in the lists of its post and on its own page."""
    own = f"/office/parts/{veil(part_of(found, town, post).pk)}/"
    tables = (said(town, post, path, own) for path in ("/office/tasks/", "/office/"))
    return {*tables, said(town, post, own, '"state ')}


def test_a_meeting_that_has_passed_is_late_until_the_result_is_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, street = joint(town), town.viewer("street_officer")
    with clock.at(LATE):
        monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
        assert {look for look, _words in both(town, found, "department")} == {"deadline deadline-late"}
        note_attendance(street, found.number, part_of(found, town, "department").pk, "present")
        assert len(both(town, found, "department")) == 1
        hand_in_part(town.viewer("department"), part_of(found, town, "department").pk, "已清理")
        assert {look for look, _words in both(town, found, "department")} == {"quiet"}
        whole = said(town, "street_officer", f"/office/joint/{found.number}/", '"state ')
        at_matter = f"/office/matters/{found.matter.number}/"
        assert whole == said(town, "street_officer", at_matter, f"/office/joint/{found.number}/")
        assert whole[0] == "deadline deadline-late"


def test_whoever_is_excused_is_not_late(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    found = joint(town)
    excuse(town.viewer("department"), part_of(found, town, "department").pk, "当天全员值守")
    with clock.at(LATE):
        monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
        assert {look for look, _words in both(town, found, "department")} == {"quiet"}


def test_a_task_is_late_while_its_post_owes_something(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    found = task(town)
    post, late = "property_company", found.due_at + timedelta(hours=1)
    path = f"/office/tasks/{found.number}/"
    ways = [(post, "/office/tasks/", path), (post, path, '"state ')]
    ways.append(("fulltime_worker", f"/office/matters/{found.matter.number}/", path))
    with clock.at(late):
        monkeypatch.setattr("django.utils.timezone.now", lambda: late)
        assert {said(town, *way)[0] for way in ways} == {"deadline deadline-late"}
        move_task(town.viewer(post), found.number, "ask", "要不要带车")
        assert {said(town, *way)[0] for way in ways} == {"quiet"}
