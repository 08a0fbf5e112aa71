"""What the reporter says to "solved?", and what follows when nothing is said (R25).

``no_emergency`` is the reporter's own word, after the emergency number was shown, that there is none (P4);
``form`` the key of the form in which it was said, from which the code of what is set apart follows.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ... import clock
from ...assignment.routing import ReportMoment, route
from ...categories import category_of_matter
from ...models import Matter
from ...sealing.commands.later_words import take_in, told_by_telephone
from ...tasks.commands import withdraw_open
from ...tier_order import above, safe
from ...visits.commands import made_by_another, must_have_called
from ...visits.schedule import end_visits, visit_in_doubt
from ...wishes.ending import end_claim
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.steps import advance, authorise, lock_by_code, taken_up
from ...workflow.schedule import promise_anew
from ...workflow.workflows import check, may_reopen
from .reporters import Reporter, must_be_reporter, nobody_can_confirm, reporter_of


@transaction.atomic
def confirm(
    viewer: Viewer, code: str, rating: int | None = None, proof: str = "", signed_in: int | None = None
) -> Matter:
    """Close a matter: the reporter says that it is solved; how content they are may be said later.

    Said a second time it changes nothing. ``proof`` is the answer code, where somebody at work filed it;
    ``signed_in`` is who works with that browser. Of several whose matters were merged one word closes it, and
    "not solved" of any other takes it up again.

    Raises
    ------
    ValidationError
        A rating is not 1 to 5, nothing is asked at present, the answer code does not fit, or whoever is
        signed in has handled it.
    """
    reporter = reporter_of(code)
    matter = reporter.matter
    if _confirmed(matter):
        return matter
    transition = check("confirm", matter)
    must_be_reporter(reporter, proof, signed_in)
    if rating is not None:
        _must_be_stars(rating)
    said: dict[str, Any] = {"rating": rating, "closed_at": clock.now(), "confirm_by": None}
    advance(viewer, matter, transition, remark=reporter.remark, **said)
    visit_in_doubt(matter)
    return matter


@transaction.atomic
def confirm_by_phone(viewer: Viewer, number: str, note: str, rating: int | None = None) -> Matter:
    """Close a matter of which its reporter said on the telephone, to somebody else, that it is solved.

    ``rating`` is how content they said that they are, 1 to 5, if they said it.

    Raises
    ------
    PermissionDenied
        No return visit is due at a post of ``viewer``.
    ValidationError
        ``viewer`` has handled the matter or never opened the telephone, nothing is noted, none was left, or
        the rating is not 1 to 5.
    """
    matter, transition = authorise(viewer, number, "confirm_by_phone")
    must_have_called(viewer, matter)
    if rating is not None:
        _must_be_stars(rating)
    note = told_by_telephone(viewer, matter, note)
    made_by_another(viewer, matter, note)
    end_visits(matter)
    advance(viewer, matter, transition, note, rating=rating, closed_at=clock.now(), confirm_by=None)
    visit_in_doubt(matter)
    return matter


@transaction.atomic
def rate(viewer: Viewer, code: str, rating: int, proof: str = "", signed_in: int | None = None) -> Matter:
    """Say from 1 to 5 how content the reporter is with what they confirmed; once, within ``reopen_days``.

    The same said a second time changes nothing. ``proof`` and ``signed_in`` as with ``confirm``.

    Raises
    ------
    ValidationError
        The rating is not 1 to 5, there is nothing to rate, or it is not the reporter who rates.
    """
    reporter = reporter_of(code)
    matter = reporter.matter
    if _last_step(matter) == "rate" and matter.rating == rating:
        return matter
    transition = check("rate", matter)
    must_be_reporter(reporter, proof, signed_in)
    _must_be_stars(rating)
    advance(viewer, matter, transition, remark=reporter.remark, rating=rating)
    visit_in_doubt(matter)
    return matter


def _confirmed(matter: Matter) -> bool:
    """Say whether the reporter's last word was that it is solved."""
    return matter.state == Matter.State.CLOSED and _last_step(matter) == "confirm"


def _last_step(matter: Matter) -> str | None:
    return matter.steps.order_by("pk").values_list("action", flat=True).last()


def _must_be_stars(rating: int) -> None:
    if not 1 <= rating <= 5:
        raise ValidationError({"rating": _("Please choose one to five stars.")})


@transaction.atomic
def say_not_solved(
    viewer: Viewer, code: str, reason: str, *, no_emergency: bool = False, form: str = ""
) -> Matter:
    """Put a matter back in hand: the reporter says that it is not solved."""
    reporter = reporter_of(code)
    return _back_in_hand(viewer, reporter, "not_solved", reason, no_emergency=no_emergency, form=form)


@transaction.atomic
def reopen(viewer: Viewer, code: str, reason: str, *, no_emergency: bool = False, form: str = "") -> Matter:
    """Take up again what was closed, within the profile's ``reopen_days``; it gets its whole time anew.

    Raises
    ------
    ValidationError
        It was closed longer ago.
    """
    reporter = reporter_of(code)
    matter = reporter.matter
    _refuse_after_long(matter)
    check("reopen", matter)
    promise_anew(matter)
    return _back_in_hand(viewer, reporter, "reopen", reason, no_emergency=no_emergency, form=form)


