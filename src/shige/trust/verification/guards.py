"""What stands on the tables of the journal: the triggers that the migrations made, and nothing else (P7).

Whoever owns the database can let a trigger of their own swallow what is written, or take away the one that
keeps rows as they are. What is there at the moment of the check is told; what came between two checks and is
gone again is not.
"""

from typing import Final

from django.db import connection
from django.db.models import Model

from ..models import JournalEntry
from ..vouched_rows import GUARDS, KEPT
from .fault import Fault, Kind

TRIGGERS: Final = """
    SELECT relname, tgname, tgenabled::text, encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')
    FROM pg_catalog.pg_trigger
    JOIN pg_catalog.pg_class ON pg_class.oid = tgrelid
    JOIN pg_catalog.pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgrelid = ANY (%s::regclass[])
"""

BESIDE: Final = """
    SELECT relname, 'the rule ' || rulename
    FROM pg_catalog.pg_rewrite JOIN pg_catalog.pg_class ON pg_class.oid = ev_class
    WHERE ev_class = ANY (%(tables)s::regclass[])
    UNION ALL
    SELECT relname, 'the policy ' || polname
    FROM pg_catalog.pg_policy JOIN pg_catalog.pg_class ON pg_class.oid = polrelid
    WHERE polrelid = ANY (%(tables)s::regclass[])
"""

OFF: Final = "D"


def compare_guards() -> Fault | None:
    """Return the first guard that is missing, off or changed, or what stands there beside them."""
    models: list[type[Model]] = [JournalEntry, *KEPT]
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [tables])
        found = {(table, name): (state, source) for table, name, state, source in cursor.fetchall()}
        cursor.execute(BESIDE, {"tables": tables})
        beside = sorted((table, what) for table, what in cursor.fetchall())
    for (table, name), source in GUARDS.items():
        state, held = found.pop((table, name), (OFF, ""))
        if state == OFF or held != source:
            return Fault(Kind.UNGUARDED, None, f"{table} is not guarded by {name} as it was made")
    beside += [(table, f"the trigger {name}") for table, name in sorted(found)]
    if beside:
        table, what = beside[0]
        return Fault(Kind.UNGUARDED, None, f"{what} stands on {table}, which the program has not made")
    return None
