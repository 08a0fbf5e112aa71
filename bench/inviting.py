"""How long 5,000 invitations to members, their declarations, and the register of them take."""

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter
from typing import Final

from django.utils import timezone
from tests.program import Running

from shige.members.apart import register_open
from shige.members.commands import Declaration, confirm, declare, invite
from shige.members.erasure import forget_past
from shige.members.forms import new_form
from shige.members.models import Member
from shige.members.queries import RegisterFilter, register
from shige.members.reserve import proposed_for
from shige.members.rules import MOST_PLACES, grids_of, organisations_of
from shige.trust.gate import SYSTEM

from .timing import Line

DECLARED: Final = 1000
"""Of the invited, as many as declare; half of them are confirmed."""


def lines(_running: Running) -> Iterator[Line]:
    """Invite, declare, confirm, read, and erase what nobody confirmed."""
    number, standing = next(iter(organisations_of(SYSTEM, "member.invite").items()))
    grids = grids_of(standing)
    start = perf_counter()
    codes = invite(SYSTEM, number, MOST_PLACES, new_form())
    yield Line("invitations to members made", perf_counter() - start, "s", f"{len(codes):,} links")
    start = perf_counter()
    for nth, code in enumerate(codes[:DECLARED]):
        given = Declaration(f"例{nth}", "+8619900000000", grids[nth % len(grids)].code, ready=nth % 2 == 0)
        declare(code, given, new_form())
    yield Line("a declaration", 1000 * (perf_counter() - start) / DECLARED, "ms", f"mean of {DECLARED:,}")
    with register_open():
        waiting = Member.objects.filter(state=Member.State.DECLARED).values_list("key", flat=True)
        keys = list(waiting[: DECLARED // 2])
    start = perf_counter()
    for key in keys:
        confirm(SYSTEM, key)
    yield Line("a confirmation", 1000 * (perf_counter() - start) / len(keys), "ms", f"mean of {len(keys):,}")
    start = perf_counter()
    found = register(SYSTEM, RegisterFilter(page=9))
    yield Line("a page of the register", 1000 * (perf_counter() - start), "ms", f"{found.total:,} entries")
    start = perf_counter()
    pool = proposed_for(SYSTEM, grids[-1])
    yield Line("who is ready for a grid", 1000 * (perf_counter() - start), "ms", f"{len(pool):,} found")
    start, gone = perf_counter(), 0
    while some := forget_past(SYSTEM, timezone.now() + timedelta(days=15)):
        gone += some
    yield Line("erased after 14 days", perf_counter() - start, "s", f"{gone:,} declarations, all invitations")
