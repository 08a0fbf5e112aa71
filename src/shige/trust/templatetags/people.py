"""Telephones and typed names on a page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..telephone_field import dialled, shown

register = template.Library()


@register.filter
def telephone(kept: str) -> str:
    """Return a kept telephone number as people here know it: ``138 0000 1234``."""
    return shown(kept) if kept else ""


@register.filter
def call(kept: str) -> SafeString:
    """Return a kept telephone number to be pressed."""
    return format_html('<a href="tel:{}">{}</a>', dialled(kept), shown(kept)) if kept else SafeString("")


@register.filter
def name(typed: str) -> SafeString:
    """Return a name that somebody typed in an element of its own, so that it turns nothing around it."""
    return format_html("<bdi>{}</bdi>", typed) if typed else SafeString("")
