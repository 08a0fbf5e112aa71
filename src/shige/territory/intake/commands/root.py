"""The root of the jurisdiction: the area of posts that serve everywhere, also before anything is imported."""

from shige.trust.jurisdiction import profile

from ...models import Area
from .divisions import sort_key

ROOT_CODE = "0" * 12
"""No division has it: the first division codes begin at 11."""


def whole_jurisdiction() -> Area:
    """Return the area that stands for the whole jurisdiction, making it the first time."""
    name = profile().name.zh
    root, _ = Area.objects.get_or_create(
        code=ROOT_CODE,
        defaults={
            "kind": Area.Kind.DIVISION,
            "level": Area.Level.PROVINCE,
            "name": name,
            "sort_key": sort_key(name),
        },
    )
    return root
