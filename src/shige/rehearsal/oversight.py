"""Plays the sample's urgings through the commands of overseers and posts in charge (R10)."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.report import Place, Report
from shige.oversight.grids.commands import tell_night
from shige.oversight.grids.queries.cases import trouble_in
from shige.oversight.models import Urging
from shige.oversight.reach import ground_of
from shige.oversight.urgings.acts import act_named
from shige.oversight.urgings.commands import escalate, move_urging, urge
from shige.redline.models import Standing
from shige.sample.oversight import SampleUrging, late_words, urgings
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import held_today, today

from .tasks import holder_of

LONG_AGO: Final = timedelta(days=24)
"""Late before the last week, so that a night before this one tells of it."""
LAMPS: Final = "02.1"
PHONE: Final = "1990001{:04d}"


def oversee(until: datetime) -> int:
    """Play every urging up to ``until``, and tell above what was not answered; return how many there are."""
    _report(until)
    played = sum(_play(story, until) for story in urgings())
    with clock.at(until):
        tell_night(SYSTEM)
        escalate(SYSTEM)
    return played


def _report(until: datetime) -> None:
    """Let people report a few things of one kind in the first overseen general grid, taken and left undone.

    They lie in its first overseen micro-grid, where there is one, so that a neighbour is told of them too.
    """
    grid, near = _overseen("general", 0), _overseen("micro", 0)
    if grid is None:
        return
    homes = Building.objects.filter(placements__leaf__general=grid.area)
    closer = homes.filter(placements__leaf=near.area) if near else homes.none()
    home = closer.first() or homes.first()
    if home is None:
        return
    place = Place(lon=home.lon, lat=home.lat, building=home.pk)
    for turn, words in enumerate(late_words()):
        moment = until - LONG_AGO - timedelta(hours=turn)
        told = Report(words=words, place=place, category=LAMPS, phone=PHONE.format(turn), key=f"late-{turn}")
        with clock.at(moment):
            filed = file_matter(PUBLIC, told).matter
        with clock.at(moment + timedelta(minutes=40)):
            take(SYSTEM, filed.number)


def _play(story: SampleUrging, until: datetime) -> bool:
    found = _overseen(story.level, story.place)
    if found is None or found.overseer_id is None:
        return False
    viewer, area = holder_of(found.overseer_id), ground_of(found.area)
    with clock.at(until - timedelta(days=story.made)):
        case = ""
        if story.case:
            tell_night(SYSTEM)
            told = trouble_in(area)
            if told is None or not told.cases:
                return False
            case = told.cases[0].handle
        due = localdate(clock.now()) + timedelta(days=story.due)
        made = urge(viewer, area.code, story.reason, due, case)
    for action, day, words, within in story.course:
        with clock.at(until - timedelta(days=day)):
            on = localdate(clock.now()) + timedelta(days=within) if within else None
            move_urging(holder_of(_actor(made, found, action)), made.pk, action, words, on)
    return True


def _actor(urging: Urging, standing: Standing, action: str) -> int:
    """Return the post that takes an act: the one that is asked, or the overseer's."""
    act = act_named(action)
    asked = act is not None and act.side == "asked"
    return urging.asked_id if asked else standing.overseer_id or 0


def _overseen(level: str, place: int) -> Standing | None:
    """Return the organisation of one of the overseen grids of a level."""
    held = held_today().values("post")
    found = Standing.objects.filter(area__level=level, tied=True, valid__contains=today(), overseer__in=held)
    rows = found.select_related("area__community").order_by("area__code")
    return rows[place] if place < rows.count() else None
