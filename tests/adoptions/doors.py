"""What the walk through every address needs to know of pages of adoptions with arguments."""

from django.utils import timezone

from shige.adoptions.models import Adoption
from shige.matters.models import Claim, Matter
from shige.territory.lineage import lineage_of
from tests.members.made import organisation_for
from tests.places import Town, make_matter
from tests.project.door import Arguments, Door


def wish_in(town: Town) -> Arguments:
    """Put a wish on offer in the community."""
    made = make_matter(town, lineage_of(town.areas["community one"]), number="20260101-000014")
    Matter.objects.filter(pk=made.pk).update(kind="wish", state="offered", gist="借一副助行器", open=True)
    return {"number": made.number}


def adoption_in(town: Town) -> Arguments:
    """Let an organisation of the community adopt a wish."""
    wish_in(town)
    matter, now = Matter.objects.get(number="20260101-000014"), timezone.now()
    Matter.objects.filter(pk=matter.pk).update(state="claimed")
    claim = Claim.objects.create(matter=matter, claimed_at=now, contact_by=now)
    organisation = organisation_for(town.areas["community one"])
    return {"pk": Adoption.objects.create(claim=claim, organisation_id=organisation).pk}


DOORS: dict[str, Door] = {"adoptions:adopt": wish_in, "adoptions:withdraw": adoption_in}
