"""Whoever opens what a message is about has read it, from wherever they came."""

import pytest
from django.test import Client

from shige.matters.joint.commands import hand_in_part
from shige.matters.models import JointPart, Matter
from shige.trust.commands import enqueue
from shige.trust.messages import _pages
from shige.trust.models import OutboxMessage
from shige.trust.templatetags.veils import veil
from tests.matters.handling.test_pages import signed_in
from tests.matters.taskforce import joint, settle, task
from tests.matters.town import Town

pytestmark = pytest.mark.django_db


def unread(town: Town, who: str) -> int:
    """Count what somebody has not read."""
    return OutboxMessage.objects.filter(receiver=town.persons[who], seen_at=None).count()


def bell(client: Client, path: str) -> bool:
    """Open a page and say whether its bell counts something."""
    page = client.get(path)
    assert page.status_code == 200
    return "</svg><b>" in page.content.decode()


def test_a_task_opened_from_the_list_is_read_with_its_message(town: Town) -> None:
    settle(town)
    found, client = task(town), signed_in(town, "property_company")
    assert bell(client, "/office/tasks/") and unread(town, "property_company") == 1
    assert not bell(client, f"/office/tasks/{found.number}/")
    assert not unread(town, "property_company")


def test_a_matter_opened_from_the_list_is_read_with_its_messages(town: Town) -> None:
    settle(town)
    found, client = task(town).matter, signed_in(town, "fulltime_worker")
    told = OutboxMessage.objects.filter(receiver=town.persons["fulltime_worker"])
    assert unread(town, "fulltime_worker") == told.filter(subject_id=found.number).count() > 0
    assert not bell(client, f"/office/matters/{found.number}/")
    assert not unread(town, "fulltime_worker")


def test_a_joint_task_is_read_on_its_page_and_on_that_of_the_own_part(town: Town) -> None:
    settle(town)
    found = joint(town)
    part = JointPart.objects.get(joint=found, post=town.posts["department"])
    assert not bell(signed_in(town, "department"), f"/office/parts/{veil(part.pk)}/")
    assert not unread(town, "department") and unread(town, "department2")
    hand_in_part(town.viewer("department"), part.pk, "已清理")
    before = unread(town, "street_officer")
    assert signed_in(town, "street_officer").get(f"/office/joint/{found.number}/").status_code == 200
    assert unread(town, "street_officer") < before


def test_the_post_to_which_somebody_was_named_is_read_on_its_page(town: Town) -> None:
    post = town.posts["community_chief"]
    enqueue("appointment.sealed", "appointment", post.pk, receiver=town.persons["street_officer"].pk)
    assert signed_in(town, "street_officer").get(f"/team/posts/{veil(post.pk)}/").status_code == 200
    assert not unread(town, "street_officer")


def test_what_is_refused_is_not_read_and_stays_counted(town: Town) -> None:
    settle(town)
    found = task(town)
    Matter.objects.filter(pk=found.matter_id).update(sealed=2, confidential=True, words="")
    client = signed_in(town, "property_company")
    assert client.get(f"/office/tasks/{found.number}/").status_code == 404
    assert unread(town, "property_company") == 1


def test_only_the_page_itself_reads_and_only_for_whoever_opened_it(town: Town) -> None:
    settle(town)
    found = task(town)
    client = signed_in(town, "property_company")
    client.post(f"/office/tasks/{found.number}/", {})
    client.head(f"/office/tasks/{found.number}/")
    signed_in(town, "fulltime_worker").get(f"/office/tasks/{found.number}/")
    assert unread(town, "property_company") == 1


def test_every_subject_with_pages_of_its_own_is_read_there() -> None:
    assert {subject for subject, _named in _pages.values()} == {
        "matter", "task", "joint", "plan", "grid", "warning", "opinion", "appointment", "urging",
        "note", "report",
    }  # fmt: skip
