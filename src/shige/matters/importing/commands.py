"""Take matters over from another system, all rows or none; their times stay what they were (R21)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from shige.language.address import read_address
from shige.profile import Category
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust.commands import enqueue, is_over, record_all, seal_rows
from shige.trust.gate import Viewer, may, require
from shige.trust.jurisdiction import profile
from shige.trust.models import Recusal
from shige.trust.queries import held_today, viewer_of

from ..assignment.routing import Owner
from ..codes import code_digest, form_digest, tracking_code
from ..danger.above import keep_from
from ..facts import MatterChanged
from ..filing.composition import set_location, words_to_keep
from ..filing.judgement import judged, said_in
from ..filing.location import Location
from ..filing.owner import owner_of
from ..filing.remarks import moved
from ..lists.queries.figures import counted
from ..models import Matter, Step
from ..numbers import number_of
from ..report import FILED
from ..workflow.actors import lineage_of_matter, seen_by
from ..workflow.deadlines import dates
from ..workflow.schedule import settle
from ..workflow.workflows import workflow_of
from .places import Places, report_of
from .queries import open_of, written
from .rows import ImportedMatter, Intake

AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: new matters, how many of them are open, and rows that were there already."""

    added: int
    open: int
    known: int


def import_matters(viewer: Viewer, intake: Intake, street: Area) -> Imported:
    """Save the drafts of a table; what has no place, or one outside every grid, goes to ``street``.

    Rows that were imported before, by source and number, are left alone; such as ``viewer`` may not see are
    taken over once more, unless they would be sealed from them again. A matter that the other system has
    closed ends as confirmed only if its reporter rated it. What is past its retention is not taken over.

    Raises
    ------
    ValueError
        The table has faults.
    ValidationError
        Nobody is in office who could answer for a row.
    PermissionDenied
        A row lies outside the area where ``viewer`` may import.
    """
    require(viewer, "matter.import", lineage_of(street))
    if intake.faults:
        raise ValueError("a table with faults is not imported")
    try:
        return _import(viewer, intake, street)
    except IntegrityError:
        return _import(viewer, intake, street)  # sent twice in the same instant, and the other one was first


@transaction.atomic
def _import(viewer: Viewer, intake: Intake, street: Area) -> Imported:
    known = known_before(viewer, intake)
    drafts = [draft for draft in intake.drafts if _key(intake, draft) not in known.seen]
    choose, stand = _once(_owner), Places(street)
    keys = _next_keys(len(drafts))
    rows = [_matter(intake, draft, key, choose, stand) for draft, key in zip(drafts, keys, strict=True)]
    _refuse_elsewhere(viewer, [matter for matter, _remark in rows])
    made, kept = [], []
    for draft, (matter, remark) in zip(drafts, rows, strict=True):
        if _key(intake, draft) in known.unseen:
            if matter.sealed:
                Recusal.objects.filter(matter=matter.pk).delete()
                continue
            matter.idempotency_key = _key(intake, draft, viewer)
        made.append((matter, remark))
        kept.append(draft)
    matters = [matter for matter, _remark in made]
    _seal(matters, kept)
    _save(viewer, made)
    _tell(matters)
    return Imported(len(drafts), sum(matter.open for matter in matters), len(intake.drafts) - len(drafts))


def _key(intake: Intake, draft: ImportedMatter, viewer: Viewer | None = None) -> bytes:
    own = () if viewer is None else (str(viewer.person),)
    return form_digest("import", intake.mapping.source, draft.id, *own)


@dataclass(frozen=True, slots=True)
class Known:
    """Rows (by their keys) that an earlier import has brought in: such as somebody may see, and others.

    What they may not see is nothing that is there already, as far as they are told (P3).
    """

    seen: frozenset[bytes]
    unseen: frozenset[bytes]