@transaction.atomic
def request_review(
    viewer: Viewer, code: str, reason: str, *, no_emergency: bool = False, form: str = ""
) -> Matter:
    """Disagree with the result: the next tier up takes the matter, with its whole time anew (申请复核).

    Raises
    ------
    ValidationError
        Nobody is above, or it was closed too long ago.
    """
    matter = lock_by_code(code)
    _refuse_after_long(matter)
    transition = check("review", matter)
    category = category_of_matter(matter)
    tier = safe(category, above(matter.tier) or matter.tier)
    told = ReportMoment(matter.reported_at, matter.pk)
    owner = route(profile(), category, lineage_of_matter(matter), tier, told, apart_from=matter.owner_id)
    promise_anew(matter)
    end_visits(matter)
    again = taken_up(matter) | {"tier": owner.tier, "responded_at": None}
    return take_in(
        viewer, matter, transition, reason, "matter.reviewed",
        no_emergency=no_emergency, form=form, remark=owner.remark, to_post=owner.post, **again,
    )  # fmt: skip


@transaction.atomic
def answer(viewer: Viewer, code: str, words: str, *, no_emergency: bool = False, form: str = "") -> Matter:
    """Answer what the office asked; its clock runs again."""
    matter = lock_by_code(code)
    transition = check("answer", matter)
    return take_in(viewer, matter, transition, words, "matter.answered", no_emergency=no_emergency, form=form)


@transaction.atomic
def add_words(viewer: Viewer, code: str, words: str, *, no_emergency: bool = False, form: str = "") -> Matter:
    """Add something to an open matter."""
    matter = lock_by_code(code)
    transition = check("add", matter)
    return take_in(viewer, matter, transition, words, "matter.added_to", no_emergency=no_emergency, form=form)


@transaction.atomic
def withdraw(
    viewer: Viewer,
    code: str,
    reason: str,
    *,
    no_emergency: bool = False,
    form: str = "",
    signed_in: int | None = None,
) -> Matter:
    """Withdraw one's own matter or wish; the owner is told, and its open tasks end.

    Raises
    ------
    ValidationError
        Its table does not let it go now, or somebody works with this browser (``signed_in``).
    """
    matter = lock_by_code(code)
    transition = check("withdraw", matter)
    if signed_in is not None:
        raise ValidationError(_("Somebody has signed in at work here. Its reporter withdraws it elsewhere."))
    end_claim(matter)
    with override(profile().language):
        withdraw_open(viewer, matter, _("The reporter has withdrawn the matter."))
    return take_in(
        viewer, matter, transition, reason, "matter.withdrawn",
        no_emergency=no_emergency, form=form, closed_at=clock.now(),
    )  # fmt: skip


def lapse_unconfirmed(viewer: Viewer) -> int:
    """End what the reporter has not answered in time as unconfirmed; return how many.

    Each matter is a transaction of its own. It keeps no rating, so it counts in no satisfaction figure.
    """
    if not viewer.system:
        raise PermissionDenied("only the program itself lets matters lapse")
    due = Matter.objects.filter(state=Matter.State.TO_CONFIRM, confirm_by__lt=clock.now())
    return sum(_lapse(viewer, pk) for pk in list(due.order_by("confirm_by").values_list("pk", flat=True)))


def _back_in_hand(
    viewer: Viewer, reporter: Reporter, action: str, reason: str, *, no_emergency: bool, form: str
) -> Matter:
    matter = reporter.matter
    transition = check(action, matter)
    end_visits(matter)
    end_claim(matter)
    return take_in(
        viewer, matter, transition, reason, "matter.reopened",
        no_emergency=no_emergency, form=form, remark=reporter.remark, speaking=reporter.own,
        **taken_up(matter),
    )  # fmt: skip


def _refuse_after_long(matter: Matter) -> None:
    if matter.closed_at is not None and not may_reopen(matter):
        days = profile().feedback.reopen_days
        raise ValidationError(
            _("It was closed more than %(days)d days ago. Please report it anew.") % {"days": days}
        )


@transaction.atomic
def _lapse(viewer: Viewer, pk: int) -> int:
    matter = Matter.objects.select_for_update().filter(pk=pk, state=Matter.State.TO_CONFIRM).first()
    if matter is None or matter.confirm_by is None or matter.confirm_by >= clock.now():
        return 0
    end_unconfirmed(viewer, matter)
    return 1


def end_unconfirmed(viewer: Viewer, matter: Matter) -> None:
    """End a solved matter of which nobody says that it is solved: somebody else goes and looks.

    What nobody could confirm is told apart from what was not answered.
    """
    action = "end_unconfirmable" if nobody_can_confirm(matter) else "lapse"
    advance(viewer, matter, check(action, matter), closed_at=clock.now(), confirm_by=None)
    visit_in_doubt(matter)
