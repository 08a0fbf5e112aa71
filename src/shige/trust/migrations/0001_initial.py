"""Who may do what, what is sealed, what was done: the journal only grows, the vault is read by handle."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import shige.trust.models.people

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
               NEW.district, NEW.street, NEW.community, NEW.general, NEW.leaf, NEW.facts, NEW.stamp)
           IS NOT DISTINCT FROM
           ROW(OLD.id, OLD.at, OLD.actor_id, OLD.verb, OLD.object_type, OLD.object_id, OLD.object_version,
               OLD.district, OLD.street, OLD.community, OLD.general, OLD.leaf, OLD.facts, OLD.stamp)
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

CACHE = """
CREATE UNLOGGED TABLE trust_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX trust_cache_expires ON trust_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="VaultKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wrapped", models.BinaryField()),
                (
                    "master",
                    models.CharField(help_text="name of the wrapping key in the key file", max_length=32),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("service_name", models.CharField(max_length=60)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("digest", models.BinaryField(unique=True)),
                (
                    "actions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CredentialReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(null=True, unique=True)),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=60)),
                ("object_version", models.BigIntegerField()),
                ("district", models.BigIntegerField(null=True)),
                ("street", models.BigIntegerField(null=True)),
                ("community", models.BigIntegerField(null=True)),
                ("general", models.BigIntegerField(null=True)),
                ("leaf", models.BigIntegerField(null=True)),
                ("facts", models.JSONField(default=dict)),
                (
                    "stamp",
                    models.BinaryField(
                        help_text="made by the program with a key that is not here", null=True
                    ),
                ),
                ("previous_hash", models.BinaryField(null=True)),
                ("hash", models.BinaryField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("receiver_handle", models.UUIDField(help_text="telephone in the vault", null=True)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=60)),
                ("facts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("next_attempt_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                (
                    "telephone",
                    models.CharField(blank=True, help_text="public number of the office", max_length=30),
                ),
                (
                    "department",
                    models.CharField(
                        blank=True, help_text="code of a department of the profile", max_length=40
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="territory.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("primary", "Primary"), ("deputy", "Deputy"), ("substitute", "Substitute")],
                        default="primary",
                        max_length=12,
                    ),
                ),
                ("valid", shige.trust.models.people.PeriodField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="trust.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RetentionClock",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_retention_clock")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                ("sender", models.BinaryField(primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("waits_until", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["waits_until"], name="trust_signi_waits_u_cd05d9_idx")],
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VaultItem",
            fields=[
                ("handle", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("field", models.CharField(help_text="name of the declared personal field", max_length=60)),
                ("nonce", models.BinaryField()),
                ("sealed", models.BinaryField()),
                ("blind", models.BinaryField(help_text="keyed hash for exact look-up", null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.vaultkey"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VaultReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handle", models.UUIDField(db_index=True)),
                ("role", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "salt",
                    models.BinaryField(help_text="so that its hash in the journal tells nothing", null=True),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"), name="one_account_whatever_the_case"
            ),
        ),
        migrations.AddIndex(
            model_name="credentialreset",
            index=models.Index(fields=["person", "-asked_at"], name="trust_crede_person__1ee34f_idx"),
        ),
        migrations.AddConstraint(
            model_name="credentialreset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(
                        models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                        models.Q(("confirmed_by", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reset_by_two_people",
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("position", None)), fields=["id"], name="journal_waiting_for_a_position"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                fields=["object_type", "object_id", "object_version"], name="trust_journ_object__379b9d_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_attempt_at"], name="outbox_due"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(fields=["receiver", "-id"], name="trust_outbo_receive_f6f20e_idx"),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("receiver", None), ("receiver_handle", None), _connector="XOR"),
                name="outbox_has_one_receiver",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["role", "area"], name="trust_post_role_0a5e54_idx"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("area", "role", "name"),
                name="one_open_post_of_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "primary")),
                expressions=[
                    (
                        models.Func(
                            models.F("post"), models.F("post"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_primary_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("post"), models.F("post"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("person"), models.F("person"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    ("valid", "&&"),
                ],
                name="one_hold_of_a_post_for_each_person",
            ),
        ),
        migrations.AddIndex(
            model_name="vaultitem",
            index=models.Index(fields=["field", "blind"], name="trust_vault_field_520c9c_idx"),
        ),
        migrations.AddIndex(
            model_name="vaultitem",
            index=models.Index(fields=["expires_at"], name="trust_vault_expires_526d24_idx"),
        ),
        migrations.RunSQL(VAULT, migrations.RunSQL.noop),
        migrations.RunSQL(JOURNAL, migrations.RunSQL.noop),
        migrations.RunSQL(CACHE, migrations.RunSQL.noop),
    ]
