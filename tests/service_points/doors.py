"""What the walk through every address needs to know of pages of service points with arguments."""

from datetime import timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shige.service_points.models import Closure, Offer, ServicePoint
from tests.places import Town
from tests.project.door import Arguments, Door


def point_in(town: Town, **more: object) -> Arguments:
    """Open a point in the community of the chief, as its row alone."""
    grid = town.areas["micro one"]
    made = ServicePoint.objects.create(
        kind="station", name="玉兰驿站", place="玉兰路", lon=104.0, lat=30.0, access="step_free",
        district_id=grid.district_id, street_id=grid.street_id, community_id=grid.community_id,
    )  # fmt: skip
    return {"pk": made.pk, **more}


def closed_in(town: Town) -> Arguments:
    """Let a point be closed tomorrow."""
    found, day = point_in(town), timezone.localdate() + timedelta(days=1)
    days = DateRange(day, day + timedelta(days=1))
    return found | {"closure": Closure.objects.create(point_id=found["pk"], days=days, reason="装修").pk}


def offering_in(town: Town) -> Arguments:
    """Let a point offer something."""
    found = point_in(town)
    return found | {"offer": Offer.objects.create(point_id=found["pk"], name="饮水").pk}


DOORS: dict[str, Door] = {
    "service_points:point": point_in,
    "service_points:change": point_in,
    "service_points:hours": point_in,
    "service_points:close": point_in,
    "service_points:reopen": closed_in,
    "service_points:offer": point_in,
    "service_points:withdraw": offering_in,
    "service_points:end": point_in,
}
