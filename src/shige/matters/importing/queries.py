"""Where somebody may import matters to, how rows would be filed, and where what came in is listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse

from shige.territory.models import Area
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile

from ..categories import category_name
from ..filing.judgement import judged
from ..filing.owner import owner_of
from ..lists.queries.figures import query_of
from ..lists.queries.filters import Keys, MatterFilter
from .places import Places, report_of
from .rows import ImportedMatter


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row as it would be filed: grid and post, or why there is none; of what is sealed no post is told."""

    row: int
    id: str
    reported: datetime
    category: str
    open: bool
    sealed: bool
    grid: str = ""
    post: str = ""
    why: str = ""


def foreseen(drafts: Iterable[ImportedMatter], datum: str, street: Area) -> list[Foreseen]:
    """Return how rows would be filed in ``street``; nothing is kept of it."""
    stand = Places(street)
    return [_foreseen(draft, datum, stand) for draft in drafts]


def _foreseen(draft: ImportedMatter, datum: str, stand: Places) -> Foreseen:
    grid = post = why = ""
    category, sealed = profile().category(draft.category), False
    try:
        location = stand.of(draft, datum)
        grid = location.grid
        category = judged(report_of(draft), location).outcome.category
        sealed = category.seal > 0
        if not sealed:
            owner = owner_of(profile(), category, location)
            post, why = owner.name, owner.remark
    except ValidationError as error:
        why = " ".join(error.messages)
    said = category_name(category.code)
    return Foreseen(draft.row, draft.id, draft.reported, said, draft.closed is None, sealed, grid, post, why)


def import_streets(viewer: Viewer) -> list[Area]:
    """Return the streets in which ``viewer`` may import, by name; one statement."""
    streets = Area.objects.filter(level="street").order_by("sort_key")
    scopes = viewer.holding("matter.import")
    if viewer.system or any(scope.level in {"city", "province"} for scope in scopes):
        return list(streets)
    own = {scope.area for scope in scopes}
    return [street for street in streets if own & {street.pk, street.district_id}]


def open_of(keys: Keys, post: int) -> MatterFilter:
    """Return the choice of what an import has brought a post and is open; by its first and last key."""
    return MatterFilter(owner=post, imported=keys)


def written(keys: Keys, post: int) -> str:
    """Write what an import has brought a post as the key of a message about it."""
    return "-".join(map(str, (*keys, post)))


def way_to_imported(_viewer: Viewer, key: str) -> str:
    """Return the address of the list of what an import has brought a post."""
    first, last, post = map(int, key.split("-"))
    return f"{reverse('matters:list')}?{query_of(open_of((first, last), post))}"
