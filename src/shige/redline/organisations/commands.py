"""An organisation's life: each change has a day and a reason, and is kept in its history (R9).

A change from a day on leaves what was before as it was. A day may lie in the past, but not before the last
change, and up to a year ahead; what ends an organisation is written down when its day has come.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.gate import Viewer, require
from shige.trust.models import Post
from shige.trust.queries import today

from ..models import Change, Organisation, Standing
from ..rules import holds, is_tied, seat_of
from .checks import (
    check_children,
    check_day,
    check_ended,
    check_later,
    check_new,
    check_overseer,
    check_parent,
    check_there,
    checked_name,
    checked_reason,
)
from .duty import check_duty, release_overseer
from .writing import (
    Decision,
    children_of,
    end,
    from_day,
    locked,
    locked_all,
    name_of,
    note,
    save,
    tell,
)


@transaction.atomic
def found(
    viewer: Viewer,
    name: str,
    kind: str,
    area: int,
    parent: int | None = None,
    overseer: int | None = None,
    decision: Decision | None = None,
) -> Standing:
    """Found an organisation and tie it to a grid of the level that its kind oversees (R9).

    Parameters
    ----------
    kind
        Code of one of the profile's pairs.
    area, parent, overseer
        Ids of the area, of the organisation above, and of the overseer's post. In a street or community,
        which organisations of the kind do not oversee, it has its seat and is tied to no grid.
    decision
        Without one, from today on, and no reason is kept.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there, or names an overseer and may not.
    ValidationError
        The area's level does not fit the kind, the parent oversees no area above it, the post is no
        overseer's of this area, or the area has an organisation of this kind already.
    """
    post = Post.objects.select_related("area").get(pk=overseer) if overseer is not None else None
    decision = decision or Decision(today(), "")
    made = begun(viewer, name, kind, area, parent, post, decision.on)
    tell(viewer, made, Change.Kind.FOUNDED, decision, after=made.name)
    return made


@transaction.atomic
def rename(viewer: Viewer, organisation: int, name: str, decision: Decision) -> Standing:
    """Give an organisation another name from a day on.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        The name is empty or as it was, the day does not fit, or no reason is given.
    """
    before, renamed = changed(viewer, organisation, decision)
    renamed.name = checked_name(name)
    if renamed.name == before:
        raise ValidationError({"name": _("That is its name already.")})
    save(renamed)
    tell(viewer, renamed, Change.Kind.RENAMED, decision, before=before, after=renamed.name)
    note(viewer, "organisation.renamed", renamed, decision.on)
    return renamed


@transaction.atomic
def retie(
    viewer: Viewer, organisation: int, area: int | None, parent: int | None, decision: Decision
) -> Standing:
    """Tie an organisation to another grid of its level from a day on, and put it below another organisation.

    With ``area`` None it is tied to no grid and has its seat in the community or street of its last one. Its
    overseer stays while the post serves the new area, else the duty ends.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line at the old or at the new place.
    ValidationError
        As with ``found``; also where nothing changes, an organisation below would lose the one above it, or
        the duty of an overseer would end whom the viewer may not name.
    """
    above = locked(parent) if parent is not None else None
    _name, tied = changed(viewer, organisation, decision)
    old, old_parent = tied.area, tied.parent_id
    place = Area.objects.get(pk=area) if area is not None else seat_of(old)
    require(viewer, "redline.edit", lineage_of(place))
    if (place.pk, parent) == (old.pk, old_parent):
        raise ValidationError({"grid": _("Nothing would change.")})
    tied.tied = is_tied(tied.kind, place) if area is not None else False
    check_parent(organisation, place, above, decision.on)
    check_children(place, children_of(organisation, decision.on))
    check_duty(viewer, tied)
    tied.area, tied.parent_id = place, parent
    release_overseer(viewer, tied, old)
    save(tied)
    if place.pk != old.pk:
        tell(viewer, tied, Change.Kind.RETIED, decision, before=old.name, after=place.name)
    if parent != old_parent:
        names = {"before": name_of(old_parent), "after": name_of(parent)}
        tell(viewer, tied, Change.Kind.PLACED, decision, **names)
    note(viewer, "organisation.moved", tied, decision.on)
    return tied


@transaction.atomic
def set_overseer(
    viewer: Viewer, organisation: int, overseer: int | None, decision: Decision | None = None
) -> Standing:
    """Name the post that answers for oversight (监督责任人) from a day on, or leave it open with None.

    Raises
    ------
    PermissionDenied
        The viewer may not name overseers there: whoever is overseen names none (R10).
    ValidationError
        The post is no open post of an overseer, or it does not serve this area.
    """
    held = locked(organisation)
    require(viewer, "redline.oversee", lineage_of(held.area))
    on, reason = (decision.on, checked_reason(decision.reason)) if decision else (today(), "")
    post = Post.objects.select_related("area").get(pk=overseer) if overseer is not None else None
    check_overseer(held.area, post)
    before = held.overseer.name if held.overseer else ""
    held = from_day(held, on)
    held.overseer = post
    save(held)
    after = post.name if post else ""
    tell(viewer, held, Change.Kind.OVERSEEN, Decision(on, reason), before=before, after=after)
    note(viewer, "organisation.overseer_set", held, on)
    return held


@transaction.atomic
def merge(viewer: Viewer, organisation: int, into: int, decision: Decision) -> Standing:
    """Let an organisation merge into another one, under which those below it come; return that one.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line at either place.
    ValidationError
        The other is neither of its kind nor above it, it does not oversee the areas of those below, or the
        duty of an overseer would end whom the viewer may not name.
    """
    check_apart(organisation, into)
    both = locked_all([organisation, into])
    ended, other = both[organisation], both[into]
    require(viewer, "redline.edit", lineage_of(ended.area))
    require(viewer, "redline.edit", lineage_of(other.area))
    decision = Decision(decision.on, checked_reason(decision.reason))
    check_ended(ended, decision.on)
    check_there("into", other, decision.on)
    if other.kind != ended.kind and not holds(other.area, ended.area):
        said = _("%(name)s is neither of the same kind nor above it.")
        raise ValidationError({"into": said % {"name": other.name}})
    place_below(viewer, children_of(organisation, decision.on), other, decision)
    release_overseer(viewer, ended, None)
    end(ended, decision.on)
    tell(viewer, ended, Change.Kind.MERGED, decision, before=ended.name, after=other.name)
    tell(viewer, other, Change.Kind.ABSORBED, decision, before=ended.name, after=other.name)
    note(viewer, "organisation.merged", ended, decision.on, other=into)
    note(viewer, "organisation.merged", other, decision.on, other=organisation)
    return other


@transaction.atomic
def split(
    viewer: Viewer, organisation: int, name: str, area: int, below: Collection[int], decision: Decision
) -> Standing:
    """Split an organisation of the same kind off for another grid; ``below`` come under it; return it.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line at either place.
    ValidationError
        As with ``found``; also where one of ``below`` does not stand below it, or lies outside ``area``.
    """
    origin = locked(organisation)
    require(viewer, "redline.edit", lineage_of(origin.area))
    decision = Decision(decision.on, checked_reason(decision.reason))
    check_later(origin, decision.on)
    made = begun(viewer, name, origin.kind, area, origin.parent_id, None, decision.on)
    children = {child.organisation_id: child for child in children_of(organisation, decision.on)}
    if not set(below) <= children.keys():
        raise ValidationError({"below": _("Not all of these stand below %(name)s.") % {"name": origin.name}})
    place_below(viewer, [children[pk] for pk in below], made, decision)
    tell(viewer, origin, Change.Kind.SPLIT, decision, before=origin.name, after=made.name)
    tell(viewer, made, Change.Kind.SPLIT_OFF, decision, before=origin.name, after=made.name)
    note(viewer, "organisation.split", origin, decision.on, other=made.organisation_id)
    return made


@transaction.atomic
def close(viewer: Viewer, organisation: int, decision: Decision) -> None:
    """Close an organisation of which nothing depends any more.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        It is closed already, organisations stand below it, an overseer has a duty through it, or it is tied
        to a grid: each with what to do first.
    """
    closed = locked(organisation)
    require(viewer, "redline.edit", lineage_of(closed.area))
    decision = Decision(decision.on, checked_reason(decision.reason))
    check_ended(closed, decision.on)
    if left := still_to_do(closed, children_of(organisation, decision.on)):
        raise ValidationError(left)
    end(closed, decision.on)
    tell(viewer, closed, Change.Kind.CLOSED, decision, before=closed.name)
    note(viewer, "organisation.closed", closed, decision.on)


def still_to_do(standing: Standing, below: Sequence[Standing]) -> list[str]:
    """Return what has to be done before an organisation with others ``below`` it can be closed."""
    left = []
    if below:
        names = _(", ").join(child.name for child in below[:3])
        said = _("Organisations stand below it (%(count)d: %(names)s): put them below another one first.")
        left.append(said % {"count": len(below), "names": names + ("…" if len(below) > 3 else "")})
    if standing.overseer is not None:
        said = _("%(post)s oversees for it: set the overseer to none first.")
        left.append(said % {"post": standing.overseer.name})
    if standing.tied:
        said = _("It is tied to %(area)s: tie it to no grid first, or merge it into another organisation.")
        left.append(said % {"area": standing.area.name})
    return left


def begun(
    viewer: Viewer, name: str, kind: str, area: int, parent: int | None, overseer: Post | None, on: date
) -> Standing:
    """Write the first standing of a new organisation; errors as with ``found``."""
    place = Area.objects.get(pk=area)
    require(viewer, "redline.edit", lineage_of(place))
    if overseer is not None:
        require(viewer, "redline.oversee", lineage_of(place))
    check_day(on)
    above = locked(parent) if parent is not None else None
    made = Standing(
        kind=kind, name=checked_name(name), area=place, tied=is_tied(kind, place), parent_id=parent,
        overseer=overseer, valid=DateRange(on, None),
    )  # fmt: skip
    check_parent(None, place, above, on)
    check_overseer(place, overseer)
    check_new(made)
    made.organisation = Organisation.objects.create(kind=kind, version=0)
    save(made)
    note(viewer, "organisation.added", made, on)
    return made


def check_apart(organisation: int, other: int) -> None:
    """Refuse an organisation as the other one."""
    if organisation == other:
        raise ValidationError({"into": _("Please choose another organisation.")})


def changed(viewer: Viewer, organisation: int, decision: Decision) -> tuple[str, Standing]:
    """Return the name of an organisation, and its standing from the day of a decision on, to be written."""
    before = locked(organisation)
    require(viewer, "redline.edit", lineage_of(before.area))
    checked_reason(decision.reason)
    return before.name, from_day(before, decision.on)


def place_below(viewer: Viewer, children: Iterable[Standing], above: Standing, decision: Decision) -> None:
    """Put organisations below another one from a day on."""
    for child in children:
        if not holds(above.area, child.area):
            said = _("%(child)s lies outside the area of %(name)s: move it first.")
            raise ValidationError({"into": said % {"child": child.name, "name": above.name}})
        check_duty(viewer, child)
        before = name_of(child.parent_id)
        placed = from_day(child, decision.on)
        placed.parent_id = above.organisation_id
        save(placed)
        tell(viewer, placed, Change.Kind.PLACED, decision, before=before, after=above.name)
        note(viewer, "organisation.moved", placed, decision.on)
