"""Built scripts that a page asks for with itself, before the script that wants them has arrived and run.

On a slow line each request waits half a second for its first byte, and what is asked for one after another
waits as often.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django_vite.core.asset_loader import DjangoViteAssetLoader, ManifestClient

register = template.Library()


@register.simple_tag
def soon(*sources: str) -> SafeString:
    """Return marks that ask at once for scripts of the front-end and for all that they import."""
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', _addresses(sources))


@register.simple_tag(takes_context=True)
def later(context: dict[str, Any], *sources: str) -> SafeString:
    """Return marks that ask for scripts behind all else; none for a browser that is told to save data."""
    if context["request"].headers.get("Save-Data", "").lower() == "on":
        return SafeString()
    mark = '<link rel="modulepreload" href="{}" fetchpriority="low">'
    return format_html_join("\n", mark, _addresses(sources))


def _addresses(sources: tuple[str, ...]) -> Iterator[tuple[str]]:
    """Yield the address of each built script once."""
    client = DjangoViteAssetLoader.instance()._get_app_client("default")
    for file in dict.fromkeys(file for source in sources for file in _files(client.manifest, source)):
        yield (client.get_production_server_url(file),)


def _files(manifest: ManifestClient, source: str) -> Iterator[str]:
    """Yield the built script of a source and, in turn, what it imports."""
    entry = manifest.get(source)
    yield entry.file
    for part in entry.imports:
        yield from _files(manifest, part)
