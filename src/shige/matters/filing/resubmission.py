"""The same form sent twice is the same matter: the hash of a form, and what it has become."""

from ..codes import form_digest
from ..models import Matter
from ..report import Answering, Report


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