def known_before(viewer: Viewer, intake: Intake) -> Known:
    """Return which rows an earlier import has brought in; at most three statements."""
    keys = {_key(intake, draft): draft for draft in intake.drafts}
    every = _keys_of(_of_keys(keys))
    if not every:
        return Known(every, every)
    numbers = [keys[key].id for key in every]
    told = Matter.objects.filter(source=intake.mapping.source, foreign_number__in=numbers)
    known = set(told.filter(seen_by(viewer)).values_list("foreign_number", flat=True))
    left = {_key(intake, keys[key], viewer): key for key in every if keys[key].id not in known}
    again = _keys_of(_of_keys(left)) if left else frozenset()
    seen = frozenset(key for key in every if keys[key].id in known) | {left[key] for key in again}
    return Known(seen, every - seen)


def _of_keys(keys: Collection[bytes]) -> QuerySet[Matter]:
    return Matter.objects.filter(idempotency_key__in=list(keys))


def _keys_of(matters: QuerySet[Matter]) -> frozenset[bytes]:
    found = matters.values_list("idempotency_key", flat=True)
    return frozenset(bytes(key) for key in found if key is not None)


def fresh(viewer: Viewer, intake: Intake) -> list[ImportedMatter]:
    """Return the rows that no earlier import has brought in, as far as ``viewer`` may know."""
    known = known_before(viewer, intake)
    return [draft for draft in intake.drafts if _key(intake, draft) not in known.seen]


def _matter(
    intake: Intake,
    draft: ImportedMatter,
    key: int,
    choose: Callable[[Category, Location], Owner],
    stand: Places,
) -> tuple[Matter, str]:
    """Return a row as a matter, and what the office should know of who answers for it."""
    rules = profile()
    location = stand.of(draft, intake.mapping.datum)
    judgement = judged(report_of(draft), location)
    outcome = judgement.outcome
    category = outcome.category
    if judgement.named:
        keep_from(Matter(pk=key), judgement.named)
    owner = owner_of(rules, category, location, key) if judgement.named else choose(category, location)
    due = dates(rules, category, draft.reported)
    resolve_by = draft.due or due.resolve_by
    timed = workflow_of(category.kind).timed
    matter = Matter(
        pk=key,
        number=number_of(key, draft.reported),
        tracking_digest=code_digest(tracking_code(None)),
        idempotency_key=_key(intake, draft),
        source=intake.mapping.source,
        foreign_number=draft.id,
        kind=category.kind,
        category=category.code,
        profile_version=f"{rules.id}-{rules.version}",
        confidential=category.confidential or category.seal > 0,
        sealed=category.seal,
        endangered=outcome.endangers,
        raw_lon=draft.lon,
        raw_lat=draft.lat,
        datum=intake.mapping.datum,
        owner_id=owner.post,
        tier=owner.tier,
        reported_at=draft.reported,
        counted_from=draft.reported,
        respond_by=min(due.respond_by, resolve_by),
        resolve_by=resolve_by,
        approximate=due.approximate and draft.due is None,
        responded_at=(draft.responded or draft.closed) if timed else None,
        solved_at=draft.closed if timed else None,
        closed_at=draft.closed,
        rating=draft.rating,
        state=_state(category, draft),
    )
    set_location(matter, location)
    read = read_address(draft.address)
    matter.entrance, matter.floor = read.entrance, read.floor
    settle(matter)
    matter.words, _kept = words_to_keep(judgement.said, confidential=matter.confidential)
    remarks = (owner.remark, moved(rules, draft.given, category), judgement.why)
    return matter, "\n".join(part for part in remarks if part)


def _state(category: Category, draft: ImportedMatter) -> str:
    """Return where a row stands in the life of its kind: an answered wish, for one, is not yet on offer."""
    table = workflow_of(category.kind)
    if draft.closed is not None:
        ended = Matter.State.CLOSED if draft.rating else Matter.State.UNCONFIRMED
        return ended if table.knows(ended) else next(s.code for s in table.states if s.phase == "done")
    take = table.transition("take") if table.has("take") else None
    return (take and take.after) or table.start if draft.responded else table.start


def _owner(category: Category, location: Location) -> Owner:
    return owner_of(profile(), category, location)


