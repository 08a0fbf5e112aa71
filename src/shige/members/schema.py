"""Leads a migration of this room into the register's own schema; each of them begins with it.

While a backup is read back, tables are made in another schema than ``public``, and the register's beside it.
"""

from typing import Final

ENTER: Final = """
DO $$
DECLARE own text := CASE current_schema()
    WHEN 'public' THEN 'members' ELSE current_schema() || '_members' END;
BEGIN
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', own);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO shige_members', own);
    PERFORM set_config('search_path', own || ',' || current_setting('search_path'), true);
END
$$
"""

GUARD: Final = """
GRANT SELECT, INSERT, UPDATE, DELETE ON {0} TO shige_members;
ALTER TABLE {0} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {0} FORCE ROW LEVEL SECURITY;
CREATE POLICY the_register_alone ON {0} TO shige_members USING (true) WITH CHECK (true)
"""
"""What every table of the room gets when it is made."""
