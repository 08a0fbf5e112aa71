"""Replays 60 days of the sample's matters through the very commands that people use."""

from datetime import datetime

from django.core.exceptions import ValidationError

from shige.matters import clock
from shige.matters.commands import (
    add_note,
    confirm,
    file_matter,
    lapse_unconfirmed,
    pass_up,
    say_not_solved,
    solve,
    take,
)
from shige.matters.models import Matter
from shige.matters.report import Place, Report
from shige.matters.workflow import DISPUTE, ORDINARY
from shige.project.sample_disputes import tell_disputes
from shige.project.sample_wishes import tell_wishes
from shige.sample import Category, Plan, SampleMatter, Step, matters
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.jurisdiction import profile


def tell(plan: Plan, seed: int, until: datetime) -> int:
    """Replay every matter of the sample up to ``until``; return how many there are."""
    buildings = dict(Building.objects.values_list("unit", "pk"))
    categories = [
        Category(leaf.code, leaf.name.zh, 1.0)
        for leaf in profile().leaf_categories
        if leaf.kind in (ORDINARY, DISPUTE) and not profile().tier(leaf.tier).elapsed
    ]
    told = matters(plan, categories, seed, until)
    for number, story in enumerate(told):
        replay(story, buildings[story.unit], f"sample-{seed}-{number}")
    told_beside = tell_disputes(until) + tell_wishes(until)
    lapse_unconfirmed(SYSTEM)
    return len(told) + told_beside


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
        no_emergency=True,
    )
    with clock.at(story.reported_at):
        filed = file_matter(PUBLIC, report)
    for step in story.steps:
        with clock.at(step.at):
            go_on(step, filed.matter.number, filed.tracking_code)


def go_on(step: Step, number: str, code: str) -> None:
    """Do one step of a course, taking the matter in hand first where somebody new has it."""
    state = Matter.objects.values_list("state", flat=True).get(number=number)
    if step.kind in {"note", "ask", "solve"} and state == Matter.State.NEW:
        take(SYSTEM, number)
    if step.kind == "take" and state == Matter.State.NEW:
        take(SYSTEM, number)
    elif step.kind in {"note", "ask"}:
        add_note(SYSTEM, number, step.note)
    elif step.kind == "pass_up":
        pass_on_upwards(number, step.note)
    elif step.kind == "solve":
        solve(SYSTEM, number, step.note)
    elif step.kind == "confirm":
        confirm(PUBLIC, code, step.rating or 5)
    elif step.kind == "refuse":
        say_not_solved(PUBLIC, code, step.note)


def pass_on_upwards(number: str, reason: str) -> None:
    """Pass a matter up; one that is at the top already stays where it is."""
    try:
        pass_up(SYSTEM, number, reason)
    except ValidationError:
        add_note(SYSTEM, number, reason)
