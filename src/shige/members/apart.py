"""The one way to the members' register: the database opens it to a role to which nothing else is open.

Its tables lie in the schema ``members``. The program's ordinary role has no rights there; for the time of a
block it becomes the role that has them, and then has none on any other table. So no statement can read both,
by mistake or otherwise: what a page shows of an organisation, a grid or a person is read before or after.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

from shige.machine.database.roles import MEMBERS

ENTER: Final = """
SELECT current_setting('role'), current_setting('search_path'), set_config('search_path', CASE
WHEN current_user = %s THEN current_schema() WHEN current_schema() = 'public' THEN 'members'
ELSE current_schema() || '_members' END, true), set_config('role', %s, true)
"""
"""While a backup is read back, both lie in other schemas: see ``machine.backup.staging``."""

LEAVE: Final = "SELECT set_config('role', %s, true), set_config('search_path', %s, true)"


@contextmanager
def register_open() -> Iterator[None]:
    """Reach the members' register, and nothing else, for the time of a block inside one transaction.

    What ends the block with an error takes the role back with all that was written in it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ENTER, [MEMBERS, MEMBERS])
        before = cursor.fetchone()[:2]
        yield
        cursor.execute(LEAVE, before)
