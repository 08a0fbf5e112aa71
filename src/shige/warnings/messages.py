"""What messages about warnings ahead and weather signals say."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: Final[Mapping[str, Promise]] = {
    "warning.sent": _("A warning was sent to the residents of your grid:"),
    "warning.withdrawn": _("A warning to the residents of your grid was withdrawn:"),
    "weather.entered": _("A weather signal is in force; a warning is proposed:"),
}
