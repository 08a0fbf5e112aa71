"""What a resident's phone has to load: sizes as they go over the line, and files that are kept for ever."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.channels.resident.test_report import words

KB = 1000
STATIC = settings.PACKAGE / "static"
LIBRARY = re.compile(r"(maplibre|maplibre-shared|map-worker)-[\w-]{8}\.js$")
TILES = 15 * KB
"""Room for the tiles of the first view: those of the sample are 11 kB."""

MANIFEST = STATIC / ".vite" / "manifest.json"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not MANIFEST.exists(), reason="the front-end has not been built"),
]


def loaded(page: str) -> set[str]:
    """Return the built files that a page loads at once, by its own marks and by what those import."""
    named = set(re.findall(r'(?:src|href)="/static/(assets/[^"]+)"', page))
    chunks = {chunk["file"]: chunk for chunk in json.loads(MANIFEST.read_text()).values()}
    if "hx-get" in page or "hx-post" in page:
        named |= {chunk["file"] for chunk in chunks.values() if chunk.get("name", "").startswith("htmx")}
    return named | {file for name in named for file in needed(chunks, name)}


def needed(chunks: dict[str, dict], name: str) -> Iterator[str]:
    """Yield what a built file loads at once beside itself."""
    chunk = chunks.get(name, {})
    yield from chunk.get("css", [])
    keyed = {key: value["file"] for key, value in json.loads(MANIFEST.read_text()).items()}
    for key in chunk.get("imports", []):
        yield keyed[key]
        yield from needed(chunks, keyed[key])


def sent(client: Client, address: str) -> int:
    """Return the bytes of an answer as a browser of today gets it."""
    answer = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
    assert answer.status_code == 200, address
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return len(body)


@pytest.mark.parametrize(("address", "most"), [("/", 60), ("/report/", 80), ("/my/", 60), ("/wishes/", 60)])
def test_a_page_is_light(client: Client, address: str, most: int) -> None:
    page = client.get(address).content.decode()
    files = loaded(page)
    assert any(name.endswith(".css") for name in files) and any(name.endswith(".js") for name in files)
    total = sent(client, address) + sum(sent(client, f"/static/{name}") for name in files)
    assert total <= most * KB


def test_the_place_is_light_but_for_its_map(client: Client) -> None:
    words(client, category="02.1")
    page = client.get("/report/place/").content.decode()
    ahead = set(re.findall(r'href="/static/(assets/[^"]+)" fetchpriority="low"', page))
    files = {name for name in loaded(page) if not LIBRARY.match(Path(name).name)}
    assert {name for name in ahead if LIBRARY.match(Path(name).name)}, "the map is asked for with the page"
    total = sent(client, "/report/place/") + sum(sent(client, f"/static/{name}") for name in files)
    assert total <= 80 * KB - TILES


def test_the_map_is_no_heavier_than_its_library(client: Client) -> None:
    files = [file.name for file in (STATIC / "assets").iterdir() if LIBRARY.match(file.name)]
    assert len(files) == 3
    assert sum(sent(client, f"/static/assets/{name}") for name in files) <= 370 * KB


def test_a_built_file_is_kept_for_ever_and_comes_compressed(client: Client) -> None:
    (name,) = [file.name for file in (STATIC / "assets").glob("resident-*.js")]
    answer = client.get(f"/static/assets/{name}", headers={"accept-encoding": "br"})
    assert "immutable" in answer["Cache-Control"] and answer["Content-Encoding"] == "br"
    assert client.get(f"/static/assets/{name}").get("Content-Encoding") is None


def test_every_built_text_has_its_compressed_copies() -> None:
    texts = [file for file in (STATIC / "assets").iterdir() if file.suffix in {".js", ".css"}]
    large = [file for file in texts if file.stat().st_size >= 1024]
    assert large and all(Path(f"{file}{end}").exists() for file in large for end in (".br", ".gz"))


def test_a_page_is_compressed_and_a_picture_is_not(client: Client) -> None:
    asked = {"accept-encoding": "gzip"}
    assert client.get("/", headers=asked)["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/")
