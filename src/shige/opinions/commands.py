"""Write opinion notes down, count who heard the same, follow them up to an answer (社情民意备忘, R40)."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shige.matters import clock
from shige.matters.danger.said import listen
from shige.matters.filing.commands.filing import file_matter
from shige.matters.filing.commands.relay import refuse_about_staff
from shige.matters.report import NOTE, Filed, Report
from shige.matters.workflow.commands.notices import tell_posts
from shige.matters.workflow.workflows import check, workflow_of
from shige.profile import Actor, Transition
from shige.territory.lineage import lineage_of, lineage_of_row
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.form_text import without_persons
from shige.trust.gate import Lineage, Scope, Viewer, visible
from shige.trust.jurisdiction import profile
from shige.trust.permissions import Action

from .facts import OpinionChanged
from .models import Hearing, Opinion, OpinionStep
from .rules import OPINION_LEVELS, RAISE, is_over, scope_over, sides_of


@dataclass(frozen=True, slots=True)
class OpinionIn:
    """What was heard: under which theme, in which area (its key), from about how many people, when."""

    theme: str
    area: int
    words: str
    band: str
    on: date


@dataclass(frozen=True, slots=True)
class _Move:
    """A locked note, the action that may be taken on it now, and by which appointment."""

    opinion: Opinion
    row: Transition
    scope: Scope | None


@transaction.atomic
def write_opinion(viewer: Viewer, given: OpinionIn) -> Opinion:
    """Write down what an area says, without persons.

    Raises
    ------
    ValidationError
        By field: no such theme, area or number of people; the day has not come; the words are missing or
        point to a person.
    PermissionDenied
        The area is none in which ``viewer`` serves.
    """
    area = _checked_area(given)
    lineage = lineage_of(area)
    scope = scope_over(viewer, "opinion.write", lineage)
    if scope is None:
        raise PermissionDenied("no opinions are written down here")
    words = _words_of_place(given.words, lineage)
    opinion = Opinion.objects.create(
        theme=given.theme,
        area=area,
        district_id=lineage.district,
        street_id=lineage.street,
        community_id=lineage.community,
        general_id=lineage.general,
        leaf_id=lineage.leaf,
        words=words,
        band=given.band,
        post_id=scope.post,
        written_at=clock.now(),
        state=workflow_of(Opinion.kind).start,
    )
    Hearing.objects.create(opinion=opinion, post_id=scope.post, on=given.on)
    _record(viewer, "opinion.written", opinion)
    return opinion


@transaction.atomic
def hear_too(viewer: Viewer, pk: int) -> Opinion:
    """Note that one's own post has heard the same today.

    Raises
    ------
    ValidationError
        The post has said so today already, or the note is answered or set aside.
    """
    opinion = _locked(viewer, "opinion.write", pk)
    scope = scope_over(viewer, "opinion.write", lineage_of_row(opinion))
    if is_over(opinion):
        raise ValidationError(_("This note is closed already. Please write a new one."))
    if scope is None:
        raise PermissionDenied("no opinions are written down here")
    _hearing, new = Hearing.objects.get_or_create(
        opinion=opinion, post_id=scope.post, on=localdate(clock.now())
    )
    if not new:
        raise ValidationError(_("Your post has noted this today already."))
    opinion.version += 1
    opinion.save(update_fields=["version"])
    _record(viewer, "opinion.heard", opinion)
    return opinion


@transaction.atomic
def move_opinion(viewer: Viewer, pk: int, action: str, note: str) -> Opinion:
    """Follow a note up, answer it or set it aside; every post that heard it is told.

    Raises
    ------
    ValidationError
        It is not possible from where the note stands, or what must be said is missing or points to a person.
    PermissionDenied
        There is no such note here, or following it up is for others.
    """
    move = _opened(viewer, pk, action)
    if action == RAISE:
        raise ValidationError(_("A matter needs a place and a category."))
    said = without_persons("note", note) if move.row.note else ""
    opinion = _advance(viewer, move, said)
    heard = set(opinion.hearings.values_list("post", flat=True))
    tell_posts(f"opinion.{action}", "opinion", str(pk), None, heard - viewer.posts)
    return opinion


@transaction.atomic
def raise_matter(viewer: Viewer, pk: int, report: Report) -> Filed:
    """Turn a note into a matter that it points to, without any reporter.

    Raises
    ------
    ValidationError
        As with ``file_matter``; the words point to a person or are about staff, whose own chain reads the
        note (P3); or the note was turned into a matter already.
    """
    move = _opened(viewer, pk, RAISE)
    if move.opinion.matter_id is not None:
        raise ValidationError(_("The note was turned into a matter already."))
    words = without_persons("words", report.words)
    filed = file_matter(viewer, replace(report, words=words, name="", phone="", source=NOTE))
    refuse_about_staff(viewer.holding("opinion.follow"), filed, report.answers)
    move.opinion.matter = filed.matter
    _advance(viewer, move, "")
    return filed


def _words_of_place(words: str, lineage: Lineage) -> str:
    """Return what a place says: nothing that points to a person, and nothing to be kept from its readers.

    The whole chain of the grid reads a note, so danger to somebody and what is about staff are no part of it
    (P3, P4).
    """
    said = without_persons("words", words)
    heard = listen(said, lineage).heard
    if heard.staff or heard.harm is not None:
        raise ValidationError(
            {
                "words": _(
                    "This tells of danger to somebody, or of staff, and all who serve here would read it. "
                    "In danger call %(number)s first. Let the resident report it: it is sealed then."
                )
                % {"number": profile().numbers[0].number}
            }
        )
    return said


def _checked_area(given: OpinionIn) -> Area:
    """Return the area of a note, once everything about it but its words fits."""
    area = Area.objects.filter(pk=given.area, level__in=OPINION_LEVELS).first()
    wrong = {}
    if given.theme not in {theme.code for theme in profile().themes}:
        wrong["theme"] = _("Please choose a theme.")
    if area is None:
        wrong["area"] = _("Please choose a grid.")
    if given.band not in Opinion.Band.values:
        wrong["band"] = _("Please say from about how many people you heard it.")
    if given.on > localdate(clock.now()):
        wrong["on"] = _("This day has not come yet.")
    if wrong or area is None:
        raise ValidationError(wrong)
    return area


def _locked(viewer: Viewer, action: Action, pk: int) -> Opinion:
    seen = Opinion.objects.select_for_update(of=("self",)).filter(visible(viewer, action), pk=pk)
    if (opinion := seen.first()) is None:
        raise PermissionDenied("no such note here")
    return opinion


def _opened(viewer: Viewer, pk: int, action: str) -> _Move:
    """Lock a note and make sure that ``viewer`` may take ``action`` on it now."""
    opinion = _locked(viewer, "opinion.see", pk)
    acting: frozenset[Actor] = sides_of(viewer, opinion)
    row = check(action, opinion)
    if not acting.intersection(row.who):
        raise PermissionDenied(f"{action} is for {', '.join(sorted(row.who))}")
    return _Move(opinion, row, scope_over(viewer, "opinion.follow", lineage_of_row(opinion)))


def _advance(viewer: Viewer, move: _Move, note: str) -> Opinion:
    opinion, post = move.opinion, move.scope.post if move.scope else None
    opinion.state = move.row.after or opinion.state
    opinion.followed_by_id = post
    opinion.version += 1
    opinion.save(update_fields=["state", "followed_by", "matter", "version"])
    OpinionStep.objects.create(
        opinion=opinion, at=clock.now(), action=move.row.action, after=opinion.state,
        person_id=viewer.person, post_id=post, note=note,
    )  # fmt: skip
    _record(viewer, f"opinion.{move.row.action}", opinion)
    return opinion


def _record(viewer: Viewer, verb: str, opinion: Opinion) -> None:
    fact = OpinionChanged(theme=opinion.theme, state=opinion.state, matter=opinion.matter_id)
    record(viewer, verb, "opinion", opinion.pk, opinion.version, lineage_of_row(opinion), fact)
