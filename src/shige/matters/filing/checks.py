"""What a report must be before anything is made of it, by field."""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.language.blank import trimmed
from shige.profile import Category, Profile
from shige.territory.places.location import in_jurisdiction
from shige.trust.telephone_field import telephone

from ..report import Report
from .location import Location

NAME_LIMIT, ADDRESS_LIMIT, CALLBACK_LIMIT = 60, 160, 200


def refuse_elsewhere(location: Location) -> None:
    """Refuse a point that lies in no grid and outside the area of this service."""
    lon, lat = location.lon, location.lat
    if location.grid_code or lon is None or lat is None or in_jurisdiction(lon, lat):
        return
    said = _("This place lies outside the area of this service: nobody who works here is in charge of it.")
    raise ValidationError({"place": said})


def chosen_in(rules: Profile, report: Report) -> Category | None:
    """Return the category that a report names; ValidationError where there is none of its code."""
    if not report.category:
        return None
    try:
        return rules.category(report.category)
    except KeyError:
        raise ValidationError(
            {"category": _("There is no category “%(code)s”.") % {"code": report.category[:20]}}
        ) from None


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
