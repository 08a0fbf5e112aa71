"""The journal's facts of matters: their recorded bytes stay, and the oldest entries can still be read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shige.assets.facts import DeviceChanged
from shige.matters.facts import (
    JointPartChanged,
    MatterChanged,
    MatterFiled,
    MatterRecused,
    TaskChanged,
)
from shige.territory.facts import PlanChanged, PlanRequested
from shige.trust.entry_stamp import content_of
from shige.trust.journal_facts import Bare, Fact, as_written, read_fact
from shige.trust.models import JournalEntry

AT = datetime(2026, 11, 25, 1, 30, 0, 5, tzinfo=UTC)
MATTER: dict[str, Any] = {
    "category": "01.1", "tier": "M", "state": "in_hand", "rating": None, "sealed": 0, "guarded": False,
    "owner": 7, "reopened": 0, "reported_at": "2026-11-25T01:30:00+00:00",
    "respond_by": "2026-11-25T05:30:00+00:00", "resolve_by": "2026-11-28T01:30:00+00:00",
    "responded_at": None, "solved_at": None, "closed_at": None, "stopped_at": None,
}  # fmt: skip
SAID = (
    '"category":"01.1","closed_at":null,"guarded":false,"owner":7,"rating":null,"reopened":0,'
    '"reported_at":"2026-11-25T01:30:00+00:00","resolve_by":"2026-11-28T01:30:00+00:00",'
    '"respond_by":"2026-11-25T05:30:00+00:00","responded_at":null,"sealed":0,"solved_at":null,'
)


@pytest.mark.parametrize(
    ("kind", "fact", "recorded"),
    [
        ("matter.take", MatterChanged(**MATTER), f'{SAID}"state":"in_hand","stopped_at":null,"tier":"M"'),
        (
            "matter.filed",
            MatterFiled(**MATTER, consent=True, staff_only=True),
            SAID.replace('"guarded"', '"consent":true,"guarded"')
            + '"staff_only":true,"state":"in_hand","stopped_at":null,"tier":"M"',
        ),
        ("matter.filed", MatterFiled(**MATTER), f'{SAID}"state":"in_hand","stopped_at":null,"tier":"M"'),
        (
            "matter.recused",
            MatterRecused(**MATTER, recused=[3, 9]),
            SAID.replace('"reopened"', '"recused":[3,9],"reopened"')
            + '"state":"in_hand","stopped_at":null,"tier":"M"',
        ),
        (
            "task.take",
            TaskChanged(matter=1, post=2, state="taken", due_at="2026-11-28T01:30:00+00:00", sealed=0),
            '"due_at":"2026-11-28T01:30:00+00:00","matter":1,"post":2,"sealed":0,"state":"taken"',
        ),
        (
            "joint.opened",
            JointPartChanged(joint=1, post=2, attendance="expected", kept="t 1 ab"),
            '"attendance":"expected","joint":1,"kept":"t 1 ab","post":2',
        ),
        (
            "plan.requested",
            PlanRequested(scope="510199001001", moving_price=2.0),
            '"moving_price":2,"scope":"510199001001"',
        ),
        ("plan.requested", PlanRequested(), ""),
        ("plan.changed", PlanChanged(wish="line"), '"wish":"line"'),
        (
            "plan.changed",
            PlanChanged(unit="u", part="", from_="a", to="b"),
            '"from":"a","part":"","to":"b","unit":"u"',
        ),
        (
            "device.mapped",
            DeviceChanged(uid="d", rules={"smoke": ["09.1", 3]}),
            '"rules":{"smoke":["09.1",3]},"uid":"d"',
        ),
        ("plan.failed", Bare(), ""),
    ],
)
def test_the_bytes_that_are_stamped_and_chained_are_those_of_the_journals_that_exist(
    kind: str, fact: Fact, recorded: str
) -> None:
    entry = JournalEntry(
        at=AT, actor_id=4, verb=kind, object_type="x", object_id="1", object_version=2,
        facts=as_written(kind, fact),
    )  # fmt: skip
    head = f'[1795570200000005,4,"{kind}","x","1",2,[null,null,null,null,null],'
    assert content_of(entry).decode() == f"{head}{{{recorded}}}]"


def test_the_oldest_entries_tell_danger_by_their_category_and_a_stopped_clock_by_their_state() -> None:
    said = {name: value for name, value in MATTER.items() if name not in ("guarded", "stopped_at")}
    old = [
        read_fact(JournalEntry(verb="matter.take", facts=said | more))
        for more in ({}, {"category": "05.6"}, {"state": "waiting"})
    ]
    assert all(isinstance(fact, MatterChanged) for fact in old)
    assert [fact.guarded for fact in old if isinstance(fact, MatterChanged)] == [False, True, False]
    assert [fact.stopped_at for fact in old if isinstance(fact, MatterChanged)] == [
        None, None, MATTER["reported_at"],
    ]  # fmt: skip
