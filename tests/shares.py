"""How the tests are shared out when several processes run them: by file, the long ones first."""

import re
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

LONG: Final = (
    r"test_every_page\.py::.*-desktop-zh-hans\]$",
    "/fault/",
    "/browser/",
    "/project/",
    "/division/",
)
"""What takes minutes, by its name: a file that began last would leave the other processes idle.

The first makes the sample, while the other process, which would have to wait for it, begins with the faults.
"""

SIGHT: Final = re.compile(r"test_every_page\.py::.*-(desktop|phone)-(zh-hans|en)\]$")
"""A page of the walk over all, which is as long as all other files of its folder: each size is a share."""


class Shares(LoadFileScheduling):
    """Files as they come, without sorting them by their number of tests."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        sight = SIGHT.search(nodeid)
        return sight.expand(r"every page: \1 \2") if sight else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Share out ``--dist loadfile`` in our way."""
    return Shares(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; all else stays in its order."""
    items.sort(key=lambda item: [re.search(name, item.nodeid) is None for name in LONG])
