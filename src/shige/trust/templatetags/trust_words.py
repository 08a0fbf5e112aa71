"""Words for roles, kinds of appointment and messages."""

from django import template
from django.utils.translation import gettext as _

from shige.trust.jurisdiction import language, profile
from shige.trust.messages import leads_on, words_of
from shige.trust.models import OutboxMessage

register = template.Library()


@register.filter
def role_word(code: str) -> str:
    """Return the profile's word for a role; the code itself where the profile has none."""
    names = {role.code: role.name for role in profile().roles}
    return names[code].in_language(language()) if code in names else code


@register.filter
def kind_word(kind: str) -> str:
    """Return the word for a kind of appointment."""
    return {"primary": _("primary"), "deputy": _("deputy"), "substitute": _("substitute")}[kind]


@register.filter
def leads(message: OutboxMessage) -> bool:
    """Say whether a message leads to what it is about."""
    return leads_on(message.subject_type)


@register.filter
def message_word(kind: str) -> str:
    """Return what a message says."""
    return str(words_of(kind))
