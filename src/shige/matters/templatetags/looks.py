"""What somebody at work has looked at, as the office reads it."""

from django import template
from django.utils.translation import pgettext

from ..models import Reading
from ..visibility.queries.record import WHOLE, Look

register = template.Library()


@register.filter
def looked_at(look: Look) -> str:
    """Return what a look was at; of a task its number."""
    words = {
        "contact": pgettext("looked at", "the contact"),
        "words": pgettext("looked at", "the sealed words"),
        "file": pgettext("looked at", "a photo or document"),
        WHOLE: pgettext("looked at", "the whole matter"),
        Reading.How.PAGE.value: pgettext("looked at", "the page with the words"),
        Reading.How.LIST.value: pgettext("looked at", "a list with the beginning of the words"),
        Reading.How.API.value: pgettext("looked at", "the words, by a program of the office"),
    }
    return words.get(look.what, look.number)
