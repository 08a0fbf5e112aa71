"""What the walk through every address needs to know of pages of oversight with arguments."""

from datetime import timedelta

from django.utils import timezone

from shige.oversight.models import Note, Report, Urging, UrgingStep
from shige.oversight.reports.queries import quarters
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


def passed_above(town: Town) -> Arguments:
    """Let the overseer of that grid be asked to answer a finding from below."""
    body = organisation(town.areas["general one"], town.posts["overseer"])
    made = Note.objects.create(
        kind="finding", organisation=body, above=body, area=town.areas["general one"], at=timezone.now(),
        on=timezone.localdate(), post=town.posts["overseer"], words="请协调补充人手",
    )  # fmt: skip
    return {"pk": made.pk}


def reported(town: Town) -> Arguments:
    """Let the overseer of that grid have the draft of a quarter's report."""
    body = organisation(town.areas["general one"], town.posts["overseer"])
    made = Report.objects.create(
        organisation=body, area=town.areas["general one"], quarter=quarters()[0].key,
        paragraphs={"outlook": "下季度重点抓回访"}, post=town.posts["overseer"],
    )  # fmt: skip
    return {"pk": made.pk}


DOORS: dict[str, Door] = {
    "oversight:draft_report": lambda town: {**overseen(town), "quarter": quarters()[0].key},
    "oversight:report": reported,
    "oversight:change_report": reported,
    "oversight:write_note": lambda town: {**overseen(town), "kind": "guidance"},
    "oversight:note": passed_above,
    "oversight:answer": passed_above,
    "oversight:grid": overseen,
    "oversight:urge": overseen,
    "oversight:urging": urging_in,
    "oversight:act": lambda town: urging_in(town, action="answer"),
}
