"""What messages about the members' register say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "members.declared": _("Declarations of members wait to be confirmed"),
}
