"""The time of the database's clock."""

from datetime import datetime

from django.db import connection


def database_time() -> datetime:
    """Return it as the server itself tells it, not as a function of the same name in another schema does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_catalog.clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
