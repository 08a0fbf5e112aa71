"""Running keys in forms, veiled as they are in addresses."""

from django import template

from ..veil import veiled

register = template.Library()


@register.filter
def veil(key: int) -> str:
    """Return a running key as it stands in a form."""
    return veiled("key", str(key))
