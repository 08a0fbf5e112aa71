"""Equality inside an exclusion constraint, without a database extension."""

from django.db.models import F, Func, Value


def same(column: str) -> Func:
    """Return a range that holds one number: GiST compares two of them as equality."""
    return Func(F(column), F(column), Value("[]"), function="int8range")
