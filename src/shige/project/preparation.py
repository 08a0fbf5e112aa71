"""What is done once before the program serves, and the sample's sign-in links: a process of its own."""

import json
import os
import sys

import django

SEED = 20241


def main(*wanted: str) -> None:
    """Do parts in their order: ``migration``, ``keys``, ``telephones``, ``sample``, ``dates`` or ``links``.

    All can be done once more: what the database breaks off ends with ``EX_TEMPFAIL``.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
    django.setup()
    from django.db import InterfaceError, OperationalError
    from django.db.migrations.exceptions import MigrationSchemaMissing

    parts = {
        "migration": migrate,
        "keys": check_keys,
        "telephones": read_telephones,
        "sample": make_sample,
        "dates": correct_dates,
        "links": print_links,
    }
    try:
        for part in wanted:
            parts[part]()
    except (OperationalError, InterfaceError, MigrationSchemaMissing) as error:
        if isinstance(error, MigrationSchemaMissing) and not isinstance(error.__context__, OperationalError):
            raise
        print(f"The database broke off: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        sys.exit(os.EX_TEMPFAIL)


def migrate() -> None:
    """Bring the tables up to date; the environment names their owner. Foreign tables are left alone."""
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("shige.")}
    foreign = sorted(
        key for key in set(loader.applied_migrations) - set(loader.disk_migrations) if key[0] in own
    )
    if foreign:
        sys.exit(
            "The database was made by another version of the program"
            f" ({' '.join(foreign[0])}); this one leaves it as it is. Start that version, or an empty one."
        )
    call_command("migrate", interactive=False, verbosity=0)


def check_keys() -> None:
    """Make the key files of an empty program; refuse to start where what they open exists without them."""
    from django.conf import settings

    from shige.members.keys import check_keys as check_register
    from shige.trust import keys
    from shige.trust.models import VaultKey

    if settings.SHIGE_VAULT_KEY_FILE.exists():
        keys.read_keys()
    elif VaultKey.objects.exists():
        sys.exit(
            f"The vault holds data, but its key file {settings.SHIGE_VAULT_KEY_FILE} is missing: put it back."
        )
    else:
        keys.make_keys()
    check_register()
    anchor_journal()


def anchor_journal() -> None:
    """Make the key of the checkpoints where there are none yet, and begin them; once, and after a restore."""
    from django.conf import settings

    from shige.trust.checkpoints import KeyFileError, LogError, is_empty, make_keys, read_keys
    from shige.trust.commands import begin, take_over_erasures
    from shige.trust.gate import SYSTEM

    path = settings.SHIGE_CHECKPOINT_KEY_FILE
    try:
        if not path.exists() and is_empty(settings.SHIGE_CHECKPOINTS):
            make_keys(path)
        read_keys(path)
        taken = take_over_erasures()  # before the first checkpoint that tells of the list
        begin(SYSTEM)
    except (KeyFileError, LogError) as error:
        sys.exit(f"{error} Checkpoints are in {settings.SHIGE_CHECKPOINTS}.")
    if taken:
        print(f"The list of deletions of an earlier version is signed now: {taken} lines.", flush=True)


def read_telephones() -> None:
    """Bring telephones of an older version into the form in which they are found; once."""
    from shige.matters.own_data.commands.telephones import read_telephones_anew
    from shige.trust.gate import SYSTEM

    if changed := read_telephones_anew(SYSTEM):
        print(f"{changed} telephone numbers are kept in the new form.", flush=True)


def make_sample() -> None:
    """Fill an empty database with the fictional jurisdiction; one with areas of its own stays as it is."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from shige.insight.commands import advance
    from shige.rehearsal.members import declare_to_serve
    from shige.rehearsal.neighbours import join_and_link
    from shige.rehearsal.opinions import tell_opinions
    from shige.rehearsal.oversight import oversee, report_quarter
    from shige.rehearsal.rules import write_rules
    from shige.rehearsal.sealed import tell_sealed
    from shige.rehearsal.service_points import open_points
    from shige.rehearsal.stories import tell
    from shige.rehearsal.summaries import release_summaries
    from shige.rehearsal.tasks import give_tasks
    from shige.rehearsal.things import put_things
    from shige.rehearsal.town import fill
    from shige.rehearsal.warnings import warn_ahead
    from shige.sample import make_plan
    from shige.territory.models import Area
    from shige.trust.commands import sequence, write_checkpoint
    from shige.trust.whole_file import write_whole

    if Area.objects.exists():
        return
    print("Making the sample jurisdiction (fictional), once ...", flush=True)
    plan = make_plan(SEED)
    with transaction.atomic():  # a start that is broken off leaves an empty database, never half a town
        fill(plan, SEED, timezone.localdate())
        count = tell(plan, SEED, timezone.now())
        tell_sealed(timezone.now())
        give_tasks(timezone.now())
        join_and_link()
        release_summaries()
        tell_opinions(timezone.now())
        warn_ahead(timezone.now())
        put_things(timezone.now())
        open_points(timezone.now())
        write_rules()
        oversee(timezone.now())
        declare_to_serve()
        # Within: a town without this file would be taken for an office's own, and get no links.
        about = {"made": timezone.localdate().isoformat(), "matters": count}
        write_whole(settings.SHIGE_SAMPLE_FILE, json.dumps(about))
    while sequence():
        pass
    while advance():
        pass
    report_quarter()  # from figures, which are there now
    while sequence():
        pass
    write_checkpoint()


def correct_dates() -> None:
    """Put approximate dates right by the holiday file that the program is started with.

    Buildings of a database from before there was a search for places get their addresses on the same
    occasion: it costs no process of its own.
    """
    from shige.matters.handling.commands.dates import redate_approximate
    from shige.territory.places import index_missing
    from shige.trust.gate import SYSTEM

    redate_approximate(SYSTEM)
    index_missing()


def print_links() -> None:
    """Print one one-time sign-in link for each role that the sample fills."""
    from django.conf import settings

    from shige.trust.commands import make_sign_in_link
    from shige.trust.gate import SYSTEM
    from shige.trust.jurisdiction import profile
    from shige.trust.queries import held_today

    if not settings.SHIGE_SAMPLE_FILE.exists():
        return
    print("Sample sign-in, each link once, on this machine only:")
    for role in profile().roles:
        known = held_today().filter(post__role=role.code).select_related("person", "post")
        held = known.order_by("post__area__code", "pk").first()
        if held:
            secret = make_sign_in_link(SYSTEM, held.person)
            print(f"  {role.name.zh} {held.post.name}: {os.environ['SHIGE_ADDRESS']}/accounts/link/{secret}/")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
