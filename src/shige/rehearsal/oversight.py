"""Plays the sample's urgings and notes through the commands of overseers and posts in charge (R10)."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from shige.matters import clock
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import take
from shige.matters.report import Place
from shige.matters.report import Report as Filing
from shige.oversight.grids.commands import tell_night
from shige.oversight.grids.queries.cases import trouble_in
from shige.oversight.models import Note, Report, Urging
from shige.oversight.notes.commands import answer_finding, write_note
from shige.oversight.reach import ground_of, overseer_of
from shige.oversight.reports.commands import change_report, draft_report, hand_in
from shige.oversight.reports.queries import quarters
from shige.oversight.urgings.acts import act_named
from shige.oversight.urgings.commands import escalate, move_urging, urge
from shige.redline.models import Standing
from shige.sample.oversight import SampleNote, SampleUrging, late_words, notes, report, urgings
from shige.territory.models import Building
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.queries import held_today, today

from .tasks import holder_of

LONG_AGO: Final = timedelta(days=24)
"""Late before the last week, so that a night before this one tells of it."""
LAMPS: Final = "02.1"
PHONE: Final = "1990001{:04d}"


def oversee(until: datetime) -> int:
    """Play notes and urgings up to ``until``, and tell above what is late; return how many urgings."""
    _report(until)
    for note in notes():
        _write(note, until)
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
        told = Filing(words=words, place=place, category=LAMPS, phone=PHONE.format(turn), key=f"late-{turn}")
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


def _write(note: SampleNote, until: datetime) -> None:
    """Write a note, and answer it above; a finding only where somebody above oversees."""
    found = _overseen(note.level, note.place)
    if found is None or found.overseer_id is None:
        return
    area, above = ground_of(found.area), overseer_of(found.parent_id)
    if note.kind == Note.Kind.FINDING and not held_today().filter(post=above).exists():
        return
    with clock.at(until - timedelta(days=note.made) if note.made else _last_quarter()):
        day = localdate(clock.now())
        given = {"looked_at": list(note.looked_at), "to_mend": note.to_mend, "step": note.step, "on": day}
        step_by = day + timedelta(days=note.step_by) if note.step_by else None
        made = write_note(
            holder_of(found.overseer_id), area.code, note.kind, words=note.words, step_by=step_by, **given
        )
    if note.answer and above:
        with clock.at(until - timedelta(days=note.answered)):
            answer_finding(holder_of(above), made.pk, note.answer)


def _last_quarter() -> datetime:
    """Return the middle of the last quarter that is over."""
    period = quarters()[0].period
    return period.since + (period.until - period.since) / 2


def report_quarter() -> Report | None:
    """Draft, complete and hand in a report of the last quarter, once its figures are there."""
    level, place, outlook = report()
    found = _overseen(level, place)
    if found is None or found.overseer_id is None:
        return None
    viewer = holder_of(found.overseer_id)
    made = draft_report(viewer, ground_of(found.area).code, quarters()[0].key)
    change_report(viewer, made.pk, made.paragraphs | {"outlook": outlook})
    return hand_in(viewer, made.pk)


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
