"""Replays 60 days of the sample's matters through the very commands that people use."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Max

from shige.matters import clock
from shige.matters.confirmation.commands.answers import confirm, lapse_unconfirmed, say_not_solved
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import add_note, solve, take
from shige.matters.handling.commands.recheck import recheck_ok, rectify
from shige.matters.handling.commands.transfer import pass_up
from shige.matters.models import Matter
from shige.matters.report import Place, Report
from shige.matters.workflow.workflows import DISPUTE, HAZARD, ORDINARY, RECHECK
from shige.sample import Category, Plan, SampleMatter, Step, matters
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile

from .disputes import tell_disputes
from .wishes import tell_wishes


def tell(plan: Plan, seed: int, until: datetime) -> int:
    """Replay every matter of the sample up to ``until``; return how many there are."""
    buildings = dict(Building.objects.values_list("unit", "pk"))
    categories = [
        Category(leaf.code, leaf.name.zh, 1.0)
        for leaf in profile().leaf_categories
        if leaf.kind in (ORDINARY, DISPUTE, HAZARD) and not profile().tier(leaf.tier).elapsed
    ]
    told = matters(plan, categories, seed, until)
    for number, story in enumerate(told):
        replay(story, buildings[story.unit], f"sample-{seed}-{number}")
    recheck_waiting(until)
    told_beside = tell_disputes(until) + tell_wishes(until)
    lapse_unconfirmed(SYSTEM)
    return len(told) + told_beside


RECHECKED: Final = "现场复查，隐患已消除。"
RECHECK_AFTER: Final = timedelta(days=2)


def replay(story: SampleMatter, building: int, key: str) -> None:
    """File one matter at its moment and let its course happen."""
    place = Place(lon=story.lon, lat=story.lat, building=building)
    report = Report(
        words=story.words,
        place=place,
        category=story.category,
        phone=story.phone or "",
        source="sample",
        key=key,
        answers=Answers(no_emergency=True),
    )
    with clock.at(story.reported_at):
        filed = file_matter(PUBLIC, report)
    for step in story.steps:
        with clock.at(step.at):
            go_on(step, filed.matter.number, filed.tracking_code)


def recheck_waiting(until: datetime) -> None:
    """Recheck the hazards that were put right two days before ``until``; newer ones wait."""
    waiting = Matter.objects.filter(state=RECHECK).annotate(put_right=Max("steps__at"))
    for number, put_right in list(waiting.values_list("number", "put_right")):
        if (moment := put_right + RECHECK_AFTER) < until:
            with clock.at(moment):
                recheck_ok(SYSTEM, number, RECHECKED)


def go_on(step: Step, number: str, code: str) -> None:
    """Do one step of a course, taking the matter in hand first where somebody new has it."""
    state = Matter.objects.values_list("state", flat=True).get(number=number)
    if step.kind in {"take", "note", "ask", "solve"} and state == Matter.State.NEW:
        take(SYSTEM, number)
    if step.kind in {"confirm", "refuse"} and state == RECHECK:
        recheck_ok(SYSTEM, number, RECHECKED)
    if step.kind in {"note", "ask"}:
        add_note(SYSTEM, number, step.note)
    elif step.kind == "pass_up":
        pass_on_upwards(number, step.note)
    elif step.kind == "solve":
        report_solved(number, step.note)
    elif step.kind == "confirm":
        confirm(PUBLIC, code, step.rating or 5)
    elif step.kind == "refuse":
        say_not_solved(PUBLIC, code, step.note)


def report_solved(number: str, result: str) -> None:
    """Report the result in the way of the matter's kind: a hazard waits for its recheck."""
    hazard = Matter.objects.filter(number=number, kind=HAZARD).exists()
    (rectify if hazard else solve)(SYSTEM, number, result)


def pass_on_upwards(number: str, reason: str) -> None:
    """Pass a matter up; one that is at the top already stays where it is."""
    try:
        pass_up(SYSTEM, number, reason)
    except ValidationError:
        add_note(SYSTEM, number, reason)
