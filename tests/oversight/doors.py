"""What the walk through every address needs to know of pages of oversight with arguments."""

from datetime import timedelta

from django.utils import timezone

from shige.oversight.models import Urging, UrgingStep
from tests.oversight.line import organisation
from tests.places import Town
from tests.project.door import Arguments, Door


def overseen(town: Town) -> Arguments:
    """Let the overseer oversee the general grid of the worker."""
    organisation(town.areas["general one"], town.posts["overseer"])
    return {"code": town.areas["general one"].code}


def urging_in(town: Town, **more: object) -> Arguments:
    """Let the overseer urge the worker about that grid."""
    body = organisation(town.areas["general one"], town.posts["overseer"])
    made = Urging.objects.create(
        organisation=body, area=town.areas["general one"], asked=town.posts["worker"],
        due=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    UrgingStep.objects.create(
        urging=made,
        at=timezone.now(),
        action="urge",
        post=town.posts["overseer"],
        words="超期较多",
        on=made.due,
    )
    return {"pk": made.pk, **more}


DOORS: dict[str, Door] = {
    "oversight:grid": overseen,
    "oversight:urge": overseen,
    "oversight:urging": urging_in,
    "oversight:act": lambda town: urging_in(town, action="answer"),
}
