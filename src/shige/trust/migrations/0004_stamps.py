"""Entries bear a stamp of the program and readings a salt, so that the journal can vouch for both."""

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND ROW(NEW.id, NEW.at, NEW.actor_id, NEW.verb, NEW.object_type, NEW.object_id, NEW.object_version,
               NEW.district, NEW.street, NEW.community, NEW.general, NEW.leaf, NEW.facts{new})
           IS NOT DISTINCT FROM
           ROW(OLD.id, OLD.at, OLD.actor_id, OLD.verb, OLD.object_type, OLD.object_id, OLD.object_version,
               OLD.district, OLD.street, OLD.community, OLD.general, OLD.leaf, OLD.facts{old})
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the journal only grows';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0003_to_the_minute")]

    operations = [
        migrations.AddField(
            "journalentry",
            "stamp",
            models.BinaryField(null=True, help_text="made by the program with a key that is not here"),
        ),
        migrations.AddField(
            "vaultreading",
            "salt",
            models.BinaryField(null=True, help_text="so that its hash in the journal tells nothing"),
        ),
        migrations.AlterField("vaultreading", "at", models.DateTimeField()),
        migrations.RunSQL(GUARD.format(new=", NEW.stamp", old=", OLD.stamp"), GUARD.format(new="", old="")),
    ]
