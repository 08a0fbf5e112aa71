"""What the walk through every address needs to know of pages of residents with arguments."""

from tests.project.door import Door
from tests.service_points.doors import bookable_in, idle_in, point_in

DOORS: dict[str, Door] = {
    "channels:service_point": point_in,
    "channels:service_point_photo": point_in,
    "channels:propose": idle_in,
    "channels:book": bookable_in,
    "channels:booked": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:booked_calendar": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:claim": lambda town: {"number": "20260101-000001"},
    "channels:upload": lambda town: {"name": "unknown"},
    "channels:photo": lambda town: {"name": "unknown"},
    "channels:tracking": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:card": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:own_data": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:answer": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:told": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:leave": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:forget": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:no_emergency": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:text_me": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:claimed": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA"},
    "channels:tracking_photo": lambda town: {"code": "AAAA-AAAA-AAAA-AAAA", "name": "unknown"},
}
