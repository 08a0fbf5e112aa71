"""What is kept of a report: words shown and words sealed, place, owner and dates."""

from datetime import datetime

from shige.language.masking import withheld
from shige.profile import Category, Profile
from shige.trust.commands import sealed_items
from shige.trust.jurisdiction import profile
from shige.trust.models import VaultItem

from ..assignment.routing import Owner
from ..danger.said import Said
from ..models import Matter
from ..report import Report
from ..workflow.deadlines import dates
from ..workflow.schedule import settle
from ..workflow.workflows import workflow_of
from .checks import ADDRESS_LIMIT
from .location import Location


def compose(
    matter: Matter, report: Report, said: Said, category: Category, location: Location, owner: Owner,
    moment: datetime,
) -> list[VaultItem]:  # fmt: skip
    """Fill a new matter with what is kept of its report; return what goes to the vault beside it.

    ``said`` is what was heard in the report. ``owner`` and the dates follow the profile of today; a later
    version of it does not move them.
    """
    sealed = _describe(matter, report, said, category, moment)
    place = report.place
    matter.raw_lon, matter.raw_lat, matter.datum = place.lon, place.lat, place.datum
    matter.entrance, matter.floor = place.entrance, place.floor
    set_location(matter, location)
    _promise(matter, profile(), category, owner, moment)
    return sealed


def _describe(
    matter: Matter, report: Report, said: Said, category: Category, moment: datetime
) -> list[VaultItem]:
    """Set what it is about; return what goes to the vault: words of a confidential matter, every contact."""
    matter.source, matter.category, matter.reported_at = report.source, category.code, moment
    matter.kind, matter.state = category.kind, workflow_of(category.kind).start
    matter.sealed = category.seal
    matter.confidential = category.confidential or matter.sealed > 0
    personal = {
        "matter.name": report.name,
        "matter.phone": report.phone,
        "matter.room": report.place.room,
        "matter.callback": report.callback if matter.confidential else "",
    }
    matter.words, kept = words_to_keep(said, confidential=matter.confidential)
    personal |= kept
    sealed = sealed_items({field: value for field, value in personal.items() if value})
    handles = {item.field: item.handle for item in sealed}
    matter.words_handle = handles.get("matter.words") or handles.get("matter.original")
    matter.name_handle, matter.phone_handle = handles.get("matter.name"), handles.get("matter.phone")
    matter.room_handle = handles.get("matter.room")
    matter.callback_handle = handles.get("matter.callback")
    return sealed


def words_to_keep(said: Said, *, confidential: bool) -> tuple[str, dict[str, str]]:
    """Return the words that lists and search may show, and what of them goes to the vault, by its field.

    Of ordinary words the numbers, rooms and own names of persons are hidden; whoever handles it opens the
    original on record.
    """
    if confidential:
        return "", {"matter.words": said.typed}
    return said.shown, {"matter.original": said.typed} if said.hides else {}


def set_location(matter: Matter, location: Location) -> None:
    """Put a matter where a place was found to be."""
    matter.lon, matter.lat = location.lon, location.lat
    matter.building_id, matter.place = location.building, withheld(location.address)[:ADDRESS_LIMIT]
    lineage = location.lineage
    matter.district_id, matter.street_id, matter.community_id = (
        lineage.district,
        lineage.street,
        lineage.community,
    )
    matter.general_id, matter.leaf_id = lineage.general, lineage.leaf


def _promise(matter: Matter, rules: Profile, category: Category, owner: Owner, moment: datetime) -> None:
    due = dates(rules, category, moment)
    matter.profile_version = f"{rules.id}-{rules.version}"
    matter.owner_id, matter.tier = owner.post, owner.tier
    matter.respond_by, matter.resolve_by = due.respond_by, due.resolve_by
    matter.approximate, matter.counted_from = due.approximate, moment
    settle(matter)
