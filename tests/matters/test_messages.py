"""Messages: counted by a bell in the frame, read one by one, each leading to what it is about."""

import re

import pytest

from shige.matters.filing.commands.filing import file_matter
from shige.matters.models import JointPart
from shige.trust.gate import PUBLIC
from shige.trust.models import OutboxMessage
from shige.trust.templatetags.veils import veil

from .handling.test_pages import signed_in
from .taskforce import joint, settle, task
from .town import Town, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

BELL = re.compile(r'class="bell".*?<b>(\d+)</b>', re.DOTALL)


def bell(page: str) -> int:
    """Return the number at the bell."""
    found = BELL.search(page)
    return int(found[1]) if found else 0


def test_the_bell_counts_what_was_not_read_and_each_is_read_by_itself(town: Town) -> None:
    for words in ("楼下堆了旧沙发", "垃圾桶满了三天"):
        file_matter(PUBLIC, report(words, category="01.1", place=town.place("micro")))
    first, second = town.persons["fulltime_worker"].messages.order_by("pk")[:2]
    client = signed_in(town, "fulltime_worker")
    before = OutboxMessage.objects.filter(receiver=town.persons["fulltime_worker"]).count()
    assert bell(client.get("/office/").content.decode()) == before
    assert bell(client.get("/messages/").content.decode()) == before  # looking at the list reads none
    answer = client.get(f"/messages/{veil(first.pk)}/")
    assert answer["Location"] == f"/office/matters/{first.subject_id}/"
    assert bell(client.get("/messages/").content.decode()) == before - 1
    second.refresh_from_db()
    assert second.seen_at is None
    client.post("/messages/read/")
    assert bell(client.get("/messages/").content.decode()) == 0


def test_nobody_opens_the_message_of_somebody_else(town: Town) -> None:
    file_matter(PUBLIC, report(place=town.place("micro")))
    sent = OutboxMessage.objects.exclude(receiver=None).first()
    assert sent is not None
    assert signed_in(town, "department").get(f"/messages/{veil(sent.pk)}/").status_code == 404


def test_a_task_and_a_joint_task_lead_to_what_was_given(town: Town) -> None:
    settle(town)
    made = joint(town)
    part = JointPart.objects.get(joint=made, post=town.posts["department"])
    told = town.persons["department"].messages.get(kind="joint.called")
    client = signed_in(town, "department")
    assert client.get(f"/messages/{veil(told.pk)}/")["Location"] == f"/office/parts/{veil(part.pk)}/"
    given = task(town, "department")
    told = town.persons["department"].messages.get(kind="task.given")
    assert client.get(f"/messages/{veil(told.pk)}/")["Location"] == f"/office/tasks/{given.number}/"
