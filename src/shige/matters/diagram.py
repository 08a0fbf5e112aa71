"""Draw the life of a matter as Mermaid: ``python -m shige.matters.diagram`` writes docs/matters.md."""

import os
import sys

import django

HEAD = """# The life of a matter

Drawn from the one table in `src/shige/matters/workflow.py`; write this file again with
`python -m shige.matters.diagram > docs/matters.md`.

"""
TAIL = """
- A matter has one owner at any time. *Pass on*, *pass up* and *return* name a new owner, who takes it afresh.
- Passing a matter up or down does not move its dates: the resident was promised them.
- Only the reporter can say that it is solved. Seven days without an answer (`confirm_days` of the profile)
  end it as *unconfirmed*, which counts in no satisfaction figure; what was closed either way can be reopened
  for ten days (`reopen_days`).
- A category that must never be mediated (P4) is never returned below the street, and a complaint about a
  grid worker (P3) is sealed: nobody below the street sees, counts or handles it.
"""


def diagram() -> str:
    """Return the state diagram in Mermaid's language."""
    from django.utils.translation import override

    from .workflow import START, STATE_LABELS, TRANSITIONS

    with override("en"):
        lines = [
            "stateDiagram-v2",
            *(f'    state "{label}" as {state}' for state, label in STATE_LABELS.items()),
        ]
        lines.append(f"    [*] --> {START.value}")
        for row in TRANSITIONS.values():
            lines += [f"    {before} --> {row.after or before}: {row.label}" for before in sorted(row.before)]
    return "\n".join([*lines, "    closed --> [*]", "    unconfirmed --> [*]", ""])


def table() -> str:
    """Return the table of actions in Markdown."""
    from .workflow import TRANSITIONS

    lines = ["| action | from | to | who | must say |", "|---|---|---|---|---|"]
    for row in TRANSITIONS.values():
        said = "a reason or result" if row.note else "a rating of 1 to 5" if row.rating else ""
        told = ", which the reporter reads" if row.told else ""
        lines.append(
            f"| `{row.action}` | {', '.join(sorted(row.before))} | {row.after or 'the same'} "
            f"| {', '.join(sorted(row.who))} | {said}{told} |"
        )
    return "\n".join(lines) + "\n"


def document() -> str:
    """Return the whole page of the documentation."""
    return f"{HEAD}```mermaid\n{diagram()}```\n\n{table()}{TAIL}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
    django.setup()
    sys.stdout.write(document())
