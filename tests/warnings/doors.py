"""What the walk through every address needs to know of pages of warnings ahead with arguments."""

from datetime import timedelta

from django.utils import timezone

from shige.warnings.models import SentWarning
from tests.places import Town
from tests.project.door import Arguments, Door


def warning_in(town: Town) -> Arguments:
    """Send a warning to the community of the chief."""
    now = timezone.now()
    made = SentWarning.objects.create(
        area=town.areas["community one"], title="汛期", text="请清理排水口", sent_at=now, grids=1, posts=1,
        until=now + timedelta(days=1),
    )  # fmt: skip
    made.areas.set([town.areas["community one"]])
    return {"pk": made.pk}


DOORS: dict[str, Door] = {
    "warnings:one": warning_in,
    "warnings:withdraw": warning_in,
    "warnings:weather_lift": lambda town: {"pk": 1},
}
