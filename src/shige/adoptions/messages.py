"""What messages about adoptions say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "adoption.offered": _("Somebody of your organisation would take a wish on"),
}
