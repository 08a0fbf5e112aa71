"""What the walk through every address needs to know of pages of disputes with arguments."""

from tests.matters.doors import matter_in
from tests.project.door import Door

DOORS: dict[str, Door] = {
    "disputes:mediate": lambda town: matter_in(town, what="note"),
    "disputes:agreement": matter_in,
    "disputes:committee_file": matter_in,
    "disputes:plan": matter_in,
    "disputes:plan_print": matter_in,
    "disputes:plan_act": lambda town: matter_in(town, what="adopt"),
    "disputes:plan_change": lambda town: matter_in(town, kind="group", pk="1"),
}
