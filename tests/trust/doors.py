"""What the walk through every address needs to know of pages of teams, accounts and access with arguments."""

from tests.places import SINCE
from tests.project.door import Door

DOORS: dict[str, Door] = {
    "trust:post": lambda town: {"pk": town.posts["worker"].pk},
    "trust:account": lambda town: {"pk": town.people["worker"].pk},
    "trust:end": lambda town: {"pk": town.posts["worker"].appointments.get(valid=SINCE).pk},
    "trust:message": lambda town: {"pk": 1},
    "trust:revoke": lambda town: {"pk": 1},
    "trust:password_link": lambda town: {"secret": "unknown"},
    "trust:enter": lambda town: {"secret": "unknown"},
}
