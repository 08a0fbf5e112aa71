"""Adopt a wish for an organisation, and take that back (R12)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shige.matters.codes import code_digest
from shige.matters.models import Claim
from shige.matters.wishes.commands import Claimant, claim, take_back
from shige.redline.reach import is_open, may_for
from shige.territory.lineage import lineage_of
from shige.trust.commands import record
from shige.trust.gate import Viewer

from .facts import AdoptionChanged
from .models import Adoption


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the office calls at the organisation."""

    name: str
    phone: str


@transaction.atomic
def adopt(viewer: Viewer, organisation: int, number: str, contact: Contact, key: str = "") -> Adoption:
    """Claim a wish on offer for an organisation; the office brings both together as with any claim.

    The same form (``key``) sent once more adopts once.

    Raises
    ------
    PermissionDenied
        The organisation is none of the viewer's, or there is no such wish.
    ValidationError
        It is closed; a part of the contact does not fit; or somebody else was quicker.
    """
    standing = may_for(viewer, "adoption.adopt", organisation)
    if standing is None:
        raise PermissionDenied("no organisation of the viewer")
    if not is_open(standing):
        raise ValidationError({"organisation": _("This organisation is closed.")})
    claimant = Claimant(contact.name, contact.phone, standing.name)
    code = claim(viewer, number, claimant, key)
    made = Claim.objects.get(code_digest=code_digest(code))
    adoption, new = Adoption.objects.get_or_create(claim=made, defaults={"organisation_id": organisation})
    if new:
        fact = AdoptionChanged(organisation=organisation, number=number)
        record(viewer, "adoption.made", "adoption", adoption.pk, 1, lineage_of(standing.area), fact)
    return adoption


@transaction.atomic
def withdraw(viewer: Viewer, pk: int) -> None:
    """Take an adoption back: the wish is on offer again, and whom to call is forgotten.

    Raises
    ------
    PermissionDenied
        It is of none of the viewer's organisations.
    ValidationError
        It has ended, or the wish is reported as fulfilled.
    """
    adoption = Adoption.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    standing = may_for(viewer, "adoption.adopt", adoption.organisation_id) if adoption else None
    if adoption is None or standing is None:
        raise PermissionDenied("no adoption of the viewer's organisations")
    made = Claim.objects.select_for_update(of=("self",)).select_related("matter").get(pk=adoption.claim_id)
    take_back(viewer, made)
    fact = AdoptionChanged(organisation=adoption.organisation_id, number=made.matter.number)
    record(viewer, "adoption.withdrawn", "adoption", adoption.pk, 2, lineage_of(standing.area), fact)
