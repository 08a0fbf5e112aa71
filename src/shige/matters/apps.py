"""The matters room as a Django app: what it keeps of persons, and who may know of what (P3, P6)."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shige.matters"

    def ready(self) -> None:
        """Declare what is sealed, why and for how long, what the journal vouches for, and what is erased."""
        from shige.trust.erasures import erase_again_with
        from shige.trust.journal_facts import bring_facts
        from shige.trust.message_subjects import declare_known
        from shige.trust.messages import bring_page, bring_way, bring_words
        from shige.trust.navigation import bring_desks, bring_rail
        from shige.trust.permissions import bring_actions
        from shige.trust.staffing import bring_watcher
        from shige.trust.vouched_rows import guarded_by, vouch_for

        from .facts import FACTS
        from .handling.commands.pause import extended_by_asking
        from .importing.queries import way_to_imported
        from .joint.queries import number_of_part, way_to_joint
        from .lists.queries.circumstances import OWN, bring_circumstances
        from .messages import MESSAGES
        from .models import Reading
        from .models.read_receipt import ReadReceipt
        from .navigation import DESKS, RAIL
        from .neighbours import commands as joining
        from .own_data.commands import own_data
        from .permissions import ACTIONS
        from .personal_fields import declare_fields
        from .recusal.new_holders import judge_holder
        from .sealing.commands.again import judged_before
        from .tasks.actors import joints_known, tasks_known
        from .wishes import commands as wishing
        from .workflow.actors import numbers_known
        from .workflow.commands.steps import bring_judge
        from .workflow.workflows import bring_conditions

        bring_actions(ACTIONS)
        bring_facts(FACTS)
        bring_words(MESSAGES)
        bring_circumstances(OWN)
        bring_conditions(
            {
                "extended_by_asking": extended_by_asking,
                "extended_at_once": lambda matter: not extended_by_asking(matter),
            }
        )
        bring_judge(judged_before)
        bring_watcher(judge_holder)
        bring_page("matter", "matters:matter")
        bring_page("recusal", "matters:today", of_its_own=False)
        bring_page("task", "matters:task")
        bring_way("joint", way_to_joint, {"matters:joint": str, "matters:part": number_of_part})
        bring_way("import", way_to_imported, {})
        bring_rail(*RAIL)
        bring_desks(*DESKS)
        for kind in (own_data, joining, wishing):
            erase_again_with(kind.ERASED, kind.erase_again)
        declare_known("matter", numbers_known)
        declare_known("task", tasks_known)
        declare_known("joint", joints_known)
        vouch_for(ReadReceipt, "task_id", "part_id", "person_id", "post_id", "at")
        guarded_by(
            ReadReceipt,
            "openings_only_grow",
            "69899db0027bba365c4de98393dda0d677424ddb0331ab4a0720439dfca66c58",
        )
        vouch_for(Reading, "matters", "person_id", "role", "how", "why", "at")
        declare_fields()
