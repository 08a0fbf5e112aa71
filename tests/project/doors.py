"""Every door of the program as its pages declare it, and what those with arguments need."""

from collections.abc import Iterator
from importlib import import_module
from inspect import getclosurevars
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.project.door import Door

FOREIGN = {
    "set_language",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_inactive",
    "account_signup",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
}
"""Pages of django-allauth and Django: sign-in and one's own account."""


def doors(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every page of ours with its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}", pattern
        elif pattern.namespace != "api":
            yield from doors(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)


def takes_a_form(page: URLPattern) -> bool:
    """Say whether a page takes a form and shows nothing: ``@require_POST`` stands outermost on it."""
    said = getclosurevars(page.callback).nonlocals.get("request_method_list", ())
    return list(said) == ["POST"]


def brought(room: str) -> dict[str, Door]:
    """Return what the tests of a room say of its addresses with arguments."""
    found: Any = import_module(f"tests.{room}.doors")
    doors: dict[str, Door] = found.DOORS
    return doors


PAGES = dict(doors(get_resolver().url_patterns))
OURS = {name: page for name, page in PAGES.items() if name not in FOREIGN and not name.startswith("mfa_")}
ONLY_POST = {name for name, page in OURS.items() if takes_a_form(page)}
WITH_ARGUMENTS = {name for name, page in OURS.items() if page.pattern.converters}
ROOMS = sorted({name.partition(":")[0] for name in WITH_ARGUMENTS})
ARGUMENTS = {name: made for room in ROOMS for name, made in brought(room).items()}
"""For each page with arguments, those of something in the part of the town of chief and worker."""
