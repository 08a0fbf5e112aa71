"""Read a jurisdiction profile from a shipped name or from a TOML file, and say what to mend."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .model import Profile

_SAID_PLAINLY = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; remove it or correct its spelling",
}


class ProfileError(ValueError):
    """A profile that cannot be used: `source` names it, `problems` lists all that is to be mended."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"profile {source}: " + "\n  ".join(("cannot be used", *problems)))
        self.source = source
        self.problems = problems


def shipped_names() -> tuple[str, ...]:
    """Names of the profiles that come with the program."""
    entries = resources.files("shige.profile").joinpath("shipped").iterdir()
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in entries if entry.name.endswith(".toml"))
    )


def load(name_or_path: str | Path) -> Profile:
    """Read a profile by its shipped name (`chengdu`) or from a TOML file.

    Raises
    ------
    ProfileError
        There is no such profile or file, it is no TOML, or its content does not hold together; every
        problem is listed with its place in the file.
    """
    source = str(name_or_path)
    try:
        raw = tomllib.loads(_read(source))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(source, (f"is no valid TOML: {error}",)) from None
    except UnicodeDecodeError:
        raise ProfileError(source, ("is not written in UTF-8; save it as UTF-8",)) from None
    raw = _advice_for(raw) | raw
    try:
        return Profile.model_validate(raw)
    except ValidationError as error:
        problems = tuple(problem for found in error.errors() for problem in _in_words(found, raw))
        raise ProfileError(source, problems) from None


def _read(source: str) -> str:
    if source in shipped_names():
        return resources.files("shige.profile").joinpath("shipped", f"{source}.toml").read_text("utf-8")
    try:
        return Path(source).read_text("utf-8")
    except OSError as error:
        known = ", ".join(shipped_names())
        why = f"cannot be read ({error.strerror}); give a TOML file or one of the shipped names: {known}"
        raise ProfileError(source, (why,)) from None


def _advice_for(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the advice that is shipped for this profile's id; one of its own takes its place."""
    shipped = resources.files("shige.profile").joinpath("advice", f"{raw.get('id')}.toml")
    return tomllib.loads(shipped.read_text("utf-8")) if shipped.is_file() else {}


def _in_words(found: ErrorDetails, raw: dict[str, Any]) -> Iterator[str]:
    place = _place(found["loc"], raw)
    message = _SAID_PLAINLY.get(found["type"], found["msg"].removeprefix("Value error, "))
    for line in message.splitlines():
        yield f"{place}: {line}" if place else line


def _place(location: tuple[int | str, ...], raw: Any) -> str:
    """Write a location as `categories[04].children[04.2].respond`: by code where the entry has one."""
    place, here = "", raw
    for step in location:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            code = here.get("code", step + 1) if isinstance(here, dict) else step + 1
            place += f"[{code}]"
        else:
            here = here.get(step) if isinstance(here, dict) else None
            place += f".{step}" if place else step
    return place
