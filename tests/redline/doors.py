"""What the walk through every address needs to know of pages of the one red line with arguments."""

from shige.redline.models import Organisation
from shige.trust.jurisdiction import profile
from tests.places import Town
from tests.project.door import Arguments, Door


def organisation_in(town: Town) -> Arguments:
    """Tie an organisation to the community grid."""
    kind = profile().redline[0].code
    made = Organisation.objects.create(name="玉兰社区党委", kind=kind, area=town.areas["grid one"])
    return {"pk": made.pk}


DOORS: dict[str, Door] = {
    "redline:add": lambda town: {"code": town.areas["general one"].code},
    "redline:organisation": organisation_in,
    "redline:close": organisation_in,
}
