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
    "urging.promised": _("The day has come that was promised after an urging:"),
    "urging.end": _("The case of an urging is settled, or passed on:"),
    "urging.close": _("An urging was closed:"),
    "note.visit": _("The overseer wrote a visit note about your grid:"),
    "note.guidance": _("The overseer gives guidance:"),
    "note.finding": _("An overseer below passes on a finding, please answer:"),
    "note.answer": _("A finding that you passed above was answered:"),
    "report.hand_in": _("A quarter's report of an overseer was handed in:"),
    "urging.withdraw": _("An urging was withdrawn:"),
}
