"""What works for whoever may do it is refused to everybody else, with the same form, and changes nothing.

A refusal of an empty form proves little: here each form would do what it is for, as whoever may send it shows
at the end.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shige.matters.handling.commands.links import relate
from shige.matters.models import Matter
from shige.members.apart import register_open
from shige.members.contacts import note_opened
from shige.territory.lineage import lineage_of
from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import ApiToken
from shige.trust.permissions import roles_for
from shige.trust.queries import viewer_of
from tests.places import Town, make_matter
from tests.project.door import Arguments
from tests.project.doors import ARGUMENTS, OURS
from tests.project.test_doors import REFUSED, everybody, settled

__all__ = ["everybody", "settled"]

DAY: Final = timezone.localdate() + timedelta(days=1)

UNTOLD: Final = {"session", "journalentry", "knocks", "outboxmessage"}
"""Tables in which a refusal may leave a trace."""

FOREIGN: Final = ("other chief", "other worker")
"""Whose role may do it in their own community, where the thing is not."""

Body = dict[str, Any]
WAYS: Final[dict[str, tuple[str, Callable[[Town], tuple[Arguments, Body]]]]] = {}
"""Who may send each form, and what makes the thing it is about together with what is sent."""


def way(name: str, right: str) -> Callable[[Callable[[Town], tuple[Arguments, Body]]], None]:
    """Note a form under the name of its page."""

    def note(make: Callable[[Town], tuple[Arguments, Body]]) -> None:
        WAYS[name] = right, make

    return note


def plain(name: str, right: str, **body: object) -> None:
    """Note a form that needs nothing but the thing of the page."""
    WAYS[name] = right, lambda town: (ARGUMENTS[name](town), dict(body))


plain("assets:device_revoke", "street")
plain("assets:thing_retire", "chief")
plain("assets:thing_inspect", "worker", outcome="fine", on=f"{timezone.localdate()}")
plain("opinions:hear", "chief")
plain("members:decline", "street", reason="不属于本支部")
plain("trust:end", "chief")
plain("warnings:withdraw", "street")
plain("oversight:urge", "overseer", reason="超期较多", due=f"{DAY}")
plain("oversight:write_note", "overseer", words="请优先安排夜间巡查")
plain("oversight:answer", "overseer", words="已采纳")
plain("oversight:draft_report", "overseer")
plain("oversight:change_report", "overseer", outlook="下季度重点抓回访")
plain("redline:act", "street", on=f"{timezone.localdate()}", reason="合并")
plain("matters:end_joint", "street", note="改日再办")
plain("matters:result_for", "street", note="已清运")


@way("members:confirm", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    arguments = ARGUMENTS["members:confirm"](town)
    note_opened(viewer_of(town.people["street"]), uuid.UUID(str(arguments["key"])))
    return arguments, {}


@way("matters:attendance", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    return ARGUMENTS["matters:attendance"](town), {"attendance": "present"}


@way("matters:move_part", "department")
def _(town: Town) -> tuple[Arguments, Body]:
    return ARGUMENTS["matters:move_part"](town), {"note": "已清运"}


@way("matters:assign", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    matter = make_matter(town, lineage_of(town.areas["micro one"]), number="20260101-000001")
    Matter.objects.update(state="new", open=True)
    return {}, {"number": matter.number, "post": town.posts["chief"].pk, "note": "请社区办"}


@way("matters:unlink", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    first, other = (
        make_matter(town, lineage_of(town.areas["micro one"]), number=f"20260101-00000{n}") for n in (1, 2)
    )
    relate(town.viewer("street"), first.number, other.number, "同一处")
    return {"number": first.number, "other": other.number}, {}


@way("redline:add", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    kind = next(pair.code for pair in profile().redline if pair.oversees == "general")
    return {"code": town.areas["general one"].code}, {
        "kind": kind,
        "name": "第一党小组",
        "on": f"{timezone.localdate()}",
        "reason": "新设",
    }


@way("trust:post", "chief")
def _(town: Town) -> tuple[Arguments, Body]:
    somebody = town.people["fulltime"].username
    given = {"person": somebody, "kind": "substitute", "since": f"{timezone.localdate()}"}
    return {"pk": town.posts["worker"].pk}, given


@way("trust:revoke", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    issue_token(SYSTEM, town.people["street"], "x", ["matter.see"], 3)
    return {"pk": ApiToken.objects.get().pk}, {}


@way("warnings:weather", "street")
def _(town: Town) -> tuple[Arguments, Body]:
    now = timezone.localtime()
    moments = {"since": f"{now:%Y-%m-%dT%H:%M}", "until": f"{now + timedelta(hours=9):%Y-%m-%dT%H:%M}"}
    return {}, {"kind": profile().weather[0].code, "colour": "red", **moments}


def contents() -> dict[str, object]:
    """Return what stands in every table of ours, without traces of having asked."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("shige.")]
    told = [model for model in ours if model._meta.model_name not in UNTOLD]
    apart = [model for model in told if model._meta.app_label == "members"]
    with register_open():
        found = rows_of(apart)
    return found | rows_of([model for model in told if model not in apart])


def rows_of(models: list[type[Model]]) -> dict[str, object]:
    """Return all rows of some tables."""
    return {model._meta.db_table: list(model._base_manager.order_by("pk").values_list()) for model in models}


@pytest.mark.parametrize("name", WAYS)
def test_a_form_that_works_is_refused_to_everybody_else_and_changes_nothing(
    name: str, everybody: tuple[Town, dict[str, Client]]
) -> None:
    town, browsers = everybody
    right, make = WAYS[name]
    arguments, body = make(town)
    url, access = reverse(name, kwargs=arguments), OURS[name].callback.access
    before = contents()
    wrong = [who for who in browsers if town.posts[who].role not in roles_for(access)]
    assert wrong and right not in wrong
    for who in (*wrong, *(FOREIGN if arguments or "number" in body else ())):
        answer = browsers[who].post(url, body)
        assert answer.status_code in REFUSED or who in FOREIGN, f"{who} sent {name}"
        assert contents() == before, f"{who} changed something by {name}"
    assert Client().post(url, body).status_code in {302, 403} and contents() == before
    with transaction.atomic():
        answer = browsers[right].post(url, body)
        assert answer.status_code in {200, 302}, f"{right}: {answer.status_code}"
        assert contents() != before, f"{name} did nothing for {right}"