def _once(choose: Callable[[Category, Location], Owner]) -> Callable[[Category, Location], Owner]:
    """Ask for each category and line of areas once: ten thousand rows have few of them."""
    known: dict[tuple[object, ...], Owner] = {}

    def asked(category: Category, location: Location) -> Owner:
        key = category.code, category.tier, category.role, category.seal, category.kind, location.lineage
        if key not in known:
            known[key] = choose(category, location)
        return known[key]

    return asked


def _refuse_elsewhere(viewer: Viewer, matters: Sequence[Matter]) -> None:
    for lineage in {lineage_of_matter(matter) for matter in matters}:
        if not may(viewer, "matter.import", lineage):
            raise PermissionDenied("part of the table lies outside the viewer's area")


def _seal(matters: Sequence[Matter], drafts: Sequence[ImportedMatter]) -> None:
    personal = [
        _personal(draft, confidential=matter.confidential)
        for matter, draft in zip(matters, drafts, strict=True)
    ]
    sealed = seal_rows(personal, [draft.closed for draft in drafts])
    for matter, handles in zip(matters, sealed, strict=True):
        matter.name_handle = handles.get("matter.name")
        matter.phone_handle = handles.get("matter.phone")
        matter.words_handle = handles.get("matter.words") or handles.get("matter.original")
        matter.room_handle = handles.get("matter.room")


def _personal(draft: ImportedMatter, *, confidential: bool) -> dict[str, str]:
    room = read_address(draft.address).room
    values = {"matter.name": draft.name, "matter.phone": draft.phone, "matter.room": room}
    _words, kept = words_to_keep(said_in(report_of(draft)), confidential=confidential)
    values |= kept
    return {field: value for field, value in values.items() if value}


def left_out(intake: Intake) -> int:
    """Return of how many rows a contact or sealed words are not taken over: their time is over (P6)."""
    return sum(
        any(is_over(field, draft.closed) for field in _personal(draft, confidential=_is_confidential(draft)))
        for draft in intake.drafts
    )


def _is_confidential(draft: ImportedMatter) -> bool:
    category = judged(report_of(draft)).outcome.category
    return category.confidential or category.seal > 0


def _save(viewer: Viewer, made: Sequence[tuple[Matter, str]]) -> None:
    matters = [matter for matter, _remark in made]
    Matter.objects.bulk_create(matters, batch_size=AT_ONCE)
    Step.objects.bulk_create(
        [step for matter, remark in made for step in _steps(viewer, matter, remark)], batch_size=AT_ONCE
    )
    changed: list[Any] = [(m.pk, m.version, lineage_of_matter(m), MatterChanged.of(m)) for m in matters]
    record_all(viewer, "matter.imported", "matter", changed)


def _tell(matters: Sequence[Matter]) -> None:
    """Tell whoever holds a post, once, how many open matters it has now that they may see (P3)."""
    if not matters:
        return
    keys = matters[0].pk, matters[-1].pk
    held = held_today().filter(post__in={matter.owner_id for matter in matters if matter.open})
    for holder in held.select_related("person").order_by("post", "pk"):
        chosen = open_of(keys, holder.post_id)
        count = counted(viewer_of(holder.person), {"open": chosen})["open"].count
        if count:
            key = written(keys, holder.post_id)
            enqueue("matter.imported", "import", key, receiver=holder.person_id, facts={"count": count})


def _steps(viewer: Viewer, matter: Matter, remark: str) -> list[Step]:
    """Return the history that the table tells: the report, and the end if there was one."""
    first = Matter.State.NEW if matter.closed_at else matter.state
    steps = [
        Step(
            matter=matter,
            at=matter.reported_at,
            action=FILED,
            after=first,
            person_id=viewer.person,
            to_post_id=matter.owner_id,
            remark=remark,
        )
    ]
    if matter.closed_at:
        action = "confirm" if matter.rating else "lapse"
        steps.append(
            Step(matter=matter, at=matter.closed_at, action=action, before=first, after=matter.state)
        )
    return steps


def _next_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('matters_matter', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [int(row[0]) for row in cursor.fetchall()]
