"""What the walk through every address needs to know of pages of uploads with arguments."""

from tests.project.door import Door

DOORS: dict[str, Door] = {
    "files:upload": lambda town: {"name": "unknown"},
}
