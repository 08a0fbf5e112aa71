"""Everything that changes the one red line (一根红线): each function is one transaction."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import record
from shige.trust.gate import Viewer, require
from shige.trust.models import Post

from .facts import OrganisationChanged
from .models import Organisation
from .rules import check_children, check_overseer, check_parent, check_tie


@transaction.atomic
def add_organisation(
    viewer: Viewer, name: str, kind: str, area: int, parent: int | None = None, overseer: int | None = None
) -> Organisation:
    """Tie a new organisation to an area of the level that its kind oversees (R9).

    Parameters
    ----------
    kind
        Code of one of the profile's pairs.
    area, parent, overseer
        Ids of the area, of the organisation above, and of the overseer's post.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        The area's level does not fit the kind, the parent oversees no area above it, the post is no
        overseer's of this area, or the area has an organisation of this kind already.
    """
    place = Area.objects.get(pk=area)
    require(viewer, "redline.edit", lineage_of(place))
    above = locked(parent) if parent is not None else None
    post = Post.objects.select_related("area").get(pk=overseer) if overseer is not None else None
    made = Organisation(name=checked_name(name), kind=kind, area=place, parent=above, overseer=post)
    check_tie(kind, place)
    check_parent(made, place, above)
    check_overseer(place, post)
    save(made)
    note(viewer, "organisation.added", made)
    return made


@transaction.atomic
def move_organisation(viewer: Viewer, organisation: int, area: int, parent: int | None) -> Organisation:
    """Tie an organisation to another area of its level, or put it below another organisation.

    Its overseer stays while the post serves the new area, else the post is given up.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line at the old or at the new place.
    ValidationError
        As `add_organisation`; also where the move would close a circle or leave an organisation below
        without the one above it.
    """
    moved = locked(organisation)
    place = Area.objects.get(pk=area)
    require(viewer, "redline.edit", lineage_of(moved.area))
    require(viewer, "redline.edit", lineage_of(place))
    above = locked(parent) if parent is not None else None
    check_tie(moved.kind, place)
    check_parent(moved, place, above)
    check_children(place, children_of(moved))
    moved.area, moved.parent = place, above
    try:
        check_overseer(place, moved.overseer)
    except ValidationError:
        moved.overseer = None
    save(moved)
    note(viewer, "organisation.moved", moved)
    return moved


@transaction.atomic
def close_organisation(viewer: Viewer, organisation: int) -> None:
    """Close an organisation; those below it come under the one above it.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        It is closed already.
    """
    closed = locked(organisation)
    require(viewer, "redline.edit", lineage_of(closed.area))
    for child in children_of(closed):
        child.parent = closed.parent
        save(child)
        note(viewer, "organisation.moved", child)
    closed.closed_at = timezone.now()
    save(closed)
    note(viewer, "organisation.closed", closed)


@transaction.atomic
def set_overseer(viewer: Viewer, organisation: int, overseer: int | None) -> Organisation:
    """Name the post that answers for oversight (监督责任人), or leave it open with None.

    Raises
    ------
    PermissionDenied
        The viewer may not edit the line there.
    ValidationError
        The post is no open post of an overseer, or it does not serve this area.
    """
    held = locked(organisation)
    require(viewer, "redline.edit", lineage_of(held.area))
    post = Post.objects.select_related("area").get(pk=overseer) if overseer is not None else None
    check_overseer(held.area, post)
    held.overseer = post
    save(held)
    note(viewer, "organisation.overseer_set", held)
    return held


def locked(organisation: int) -> Organisation:
    """Return an open organisation under its row's lock, with its area and overseer."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("area", "overseer__area")
    found = rows.get(pk=organisation)
    if found.closed_at is not None:
        raise ValidationError(_("%(name)s is closed.") % {"name": found.name})
    return found


def children_of(organisation: Organisation) -> list[Organisation]:
    """Return the open organisations directly below, under their locks."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("area")
    return list(rows.filter(parent=organisation, closed_at=None).order_by("pk"))


def checked_name(name: str) -> str:
    """Return the name without spaces around it; refuse an empty or overlong one."""
    stripped = name.strip()
    limit = Organisation._meta.get_field("name").max_length or 0
    if not 0 < len(stripped) <= limit:
        raise ValidationError({"name": _("A name has 1 to %(limit)d characters.") % {"limit": limit}})
    return stripped


def save(organisation: Organisation) -> None:
    """Write the row with its next version; refuse a second organisation of its kind in the area."""
    if organisation.pk is not None:
        organisation.version += 1
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise ValidationError(
            {
                "area": _("%(area)s has an organisation of this kind already.")
                % {"area": organisation.area.name}
            }
        ) from error


def note(viewer: Viewer, verb: str, organisation: Organisation) -> None:
    """Write what the organisation now is into the journal."""
    fact = OrganisationChanged(
        kind=organisation.kind,
        area=organisation.area_id,
        parent=organisation.parent_id,
        overseer=organisation.overseer_id,
    )
    lineage = lineage_of(organisation.area)
    record(viewer, verb, "organisation", organisation.pk, organisation.version, lineage, fact)
