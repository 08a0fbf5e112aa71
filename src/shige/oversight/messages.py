"""What messages about oversight say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "urging.urge": _("The overseer urges your post to answer:"),
    "urging.again": _("The overseer asks your post once more:"),
    "urging.answer": _("An urging of yours was answered:"),
    "urging.escalate": _("An urging was not answered by its date:"),
    "urging.late": _("An urging was not answered by its date:"),
    "urging.end": _("The case of an urging is settled, or passed on:"),
    "urging.close": _("An urging was closed:"),
    "urging.withdraw": _("An urging was withdrawn:"),
}
