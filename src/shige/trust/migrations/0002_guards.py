"""What the database itself guards: vault rows are seen by handle only, the journal only grows."""

from django.db import migrations

VAULT = """
ALTER TABLE trust_vaultitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE trust_vaultitem FORCE ROW LEVEL SECURITY;
CREATE POLICY vault_named ON trust_vaultitem FOR ALL
    USING (
        handle = ANY (string_to_array(NULLIF(current_setting('shige.handles', true), ''), ',')::uuid[])
        OR blind = decode(NULLIF(current_setting('shige.blind', true), ''), 'hex')
        OR expires_at < now()
    )
    WITH CHECK (true);
"""

JOURNAL = """
CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND ROW(NEW.id, NEW.at, NEW.actor_id, NEW.verb, NEW.object_type, NEW.object_id, NEW.object_version,
               NEW.district, NEW.street, NEW.community, NEW.general, NEW.leaf, NEW.facts)
           IS NOT DISTINCT FROM
           ROW(OLD.id, OLD.at, OLD.actor_id, OLD.verb, OLD.object_type, OLD.object_id, OLD.object_version,
               OLD.district, OLD.street, OLD.community, OLD.general, OLD.leaf, OLD.facts)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal only grows';
END $$;
CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON trust_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
CREATE FUNCTION readings_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'readings of the vault are kept as they were written';
END $$;
CREATE TRIGGER readings_only_grow BEFORE UPDATE OR DELETE ON trust_vaultreading
    FOR EACH ROW EXECUTE FUNCTION readings_only_grow();
"""

UNDO = """
DROP TRIGGER readings_only_grow ON trust_vaultreading;
DROP FUNCTION readings_only_grow();
DROP TRIGGER journal_only_grows ON trust_journalentry;
DROP FUNCTION journal_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]

    operations = [
        migrations.RunSQL(
            VAULT,
            "DROP POLICY vault_named ON trust_vaultitem;"
            " ALTER TABLE trust_vaultitem DISABLE ROW LEVEL SECURITY;",
        ),
        migrations.RunSQL(JOURNAL, UNDO),
    ]
