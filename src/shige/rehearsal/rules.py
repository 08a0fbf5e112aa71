"""Writes two routing rules of the sample: one in force, one behind it that was only tried (R22)."""

from shige.matters.assignment.commands import RuleIn, put_in_force, try_rule, write_rule
from shige.trust.gate import SYSTEM
from shige.trust.queries import posts_in_office

TRADING = "占道经营直派综治中心"
ORDER = "公共秩序类由街道统一受理"


def write_rules() -> None:
    """Give street trading to the service centre; try what the office would get of all public order."""
    found = posts_in_office().filter(area__level="street", role__in=("service_centre", "street_officer"))
    posts = {post.role: post for post in found.select_related("area")}
    centre, office = posts["service_centre"], posts["street_officer"]
    trading = write_rule(SYSTEM, centre.area, RuleIn(TRADING, centre.pk, order=10, categories=("04.3",)))
    try_rule(SYSTEM, trading.pk)
    put_in_force(SYSTEM, trading.pk)
    try_rule(SYSTEM, write_rule(SYSTEM, office.area, RuleIn(ORDER, office.pk, categories=("04",))).pk)
