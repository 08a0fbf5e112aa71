"""Lets members of the sample declare to serve, and their secretary confirm it (R11)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import cycle

from shige.members.calls import open_calls
from shige.members.commands import Declaration, confirm, declare, invite
from shige.members.contacts import note_opened
from shige.members.forms import new_form
from shige.members.queries import own_entry
from shige.members.rules import grids_of, offer_names
from shige.members.service import note_hours, take_on
from shige.redline.models import Standing
from shige.redline.reach import organisations_of
from shige.sample.members import SampleMember, members
from shige.trust.gate import Viewer
from shige.trust.permissions import SECRETARIES, STREET, Groups, roles_of
from shige.trust.queries import held_today, today, viewer_of

AN_AFTERNOON = 4
PHONE = "+861990000{:04d}"
"""Of nobody, as all of the sample's."""


def declare_to_serve() -> int:
    """Play every declaration in the first community that has a secretary; return how many."""
    viewer, second = _first(SECRETARIES), _first(STREET)
    organisations = organisations_of(viewer, "member.invite")
    if not organisations:
        return 0
    turn: Iterator[tuple[int, Standing]] = cycle(organisations.items())
    told = members()
    for nth, (story, (number, standing)) in enumerate(zip(told, turn, strict=False)):
        _tell((viewer, second), story, number, standing, nth)
    return len(told)


def _first(groups: Groups) -> Viewer:
    """Return somebody in office who keeps a register, of the first area that has one."""
    held = held_today().filter(post__role__in=roles_of(groups), post__area__level__in=("community", "street"))
    found = held.select_related("person").order_by("post__area__code").first()
    return viewer_of(found.person) if found else Viewer()


def _tell(
    viewers: tuple[Viewer, Viewer], story: SampleMember, number: int, standing: Standing, nth: int
) -> None:
    viewer, second = viewers
    (code,) = invite(viewer, number, 1, new_form())
    grids = grids_of(standing)
    own_grid = next((grid for grid in grids if grid.pk == standing.area_id), grids[nth % len(grids)])
    known = offer_names()
    given = Declaration(
        name=story.name,
        phone=PHONE.format(nth),
        grid=own_grid.code,
        words=story.words,
        offers=tuple(offer for offer in story.offers if offer in known),
        monthly=story.monthly,
        party=story.party,
        reports_home=story.home,
        ready=story.ready,
    )
    own = declare(code, given, new_form())
    entry = own_entry(own)
    if entry is None or not story.confirmed:
        return
    note_opened(second, entry.row.key)
    confirm(second, entry.row.key)
    for turn, spent in enumerate(range(0, story.hours, AN_AFTERNOON)):
        hours, day = min(AN_AFTERNOON, story.hours - spent), today() - timedelta(days=7 * turn + nth)
        note_hours(own, Decimal(hours), day, given.offers[0] if given.offers else "", new_form())
    for call in open_calls([grids[0].community_id or 0])[: 1 if nth == 0 else 0]:
        take_on(own, call.key)
