"""Residents' pages load styles of their own: none of their classes may have a rule in the office's alone."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/shige"
BUILT = SOURCE / "static"
PAGES = SOURCE / "channels/templates"
FRAME = 'extends "resident.html"'
OFFICE_ALONE = ("counter",)
"""Pages of the channels' room that only staff open, in the office's frame."""


def styled(entry: str) -> set[str]:
    """Return the classes that the styles of an entry, and of what it imports, have rules for."""
    built = json.loads((BUILT / ".vite/manifest.json").read_text())
    found, waiting = set(), [entry]
    while waiting:
        part = built[waiting.pop()]
        waiting += part.get("imports", [])
        for path in part.get("css", []):
            found |= classes_in((BUILT / path).read_text())
    return found


def classes_in(styles: str) -> set[str]:
    """Return the classes that stand in the selectors of styles."""
    return set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)", styles))


def named(pages: Iterable[Path]) -> dict[str, str]:
    """Return the classes that templates name, each with a page that does."""
    found = {}
    for page in pages:
        for value in re.findall(r'class="([^"]*)"', page.read_text()):
            plain = re.sub(r"\{[%{].*?[%}]\}", " ", value)
            found |= dict.fromkeys(plain.split(), page.name)
    return found


def test_what_residents_pages_name_has_its_rule_in_their_styles() -> None:
    own = [page for page in PAGES.rglob("*.html") if not page.stem.startswith(OFFICE_ALONE)]
    framed = [page for page in SOURCE.rglob("*.html") if FRAME in page.read_text()]
    pages = {*own, *framed}
    resident, office = styled("src/resident/main.ts"), styled("src/console/main.ts")
    assert {"btn", "panel"} <= resident & office
    missing = {name: page for name, page in named(pages).items() if name in office - resident}
    assert missing == {}
