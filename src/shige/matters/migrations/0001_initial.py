"""Matters and what is done about them, with the words that lists and search lean on."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The words are those of shige.language.bigrams, and the last character of each run besides, so that every
# character begins a word. A mark begins with #, which no word does: #a12 lies in area 12, #o5 is owned by
# post 5, #c02 is of a category. Danger to persons and complaints leave no words of their place, danger no
# mark of what is smaller than a street (P4).
SEARCH = r"""
CREATE FUNCTION matter_search(
    number text, place text, words text, gist text, category text, tier text, kind text, state text,
    open boolean, confidential boolean, led boolean, owner bigint,
    district bigint, street bigint, community bigint, general bigint, leaf bigint
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    shown text := CASE WHEN kind IN ('guarded', 'complaint') THEN '' ELSE place END;
    inside boolean := kind <> 'guarded';
BEGIN
    RETURN (
        SELECT array_to_tsvector(array_agg(DISTINCT word)) FROM (
            SELECT CASE WHEN run ~ '^[a-z0-9]' THEN left(run, 60) ELSE substr(run, pair, 2) END
            FROM (
                SELECT (regexp_matches(
                    lower(normalize(concat_ws(' ', number, shown, words, gist), NFKC)),
                    '[PAIRED]+|[a-z]+|[0-9]+', 'g'
                ))[1] AS run
            ) AS runs
            CROSS JOIN LATERAL generate_series(
                1, CASE WHEN run ~ '^[a-z0-9]' THEN 1 ELSE length(run) END
            ) AS pair
            UNION ALL
            SELECT mark FROM unnest(ARRAY[
                '#c' || category, '#c' || split_part(category, '.', 1), '#t' || tier, '#k' || kind,
                '#s' || state, CASE WHEN open THEN '#open' ELSE '#done' END,
                CASE WHEN confidential THEN '#confidential' END, CASE WHEN led THEN '#led' END,
                '#o' || owner, '#a' || district, '#a' || street, CASE WHEN inside THEN '#a' || community END,
                CASE WHEN inside THEN '#a' || general END, CASE WHEN inside THEN '#a' || leaf END
            ]) AS mark WHERE mark IS NOT NULL
        ) AS found (word)
    );
END $$;
""".replace("PAIRED", "㐀-䶿一-鿿豈-﫿〇々\U00020000-\U000323af\ua000-\ua48c\u0f40-\u0fbc")

OPENINGS = """
CREATE FUNCTION openings_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'openings of tasks are kept as they were written';
END $$;
CREATE TRIGGER openings_only_grow BEFORE UPDATE OR DELETE ON matters_readreceipt
    FOR EACH ROW EXECUTE FUNCTION openings_only_grow();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_initial"),
        ("trust", "0001_initial"),
        ("trust", "__first__"),
    ]

    operations = [
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="JointTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="the matter's number, L and a number drawn by lot",
                        max_length=30,
                        unique=True,
                    ),
                ),
                ("purpose", models.TextField()),
                ("place", models.CharField(max_length=160)),
                ("called_at", models.DateTimeField()),
                ("meets_at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("open", models.BooleanField(default=True)),
                (
                    "outcome",
                    models.TextField(blank=True, help_text="of all together, or why it was cancelled"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="JointPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("expected", "Expected"),
                            ("present", "Present"),
                            ("excused", "Excused"),
                            ("absent", "Absent"),
                        ],
                        default="expected",
                        max_length=8,
                    ),
                ),
                ("noted_at", models.DateTimeField(null=True)),
                ("apology", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("result_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
                (
                    "joint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="matters.jointtask",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="for the office: day and running number", max_length=20, unique=True
                    ),
                ),
                (
                    "tracking_digest",
                    models.BinaryField(help_text="hash of the code that the reporter holds", unique=True),
                ),
                (
                    "device_digest",
                    models.BinaryField(help_text="hash of the key of the device that filed it", null=True),
                ),
                (
                    "filer_digest",
                    models.BinaryField(
                        help_text="keyed hash of who was signed in where it was filed", null=True
                    ),
                ),
                (
                    "idempotency_key",
                    models.BinaryField(help_text="hash of the form as it was sent", null=True, unique=True),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="channel by which it came: page, api, sample ...", max_length=20
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        default="ordinary", help_text="whose workflow it follows", max_length=12
                    ),
                ),
                ("category", models.CharField(max_length=8)),
                ("profile_version", models.CharField(max_length=40)),
                ("tier", models.CharField(max_length=1)),
                ("confidential", models.BooleanField(default=False)),
                (
                    "sealed",
                    models.SmallIntegerField(default=0, help_text="from whom it is kept, see the gate"),
                ),
                (
                    "words",
                    models.TextField(help_text="as written, with numbers masked; empty when confidential"),
                ),
                ("words_handle", models.UUIDField(null=True)),
                (
                    "gist",
                    models.TextField(
                        blank=True, help_text="what it is about, free of persons, for tasks and search"
                    ),
                ),
                ("name_handle", models.UUIDField(null=True)),
                ("phone_handle", models.UUIDField(null=True)),
                ("room_handle", models.UUIDField(help_text="a dwelling is personal", null=True)),
                (
                    "callback_handle",
                    models.UUIDField(help_text="a safe time and way to call back", null=True),
                ),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("raw_lon", models.FloatField(null=True)),
                ("raw_lat", models.FloatField(null=True)),
                ("datum", models.CharField(blank=True, max_length=8)),
                (
                    "place",
                    models.CharField(blank=True, help_text="address as found or written", max_length=160),
                ),
                ("entrance", models.PositiveSmallIntegerField(null=True)),
                ("floor", models.SmallIntegerField(help_text="below the ground negative", null=True)),
                ("state", models.CharField(default="new", max_length=12)),
                (
                    "open",
                    models.BooleanField(
                        default=True, help_text="somebody still has to do something about it"
                    ),
                ),
                ("running", models.BooleanField(default=True, help_text="the office's clock runs")),
                (
                    "led",
                    models.BooleanField(
                        default=False, help_text="the street's leader has taken it on in person"
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("respond_by", models.DateTimeField()),
                ("resolve_by", models.DateTimeField()),
                (
                    "approximate",
                    models.BooleanField(default=False, help_text="dates computed without make-up days"),
                ),
                ("responded_at", models.DateTimeField(null=True)),
                ("solved_at", models.DateTimeField(null=True)),
                (
                    "next_at",
                    models.DateTimeField(help_text="what it is listed under: the date of what comes next"),
                ),
                (
                    "counted_from",
                    models.DateTimeField(help_text="when the time that its dates give it began"),
                ),
                (
                    "remind_at",
                    models.DateTimeField(help_text="when the next share of that time is used up", null=True),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(help_text="since when the office's clock stands", null=True),
                ),
                (
                    "stood",
                    models.DurationField(
                        default=datetime.timedelta,
                        help_text="how much of that time, as its category counts it, went into pauses",
                    ),
                ),
                (
                    "told_late_of",
                    models.DateTimeField(
                        help_text="the date of which it was last told that it has passed", null=True
                    ),
                ),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                ("confirm_by", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("rating", models.PositiveSmallIntegerField(null=True)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "number",
                            "place",
                            "words",
                            "gist",
                            "category",
                            "tier",
                            "kind",
                            "state",
                            "open",
                            "confidential",
                            "led",
                            "owner",
                            "district",
                            "street",
                            "community",
                            "general",
                            "leaf",
                            function="matter_search",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.building",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "general",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "leaf",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="matters.matter",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matters", to="trust.post"
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=12)),
                ("tier", models.CharField(max_length=1)),
                ("sealed", models.SmallIntegerField()),
                ("confidential", models.BooleanField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="jointtask",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="joint_tasks", to="matters.matter"
            ),
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tracking_digest",
                    models.BinaryField(help_text="hash of the code that this resident holds", unique=True),
                ),
                (
                    "device_digest",
                    models.BinaryField(help_text="hash of the key of the device that joined", null=True),
                ),
                ("phone_handle", models.UUIDField(null=True)),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="what this resident had typed, with numbers masked"
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_digest", models.BinaryField(null=True, unique=True)),
                ("group", models.CharField(blank=True, max_length=80)),
                ("name_handle", models.UUIDField(null=True)),
                ("phone_handle", models.UUIDField(null=True)),
                ("claimed_at", models.DateTimeField()),
                ("contact_by", models.DateTimeField()),
                ("contacted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.CharField(
                        help_text="random name under the media folder", max_length=120, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("pdf", "Pdf")], default="picture", max_length=7
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True, choices=[("before", "Before"), ("after", "After")], max_length=6
                    ),
                ),
                ("width", models.PositiveIntegerField(default=0, help_text="pixels; 0 for a PDF")),
                ("height", models.PositiveIntegerField(default=0)),
                ("pages", models.PositiveIntegerField(default=1)),
                ("by_reporter", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="matters.matter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="keys of the matters whose words were shown",
                        size=None,
                    ),
                ),
                ("role", models.CharField(max_length=40)),
                (
                    "how",
                    models.CharField(
                        choices=[("page", "Page"), ("list", "List"), ("api", "Api")], max_length=4
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("leader", "Leader"),
                            ("dispatcher", "Dispatcher"),
                            ("visitor", "Visitor"),
                            ("area", "Area"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
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
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(blank=True, choices=[("ok", "Ok"), ("not_ok", "Not Ok")], max_length=6),
                ),
                ("note", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="matters.matter",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=100)),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                    ),
                ),
                (
                    "grids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), blank=True, default=list, size=None
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        choices=[("always", "Always"), ("office", "Office"), ("outside", "Outside")],
                        default="always",
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("live", "Live"), ("ended", "Ended")],
                        default="draft",
                        max_length=5,
                    ),
                ),
                ("tried", models.JSONField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("query", models.CharField(max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("before", models.CharField(blank=True, max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("note", models.TextField(blank=True)),
                ("remark", models.TextField(blank=True)),
                ("words_handle", models.UUIDField(help_text="a resident's own words, sealed", null=True)),
                (
                    "said_by",
                    models.CharField(
                        blank=True, help_text="whose own words, see ``own_words``", max_length=30
                    ),
                ),
                ("said", models.TextField(blank=True, help_text="what a resident tells the office only")),
                (
                    "sealed",
                    models.SmallIntegerField(
                        default=0, help_text="the seal behind which it was taken, see the gate"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="matters.matter"
                    ),
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
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
                (
                    "to_post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summary",
                        to="matters.matter",
                    ),
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
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="the matter's number and a number drawn by lot", max_length=30, unique=True
                    ),
                ),
                ("action", models.TextField(help_text="what is to be done, free of persons")),
                ("place", models.CharField(blank=True, max_length=160)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("given_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "late_reason",
                    models.TextField(blank=True, help_text="why it is due after the matter itself"),
                ),
                ("state", models.CharField(max_length=12)),
                ("open", models.BooleanField(default=True)),
                (
                    "with_office",
                    models.BooleanField(default=False, help_text="the office has to say something"),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.BigIntegerField(default=1)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="matters.matter"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="trust.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReadReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="matters.jointpart",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.post"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="matters.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(help_text="random name under the media folder", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("pdf", "Pdf")], default="picture", max_length=7
                    ),
                ),
                ("by_tasked", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="matters.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("before", models.CharField(blank=True, max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("note", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trust.post",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="matters.task"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="jointpart",
            index=models.Index(
                condition=models.Q(("attendance", "absent")), fields=["-noted_at"], name="joint_stayed_away"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointpart",
            constraint=models.UniqueConstraint(fields=("joint", "post"), name="a_post_is_called_once"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["district", "next_at", "id"],
                include=(
                    "street",
                    "community",
                    "general",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_district_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["street", "next_at", "id"],
                include=(
                    "district",
                    "community",
                    "general",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_street_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["community", "next_at", "id"],
                include=(
                    "district",
                    "street",
                    "general",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_community_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["general", "next_at", "id"],
                include=(
                    "district",
                    "street",
                    "community",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_general_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["leaf", "next_at", "id"],
                include=(
                    "district",
                    "street",
                    "community",
                    "general",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_leaf_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["owner", "next_at", "id"],
                include=(
                    "district",
                    "street",
                    "community",
                    "general",
                    "leaf",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_owner_open",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)),
                fields=["district", "next_at", "id"],
                name="matter_district_done",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)),
                fields=["street", "next_at", "id"],
                name="matter_street_done",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)),
                fields=["community", "next_at", "id"],
                name="matter_community_done",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)),
                fields=["general", "next_at", "id"],
                name="matter_general_done",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)), fields=["leaf", "next_at", "id"], name="matter_leaf_done"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)),
                fields=["owner", "next_at", "id"],
                name="matter_owner_done",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["next_at", "id"],
                include=(
                    "district",
                    "street",
                    "community",
                    "general",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "lon",
                    "lat",
                ),
                name="matter_open_next",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", False)), fields=["next_at", "id"], name="matter_done_next"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], gin_pending_list_limit=256, name="matter_search"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("phone_handle__isnull", False)),
                fields=["phone_handle"],
                name="matter_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("remind_at__isnull", False)), fields=["remind_at"], name="matter_remind"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("open", True)),
                fields=["lat", "lon"],
                include=(
                    "district",
                    "street",
                    "community",
                    "general",
                    "leaf",
                    "owner",
                    "category",
                    "tier",
                    "kind",
                    "state",
                    "running",
                    "confidential",
                    "sealed",
                    "led",
                    "next_at",
                    "id",
                ),
                name="matter_open_place",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("community", None), ("leaf", None)),
                fields=["street", "id"],
                name="matter_unassigned",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["category", "lat", "lon"], name="matter_category_place"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("state", "to_confirm")), fields=["confirm_by"], name="matter_to_confirm"
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("confidential", False), ("sealed", 0)),
                fields=["community", "reported_at"],
                include=("category", "district", "street", "general", "leaf"),
                name="matter_came_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rating", None), models.Q(("rating__gte", 1), ("rating__lte", 5)), _connector="OR"
                ),
                name="matter_rating_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidential", False), ("words", ""), _connector="OR"),
                name="confidential_words_are_in_the_vault",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", 0), ("confidential", True), _connector="OR"),
                name="sealed_matter_is_confidential",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "to_confirm"), _negated=True),
                    ("confirm_by__isnull", False),
                    _connector="OR",
                ),
                name="matter_waiting_for_confirmation_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                    models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="merged_matter_names_the_other",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("running", False), ("open", True), _connector="OR"),
                name="only_an_open_matter_runs",
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("matter",),
                name="one_look_at_a_time_for_a_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointtask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("open", True)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("open", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_joint_task_has_its_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("contacted_at", None), ("ended_at", None)),
                fields=["contact_by"],
                name="claims_to_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("matter",),
                name="one_claim_in_force_for_each_wish",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage", ""), ("by_reporter", False), _connector="OR"),
                name="only_the_office_shows_before_and_after",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=django.contrib.postgres.indexes.GinIndex(fields=["matters"], name="reading_of_matter"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="matters_related_once"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="related_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="returnvisit",
            index=models.Index(
                condition=models.Q(("done_at", None), ("ended_at", None)),
                fields=["post", "due"],
                name="visits_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnvisit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None), ("ended_at", None)),
                fields=("matter", "due"),
                name="one_open_visit_for_each_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("outcome", "")),
                    models.Q(("done_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_visit_made_has_an_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="routingrule",
            index=models.Index(
                condition=models.Q(("state", "live")), fields=["area", "order", "id"], name="rules_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "live"), _negated=True), ("tried__isnull", False), _connector="OR"
                ),
                name="live_rule_was_tried",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("person", "name"), name="saved_filter_name"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["matter", "id"], name="matters_ste_matter__f3eae9_idx"),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("said_by", ""), _negated=True), fields=["said_by"], name="step_said_by"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("open", True)), fields=["post", "due_at", "id"], name="task_open_due"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["post", "-closed_at"], name="task_closed"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("open", True), ("closed_at__isnull", False), _connector="XOR"),
                name="closed_task_has_its_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat", None), ("lon", None)),
                    models.Q(("lat__isnull", False), ("lon__isnull", False)),
                    _connector="OR",
                ),
                name="task_shows_a_whole_point",
            ),
        ),
        migrations.AddConstraint(
            model_name="readreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("task", None), ("part", None), _connector="XOR"),
                name="one_thing_is_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskphoto",
            constraint=models.UniqueConstraint(fields=("task", "file"), name="a_photo_once_in_a_task"),
        ),
        migrations.RunSQL(OPENINGS, migrations.RunSQL.noop),
    ]
