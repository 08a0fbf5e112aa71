"""File a matter: from somebody's words to the right grid, one owner and two dates (R21, R22)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shige.language.blank import trimmed
from shige.language.masking import masked
from shige.profile import Category, Profile
from shige.territory.places.location import in_jurisdiction
from shige.trust.bulk_insert import insert_together
from shige.trust.commands import entry_of, message_to, sealed_items
from shige.trust.gate import Viewer
from shige.trust.jurisdiction import profile
from shige.trust.models import VaultItem
from shige.trust.telephone_field import telephone

from ... import clock
from ...assignment.choice import Question, assigned
from ...assignment.routing import NobodyAnswersError, Owner, ReportMoment, route
from ...categories import is_unsorted, unsorted
from ...codes import code_digest, device_key, digest, form_digest, tracking_code
from ...danger import Outcome, outcome_of, remark_on
from ...danger.above import keep_from_above, meant_above, nobody_above
from ...danger.detectors import Heard, hear
from ...danger.holders import with_holders
from ...models import Matter, Step
from ...numbers import number_of
from ...report import ENDANGERED, FILED, STAFF_ONLY, Answering, Filed, Place, Report
from ...workflow.actors import lineage_of_matter
from ...workflow.commands.steps import facts
from ...workflow.deadlines import dates
from ...workflow.handlers import filer_digest
from ...workflow.schedule import settle
from ...workflow.workflows import workflow_of
from ..location import Location, location_of
from ..suggestion import suggest
from .photos import attach

NAME_LIMIT, ADDRESS_LIMIT, CALLBACK_LIMIT = 60, 160, 200


def file_matter(viewer: Viewer, report: Report) -> Filed:
    """File a matter at once in the grid of its place, with one owner and its dates.

    The category chosen is kept. A public hazard goes to its own department whatever was chosen; what may be
    danger to persons, or about staff, goes to a trained post and never begins at a tier that mediates (P4).

    The same form sent twice (same ``key`` and content) returns the same matter and the same codes.

    Raises
    ------
    ValidationError
        By field (``words``, ``category``, ``place``, ``name``, ``phone``): what is missing or does not fit.
    """
    return file_at(viewer, report, sent_form(report), lambda: location_of(report.place))


def file_at(viewer: Viewer, report: Report, form: bytes | None, stands: Callable[[], Location]) -> Filed:
    """File a matter as ``file_matter`` does, where the caller knows how to find its place.

    Parameters
    ----------
    form
        The hash of the form as it was sent, from which both codes follow; None where nothing is sent twice.
    stands
        Asked once for the areas of the place.
    """
    code, key = tracking_code(form), device_key(form)
    rules = profile()
    heard, chosen = hear(report.words), _chosen(rules, report)
    filed = already_filed(form)
    if filed is None:
        report = checked(report)
        location = stands()
        if report.here_only:
            _refuse_elsewhere(location)
        heard = with_holders(heard, report.words, location.lineage)
        above = _meant_above(report, heard, chosen, location)
        heard = replace(heard, staff="official") if above else heard
        outcome = outcome_of(heard, report.answers, chosen, lambda: _likely(report))
        why = remark_on(heard, report.answers, outcome, relayed=report.consent)
        fresh = Matter(tracking_digest=code_digest(code), device_digest=digest(key), idempotency_key=form)
        fresh.filer_digest = filer_digest(report.signed_in)
        filed = _file_once(viewer, report, fresh, outcome, location, why, above)
    else:
        outcome = outcome_of(heard, report.answers, chosen, lambda: _likely(report))
    matter, answering = filed
    emergency = None if report.answers.no_emergency else heard.first
    return Filed(matter, code, key, emergency, answering, outcome.about_staff, outcome.police)


def _refuse_elsewhere(location: Location) -> None:
    """Refuse a point that lies in no grid and outside the area of this service."""
    lon, lat = location.lon, location.lat
    if location.grid_code or lon is None or lat is None or in_jurisdiction(lon, lat):
        return
    said = _("This place lies outside the area of this service: nobody who works here is in charge of it.")
    raise ValidationError({"place": said})


def _file_once(
    viewer: Viewer, report: Report, fresh: Matter, outcome: Outcome, location: Location, why: str,
    above: frozenset[int],
) -> tuple[Matter, Answering]:  # fmt: skip
    try:
        with transaction.atomic():
            fresh.pk = next_key()
            keep_from_above(fresh, above)
            try:
                return _file(viewer, report, fresh, outcome, location, why)
            except NobodyAnswersError as error:
                raise (ValidationError({"words": nobody_above()}) if above else error) from None
    except IntegrityError:
        form = bytes(fresh.idempotency_key) if fresh.idempotency_key else None
        filed = already_filed(form)  # sent twice in the same instant, and the other one was first
        if filed is None:
            raise
        return filed


def sent_form(report: Report) -> bytes | None:
    """Return the hash of the form as it was sent; None when it carries no key."""
    return form_of(report, report.key) if report.key else None


def form_of(report: Report, key: str) -> bytes:
    """Return the hash of a report as it was sent in the form ``key``."""
    place = report.place
    where = f"{place.lon} {place.lat} {place.datum} {place.building} {place.address}"
    where += f" {place.entrance} {place.floor} {place.room}"
    return form_digest(key, report.words, report.category or "", where, report.name, report.phone)


def already_filed(form: bytes | None) -> tuple[Matter, Answering] | None:
    """Return the matter that this form has already become, and who answers for it now."""
    if form is None:
        return None
    matter = Matter.objects.select_related("leaf", "owner").filter(idempotency_key=form).first()
    return (matter, answering_of(matter)) if matter else None


def answering_of(matter: Matter) -> Answering:
    """Return who answers for a matter, and in which grid it lies."""
    leaf = matter.leaf
    return Answering(matter.owner.name, leaf.name if leaf else "", leaf.code if leaf else "")


def _likely(report: Report) -> Category:
    """Return the category of which the words clearly speak, else the unsorted one, where a person sorts."""
    return suggest(report.words, limit=1, dismissed=report.answers.no_emergency).sure or unsorted()


def _chosen(rules: Profile, report: Report) -> Category | None:
    if not report.category:
        return None
    try:
        return rules.category(report.category)
    except KeyError:
        raise ValidationError(
            {"category": _("There is no category “%(code)s”.") % {"code": report.category[:20]}}
        ) from None


def _file(
    viewer: Viewer, report: Report, matter: Matter, outcome: Outcome, location: Location, why: str
) -> tuple[Matter, Answering]:
    rules, moment, category = profile(), clock.now(), outcome.category
    owner = owner_of(rules, category, location, matter.pk)
    sealed = _describe(matter, report, category, moment)
    _place(matter, report.place, location)
    _promise(matter, rules, category, owner, moment)
    matter.number = number_of(matter.pk, moment)
    remarks = (
        owner.remark,
        moved(rules, report.category, category),
        left_to_office(rules, report.category, category),
        why,
        _relayed(rules, report),
    )
    remark = "\n".join(part for part in remarks if part)
    told = facts(matter) | ({"consent": True} if report.consent else {})
    if outcome.staff_only:
        told[STAFF_ONLY] = True
    insert_together(
        *sealed,
        matter,
        _first_step(viewer, matter, remark),
        *_alarm(matter, report),
        entry_of(viewer, "matter.filed", "matter", (matter.pk, 1, lineage_of_matter(matter), told)),
        *(message_to(person, "matter.assigned", "matter", matter.number) for person in owner.holders),
    )
    attach(matter, report.attachments)
    return matter, Answering(owner.name, location.grid, location.grid_code)


def _first_step(viewer: Viewer, matter: Matter, remark: str) -> Step:
    return Step(
        matter=matter,
        at=matter.reported_at,
        action=FILED,
        after=matter.state,
        person_id=viewer.person,
        to_post_id=matter.owner_id,
        remark=remark,
    )


def _alarm(matter: Matter, report: Report) -> list[Step]:
    """Return the step by which lists show first what was answered with a yes and is sealed (P4)."""
    if not (matter.sealed and report.answers.endangered):
        return []
    return [
        Step(
            matter=matter, at=matter.reported_at, action=ENDANGERED, after=matter.state, sealed=matter.sealed
        )
    ]


def _meant_above(report: Report, heard: Heard, chosen: Category | None, location: Location) -> frozenset[int]:
    """Return who of the district may be meant by a complaint (P3)."""
    complains = heard.staff or report.answers.about_staff not in ("", "no") or (chosen and chosen.seal)
    return meant_above(report.words, location.lineage.district) if complains else frozenset()


def owner_of(rules: Profile, category: Category, location: Location, key: int = 0) -> Owner:
    """Return who answers; a place in no grid, or one still to be found, goes to its street's unassigned list.

    Where not even the street is known, it is the district's. ``key`` is the matter's id, by which
    somebody may be kept from it already.
    """
    told = ReportMoment(clock.now(), key)
    if location.lineage.community is not None:
        asked = Question(category, location.lineage, category.tier, told.reported_at, told)
        return assigned(rules, asked)
    street = "S" if location.lineage.street is not None else "D"
    tier = category.tier if category.tier in ("D", "X") else street
    owner = route(rules, category, location.lineage, tier, told)
    with override(rules.language):
        if location.lon is None:
            remark = _("The place is not on the map yet; a dispatcher finds it and sets it.")
        else:
            remark = _("The place lies outside every grid; a dispatcher sets it.")
    return replace(owner, remark="\n".join(part for part in (remark, owner.remark) if part))


def checked(report: Report) -> Report:
    """Return the report with its fields cleaned.

    Raises
    ------
    ValidationError
        By field: too long, empty, or not what it should be.
    """
    words = trimmed(report.words)
    phone = ""
    limit = settings.SHIGE_TEXT_LIMIT
    wrong: dict[str, str] = {}
    if not words:
        wrong["words"] = _("Please say what it is about.")
    elif len(words) > limit:
        wrong["words"] = _("The text has %(length)d characters; at most %(limit)d can be sent.") % {
            "length": len(words),
            "limit": limit,
        }
    try:
        phone = telephone(report.phone)
    except ValidationError as error:
        wrong["phone"] = error.messages[0]
    if len(report.name) > NAME_LIMIT:
        wrong["name"] = _("At most %(count)d characters.") % {"count": NAME_LIMIT}
    if len(report.callback) > CALLBACK_LIMIT:
        wrong["callback"] = _("At most %(count)d characters.") % {"count": CALLBACK_LIMIT}
    if wrong:
        raise ValidationError(wrong)
    name, callback = (trimmed(text) for text in (report.name, report.callback))
    return replace(report, words=words, phone=phone, name=name, callback=callback)


def _describe(matter: Matter, report: Report, category: Category, moment: datetime) -> list[VaultItem]:
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
    matter.words, kept = words_to_keep(report.words, confidential=matter.confidential)
    personal |= kept
    sealed = sealed_items({field: value for field, value in personal.items() if value})
    handles = {item.field: item.handle for item in sealed}
    matter.words_handle = handles.get("matter.words") or handles.get("matter.original")
    matter.name_handle, matter.phone_handle = handles.get("matter.name"), handles.get("matter.phone")
    matter.room_handle = handles.get("matter.room")
    matter.callback_handle = handles.get("matter.callback")
    return sealed


def words_to_keep(words: str, *, confidential: bool) -> tuple[str, dict[str, str]]:
    """Return the words that lists and search may show, and what of them goes to the vault, by its field.

    Of ordinary words the numbers of persons are hidden; whoever handles it opens the original on record.
    """
    if confidential:
        return "", {"matter.words": words}
    hidden = masked(words)
    return hidden, {} if hidden == words else {"matter.original": words}


def _place(matter: Matter, place: Place, location: Location) -> None:
    matter.raw_lon, matter.raw_lat, matter.datum = place.lon, place.lat, place.datum
    matter.entrance, matter.floor = place.entrance, place.floor
    set_location(matter, location)


def set_location(matter: Matter, location: Location) -> None:
    """Put a matter where a place was found to be."""
    matter.lon, matter.lat = location.lon, location.lat
    matter.building_id, matter.place = location.building, masked(location.address)[:ADDRESS_LIMIT]
    lineage = location.lineage
    matter.district_id, matter.street_id, matter.community_id = (
        lineage.district,
        lineage.street,
        lineage.community,
    )
    matter.general_id, matter.leaf_id = lineage.general, lineage.leaf


def _promise(matter: Matter, rules: Profile, category: Category, owner: Owner, moment: datetime) -> None:
    """Set owner and dates by the profile of today; a later version of it does not move them."""
    due = dates(rules, category, moment)
    matter.profile_version = f"{rules.id}-{rules.version}"
    matter.owner_id, matter.tier = owner.post, owner.tier
    matter.respond_by, matter.resolve_by = due.respond_by, due.resolve_by
    matter.approximate, matter.counted_from = due.approximate, moment
    settle(matter)


def moved(rules: Profile, chosen: str | None, category: Category) -> str:
    """Tell the office of a category that an emergency has replaced; empty where none has."""
    if not chosen or chosen == category.code:
        return ""
    with override(rules.language):
        said = _("Reported as “%(chosen)s”, but the words speak of an emergency.")
    return said % {"chosen": rules.category(chosen).name.in_language(rules.language)}


def left_to_office(rules: Profile, chosen: str | None, category: Category) -> str:
    """Tell the office that somebody must sort it: the reporter said so, or the words are not clear."""
    if not is_unsorted(category.code):
        return ""
    with override(rules.language):
        if chosen:
            return _("The reporter does not know which category fits; please sort it.")
        return _("The words do not say clearly which category fits; please sort it.")


def _relayed(rules: Profile, report: Report) -> str:
    if not report.consent:
        return ""
    with override(rules.language):
        return _("Registered by somebody at work, with the reporter's consent.")


def next_key() -> int:
    """Take the next number of matters; a filing that fails leaves a gap, which harms nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('matters_matter', 'id'))")
        return int(cursor.fetchone()[0])
