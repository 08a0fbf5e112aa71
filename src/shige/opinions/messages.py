"""What messages about opinion notes say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "opinion.follow": _("An opinion note that your post heard is followed up:"),
    "opinion.answer": _("An opinion note that your post heard is answered:"),
    "opinion.drop": _("An opinion note that your post heard was set aside:"),
}
