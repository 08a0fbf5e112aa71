"""What lists, search and map lean on: the search words of a matter, and the indexes in the order of dates."""

from typing import Any, Final

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Reverse

AREAS: Final = ("district", "street", "community", "general", "leaf")

TOLD: Final = (
    *AREAS, "owner", "category", "tier", "kind", "state", "running", "confidential", "sealed", "led",
    "lon", "lat",
)  # fmt: skip
"""What a list is narrowed by and a map counts: carried by the indexes of open matters, so that neither
touches the table for what it leaves out."""

CLEAN: Final = ("number", "place", "words", "gist")
"""The only text that is searched: words of a confidential matter are empty, its gist is free of persons."""

MARKED: Final = (
    "category", "tier", "kind", "state", "open", "confidential", "led", "owner", *AREAS,
)  # fmt: skip


def lying_in() -> models.ForeignKey[Any, Any]:
    """Return the column of an area; the indexes in the order of dates serve it, one of its own is spared."""
    return models.ForeignKey(
        "territory.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )


def search_field() -> models.GeneratedField:
    """Return the column of search words and marks that the database itself keeps."""
    return models.GeneratedField(
        expression=Func(*CLEAN, *MARKED, function="matter_search"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def in_order() -> list[models.Index]:
    """Return the indexes by which every scope is read in the order of dates: open matters, then done ones."""
    scopes = (*AREAS, "owner")
    told = {scope: tuple(name for name in TOLD if name != scope) for scope in scopes}
    return [
        *(
            models.Index(
                name=f"matter_{scope}_open",
                fields=[scope, "next_at", "id"],
                include=told[scope],
                condition=Q(open=True),
            )
            for scope in scopes
        ),
        *(
            models.Index(
                name=f"matter_{scope}_done", fields=[scope, "next_at", "id"], condition=Q(open=False)
            )
            for scope in scopes
        ),
        models.Index(name="matter_open_next", fields=["next_at", "id"], include=TOLD, condition=Q(open=True)),
        models.Index(name="matter_done_next", fields=["next_at", "id"], condition=Q(open=False)),
    ]


def on_the_ground() -> models.Index:
    """Return the index by which a part of the map finds its open matters."""
    told = tuple(name for name in TOLD if name not in ("lat", "lon"))
    return models.Index(
        name="matter_open_place",
        fields=["lat", "lon"],
        include=(*told, "next_at", "id"),
        condition=Q(open=True),
    )


def came_in() -> models.Index:
    """Return the index by which what came in from a community is counted without touching the table."""
    return models.Index(
        name="matter_came_in",
        fields=["community", "reported_at"],
        include=("category", "district", "street", "general", "leaf"),
        condition=Q(confidential=False, sealed=0),
    )


PENDING_KB: Final = 256
"""What PostgreSQL gathers before it sorts it into the index of words: at its usual 4 MB, whoever writes the
row that is one too many waits a quarter of a second."""


def by_number() -> list[models.Index]:
    """Return the indexes by which the beginning and the end of a number find it, be it another system's."""
    elsewhere = ~Q(foreign_number="")
    return [
        models.Index(
            name="matter_foreign_number",
            fields=["foreign_number"],
            opclasses=["varchar_pattern_ops"],
            condition=elsewhere,
        ),
        models.Index(
            OpClass(Reverse("foreign_number"), name="text_pattern_ops"),
            name="matter_foreign_number_end",
            condition=elsewhere,
        ),
        models.Index(OpClass(Reverse("number"), name="text_pattern_ops"), name="matter_number_end"),
    ]


def by_content() -> list[models.Index]:
    """Return the indexes of words and marks, and of the handle by which a telephone is found."""
    return [
        GinIndex(name="matter_search", fields=["search"], gin_pending_list_limit=PENDING_KB),
        models.Index(name="matter_phone", fields=["phone_handle"], condition=Q(phone_handle__isnull=False)),
    ]
