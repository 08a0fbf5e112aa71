"""Everything that is read of matters; each takes the viewer first, or the code that a reporter holds."""

from .detail import Detail, Happening, matter_detail, sees
from .following import tracked
from .listing import Page, matter_list, matters_to_export
from .narrowing import Chosen
from .rows import Row
from .today import Figures, Today, today_of
from .tracking import Own, Tracked, filed_on, photo_of_device

__all__ = [
    "Chosen",
    "Detail",
    "Figures",
    "Happening",
    "Own",
    "Page",
    "Row",
    "Today",
    "Tracked",
    "filed_on",
    "matter_detail",
    "matter_list",
    "matters_to_export",
    "photo_of_device",
    "sees",
    "today_of",
    "tracked",
]
