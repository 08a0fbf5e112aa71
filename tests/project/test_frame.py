"""What every page's frame says is not overwritten by what a page shows: the head names who is signed in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from shige.project.context import frame

ROOT = Path(__file__).resolve().parents[2] / "src" / "shige"
LOCAL = re.compile(r"{% *(?:for|with|blocktrans\w*|include)\b([^%]*)%}")


def own_words() -> set[str]:
    """Return what the frame is told for every page, and what Django tells."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return {*frame(request), "request", "user", "messages"}


def written_in(source: str) -> Iterator[str]:
    """Yield the keys of all dictionaries that a module writes, literally or one by one."""
    for node in ast.walk(ast.parse(source)):
        keys = node.keys if isinstance(node, ast.Dict) else []
        if isinstance(node, ast.Assign):
            keys = [target.slice for target in node.targets if isinstance(target, ast.Subscript)]
        yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_no_page_is_given_a_word_of_the_frame(db: None) -> None:
    words, found = own_words(), {}
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text("utf-8")
        if "render(" in source and path.name != "context.py" and (hidden := words & set(written_in(source))):
            found[str(path.relative_to(ROOT))] = hidden
    assert found == {}


def test_the_walk_would_notice_one() -> None:
    assert set(written_in('render(r, "x", {"person": one})\nshown["rail"] = 2')) == {"person", "rail"}


def test_no_template_that_extends_the_frame_binds_one_of_its_words(db: None) -> None:
    words = own_words()
    for path in ROOT.rglob("*.html"):
        for bound in LOCAL.findall(path.read_text("utf-8")):
            named = set(re.findall(r"\b(\w+)=", bound)) | set(re.findall(r"^ *(\w+) in ", bound))
            assert not named & words, f"{path.relative_to(ROOT)}: {bound}"
