"""What people write goes to the database beside a statement and never in it."""

import pytest
from django.db import connection

MARKER = "路灯不亮MARKERWORD"


@pytest.mark.django_db
def test_a_statement_as_the_server_knows_it_holds_none_of_its_values() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text, query FROM pg_stat_activity WHERE pid = pg_backend_pid()", [MARKER])
        (said, statement) = cursor.fetchone()
    assert said == MARKER
    assert "$1" in statement and MARKER not in statement
