"""Database columns of the ground plan that Django does not bring: PostgreSQL's ``box``."""

from typing import Any

from django.db import models
from django.db.models.lookups import PostgresOperatorLookup


class BoxField(models.Field):  # type: ignore[type-arg]
    """A rectangle (west, south, east, north) in degrees, under GiST: no extension is needed."""

    def db_type(self, connection: Any) -> str:
        """Return PostgreSQL's own type."""
        return "box"

    def get_prep_value(self, value: Any) -> str | None:
        """Write the rectangle as PostgreSQL reads it."""
        if value is None:
            return None
        west, south, east, north = value
        return f"({east},{north}),({west},{south})"

    def from_db_value(self, value: str | None, *args: Any) -> tuple[float, float, float, float] | None:
        """Read PostgreSQL's ``(east,north),(west,south)``."""
        if value is None:
            return None
        east, north, west, south = (float(part.strip("()")) for part in value.split(","))
        return west, south, east, north


@BoxField.register_lookup
class Overlaps(PostgresOperatorLookup):
    """``box__overlaps=(west, south, east, north)``: the two rectangles share a point."""

    lookup_name = "overlaps"
    postgres_operator = "&&"

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Name the type: a bare parameter would be compared as text."""
        rhs, params = super().process_rhs(compiler, connection)
        return f"{rhs}::box", params
