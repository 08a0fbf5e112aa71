"""What the walk through every address needs to know of pages of opinion notes with arguments."""

from django.utils import timezone

from shige.opinions.models import Hearing, Opinion
from tests.places import Town
from tests.project.door import Arguments, Door


def opinion_in(town: Town, **more: object) -> Arguments:
    """Write an opinion note down in the micro-grid of the worker."""
    grid, now = town.areas["micro one"], timezone.now()
    areas = {name: getattr(grid, name) for name in ("district", "street", "community", "general")}
    made = Opinion.objects.create(
        theme="parking", area=grid, leaf=grid, words="车位不够", band="few", post=town.posts["worker"],
        written_at=now, state="noted", **areas,
    )  # fmt: skip
    Hearing.objects.create(opinion=made, post=town.posts["worker"], on=now.date())
    return {"pk": made.pk, **more}


DOORS: dict[str, Door] = {
    "opinions:one": opinion_in,
    "opinions:hear": opinion_in,
    "opinions:move": lambda town: opinion_in(town, action="follow"),
}
