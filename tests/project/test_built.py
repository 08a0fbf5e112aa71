"""What a page asks for ahead is there, comes behind what it wants first, and not where data is saved."""

import re

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

STATIC = settings.PACKAGE / "static"
LATER = "{% load built %}{% later 'src/map/pin-map.ts' 'src/map/worker.ts' %}"

pytestmark = pytest.mark.skipif(
    not (STATIC / ".vite/manifest.json").exists(), reason="the front-end has not been built"
)


def links(template: str, request: HttpRequest | None = None) -> list[str]:
    """Return the marks that a template puts into the head of a page."""
    page = Template(template).render(Context({"request": request or RequestFactory().get("/")}))
    return re.findall(r"<link [^>]+>", page)


def names(marks: list[str]) -> set[str]:
    """Return what the files are called, without the hash of what is in them."""
    return {re.sub(r"-[\w-]{8}\.js$", "", mark.split("assets/")[1].split('"')[0]) for mark in marks}


def test_the_map_is_asked_for_with_all_that_it_imports_each_file_once() -> None:
    marks = links(LATER)
    assert {"pin-map", "maplibre", "maplibre-shared", "map-worker"} <= names(marks)
    assert len(set(marks)) == len(marks)


def test_every_file_that_is_asked_for_is_there() -> None:
    for mark in links(LATER) + links("{% load built %}{% soon 'src/page/htmx.ts' %}"):
        (path,) = re.findall(r'href="/static/([^"]+)"', mark)
        assert (STATIC / path).exists(), path


def test_what_comes_later_gives_way_and_what_comes_soon_does_not() -> None:
    assert all('fetchpriority="low"' in mark for mark in links(LATER))
    (htmx,) = links("{% load built %}{% soon 'src/page/htmx.ts' %}")
    assert "fetchpriority" not in htmx and "modulepreload" in htmx


def test_who_saves_data_is_sent_nothing_ahead() -> None:
    assert links(LATER, RequestFactory().get("/", headers={"save-data": "on"})) == []
