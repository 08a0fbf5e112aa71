"""Praise: pass it on to whom it concerns, and give their answer back to whoever wrote it."""

from django.db import transaction

from shige.trust.gate import Viewer

from ... import clock
from ...models import Matter
from ...workflow.commands.steps import advance, authorise, tell_reporter


@transaction.atomic
def pass_along(viewer: Viewer, number: str, to_whom: str) -> Matter:
    """Note to whom praise was passed on; whoever wrote it reads that."""
    matter, transition = authorise(viewer, number, "pass_along")
    advance(viewer, matter, transition, to_whom)
    tell_reporter("matter.praised", matter)
    return matter


@transaction.atomic
def thank(viewer: Viewer, number: str, words: str) -> Matter:
    """Give back what those who were praised, or their office, say; with that it has ended."""
    matter, transition = authorise(viewer, number, "thank")
    advance(viewer, matter, transition, words, closed_at=clock.now())
    tell_reporter("matter.praised", matter)
    return matter
