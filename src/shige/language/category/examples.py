"""Reviewed data of a profile: texts as people write them, and labels of real petitions, by category.

``examples/<profile id>/<top category>.txt`` holds the texts, one a line, under ``## code name``. Each was
written for this program. ``labels/<profile id>.toml`` holds labels of three levels, parted by ``/``.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files

from shige.profile import Profile

_HERE = files("shige.language.category")


def examples_of(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return the reviewed texts of each category; none for a profile that has none.

    Raises
    ------
    ValueError
        A line stands before the first heading.
    """
    return _examples(profile.id)


def labels_of(profile: Profile) -> dict[str, list[str]]:
    """Return the reviewed labels by category: three levels, parted by `/`; none for other profiles."""
    reviewed = _HERE.joinpath("labels", f"{profile.id}.toml")
    return tomllib.loads(reviewed.read_text("utf-8")) if reviewed.is_file() else {}


@lru_cache(maxsize=2)
def _examples(profile_id: str) -> dict[str, tuple[str, ...]]:
    folder = _HERE.joinpath("examples", profile_id)
    if not folder.is_dir():
        return {}
    found: dict[str, list[str]] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        code = ""
        for line in filter(None, map(str.strip, file.read_text("utf-8").splitlines())):
            if line.startswith("## "):
                code = line.split()[1]
            elif not code:
                raise ValueError(f"{file.name}: “{line}” stands before the first heading")
            else:
                found.setdefault(code, []).append(line)
    return {code: tuple(texts) for code, texts in found.items()}
