"""Draw the lives of matters as Mermaid: ``-m shige.matters.workflow.diagram`` writes docs/matters.md."""

import sys

from shige.profile import Transition, Workflow, shipped_workflows

HEAD = """# The life of a matter

Each kind of matter lives by one declared table, a file in `src/shige/profile/workflows/`; a jurisdiction may
put its own in its place (`[[workflows]]` of its profile). At the start of the program every table is
checked: each state is reached and leads to an end, each action says who may take it. This page is drawn
from them: `python -m shige.matters.workflow.diagram > docs/matters.md`.
"""
TAIL = """
## What holds for every kind

- A matter has one owner at any time. Whoever gets it anew takes it afresh.
- Dates are counted in office hours, or by the clock where the tier says so. While a matter waits for its
  reporter the office's clock stands, and what was left of the time is left afterwards. It is extended
  once, by its category's own limit, with a reason that the reporter reads. Handing a matter over moves
  no date.
- Whoever answers hears at half and at four fifths of the time, pauses left out, and when the date has
  passed; then the tier above hears as well, and the reporter reads it. What is due *now* (gas, somebody
  trapped, violence) is late when nobody has taken it after ten minutes (`at_once_minutes`), day and night.
- Dates that lean on a year whose make-up days are not published yet are approximate. Once they are, open
  matters are dated anew, with their pauses and extension, and the history says so.
- Only the reporter can say that it is solved. Seven days without an answer (`confirm_days` of the
  profile) end it as *unconfirmed*, which counts in no satisfaction figure; what was closed in whichever way
  can be reopened for ten days (`reopen_days`), or reviewed by the next tier up, both with the whole time
  anew.
- A reporter withdraws what they no longer need while it is new, in hand or waiting: only an ordinary matter
  of their own in which nobody else is (no neighbour joined, nothing merged, no joint task), never where
  somebody at work wrote for them or has signed in. Its tasks end, the owner is told, and it is neither solved
  nor late.
- Where somebody at work wrote for the reporter, they know the tracking code. So "solved" then takes the
  answer code as well, which goes by message to the telephone that was left and is new for each result; or the
  reporter says it on the telephone to somebody who has not handled it. Where no telephone was left it ends as
  *unconfirmable*, a figure of its own: nobody gains by leaving telephones out (R25).
- A category that must never be mediated (P4) is never returned below the street, and a complaint is sealed
  (P3): about a grid worker, nobody below the street sees, counts or handles it; about an official, nobody of
  the street either.
- A seal keeps persons out, not appointments: whoever serves below it in that street, or did within the year
  before the report, sees and hears nothing of it in whatever post. Where only they hold a post the next one
  answers. Whoever dispatches names whom it is about: they and their line managers up to the seal are kept
  from it by name, wherever they serve, and the history says so.
- Files of a confidential matter open for whoever handles it, on record; lists, maps and exports do not say
  where violence was (P4, P7).
- What was confidential stays so. What a reporter says later in a confidential matter is sealed like the
  first words.
- Words are not the only door: whoever reports is asked whether anybody is in danger now, and where it is
  about family, neighbours or children whether anybody is hurt or afraid. What may be danger to persons, or
  about staff, lives as a *sealed matter*: kept from grid and community (about officials from the street as
  well) until a trained post (`[guard]` of the profile) has looked, within an hour of work. An alarm that was
  dismissed is looked at as well. Real danger goes to the police with the writer's yes, and where the law
  orders it (harm to a child). A false alarm is released by whoever dispatches above that chain: category,
  route and sight are then as if it had been filed so, and one that was in hand goes back to where it stood.
- Where danger to persons was heard or answered, two release it: a trained person asks, and another one, or
  the district's centre, which sees it from then on, reads the words and confirms. Where nobody else who
  could confirm it is in office, a trained person who asked does so alone, on a later day on which they have
  read the words again; history and journal say so. It is never mediated, and words and contact stay closed
  to all but the trained posts; the grid reads category, place and what the office writes later. The reporter
  reads that the office has judged, not the reason.
- A sealed matter is moved (sorted, passed on, placed, led) only by whoever may open its words. What the
  independent post has (`guard.independent`) nobody else dispatches, and no routing rule gives to others. A
  reporter's tick that it is about an official sends it there, whatever its words tell.
- Whoever is named in the words of a sealed matter, or by a dispatcher, is kept from it after its release too.
- Of what is guarded nobody reads even a line but the post that has it and the trained post of the street; of
  what is kept from the street, or is late, the district's centre. No word or mark of its place finds
  it, nor a filter by grid. A street reads how many there were in a whole month, once they are enough (P8).
- A hazard to the public (gas, a lift, an open manhole) goes at once to its department and stays in sight.
- What is sealed is not found by its place: it is on no map, in no list of what is near, among no likely same
  ones, and a search finds it by its number only.
- What a reporter says later is asked for danger like the first words: the number to call comes first, the
  words are sealed, and what may be danger to persons or about staff is sealed with its matter (P3, P4). Of a
  hazard the street is told, and a dispute goes at once to the hazard's own category.
- A category that must never be mediated is no dispute, and every command of mediation asks the category
  again, whatever a matter was sorted as before. A dispute that is sorted as violence leaves mediation.
- The result of a dispute is visited after the days of `visit_days` by the next tier's post, by nobody who
  handled it. What does not hold is taken up again with its whole time.
- A hazard is rechecked by somebody other than whoever put it right, at once the task of the next tier's post.
  What somebody reported is confirmed by them afterwards; what staff or a device found is written off.
- Nothing is found about a complaint before whoever it is about was heard, without being told who complained.
- Each state says what to do now and, to the reporter, what it means: `guide` and `meaning` of the table.
- The mediation committee gets the mediator's account, the sessions and the parties; the words of the parties
  and the running note stay sealed to it.
- Merging is a person's decision; both reporters then follow the matter that goes on. Two that are guarded
  differently are not merged.
- A reporter sees by the code what is held, until when and who opened it; whoever filed it on this device, or
  knows the telephone left, takes it along, corrects it, and deletes it once the matter has ended (P5).
- Three years after its end a matter loses words and files, a confidential one its place as well (P6).
- Every step says whose words it holds (`said_by`): the reporter's, of whoever joined, of a claimant. They
  go with their owner: on deletion, when somebody leaves, when a claim is withdrawn, after the matter's time;
  after a restore once more (`erase_again_with`: what has no way to be deleted again cannot be listed) (P6).
"""

WHEN = {
    "tier_above": "there is a tier above",
    "tier_below": "a tier below may have it",
    "place_known": "it lies in a grid",
    "not_extended": "it was not extended yet, and nobody is asked to",
    "in_time": "its date has not passed",
    "extension_asked": "an extension was asked for",
    "extended_at_once": "`extended_by` says so, or nobody stands above",
    "extended_by_asking": "`extended_by` says so",
    "reopenable": "in the days of `reopen_days`",
    "not_the_highest": "it is not with the district's centre",
    "not_contacted": "no contact was made yet",
    "led_by_nobody": "no leader has it yet",
    "session_held": "a session was held",
    "committee_known": "the profile has a mediation committee",
    "duties_listed": "the post has a list of duties",
    "other_side_heard": "whoever it is about was heard",
    "reporter_waits": "somebody reported it",
    "nobody_waits": "staff found it on their rounds, or a device",
    "unrated": "it was not rated yet",
    "telephone_left": "a telephone was left",
    "endangered": "danger to persons was heard or answered",
    "nobody_else": "it is its reporter's own, nobody joined it, no joint task is open",
    "two_may_release": "nobody may be in danger, or another person has asked for the release",
    "nobody_to_call": "the reporter is not to be called",
}


def diagram(table: Workflow) -> str:
    """Return the state diagram of one kind in Mermaid's language."""
    lines = ["stateDiagram-v2", *(f'    state "{state.name.en}" as {state.code}' for state in table.states)]
    lines.append(f"    [*] --> {table.start}")
    for row in table.transitions:
        lines += [f"    {before} --> {row.after or before}: {row.name.en}" for before in row.before]
    lines += [f"    {state.code} --> [*]" for state in table.states if state.phase == "done"]
    return "\n".join([*lines, ""])


def actions(table: Workflow) -> str:
    """Return the actions of one kind as a table in Markdown."""
    lines = ["| action | from | to | who | if | must say |", "|---|---|---|---|---|---|"]
    lines += [_line(row) for row in table.transitions]
    return "\n".join(lines) + "\n"


def document() -> str:
    """Return the whole page of the documentation."""
    kinds = (
        f"\n## {table.name.en} ({table.name.zh})\n\n```mermaid\n{diagram(table)}```\n\n{actions(table)}"
        for table in sorted(shipped_workflows(), key=lambda table: (table.code != "ordinary", table.code))
    )
    return f"{HEAD}{''.join(kinds)}{TAIL}"


def _line(row: Transition) -> str:
    said = "a reason or result" if row.note else "a rating of 1 to 5" if row.rating else ""
    told = ", which the reporter reads" if row.told else ""
    states = f"{', '.join(row.before)} | {row.after or 'the same'}"
    when = ", ".join(WHEN[condition] for condition in row.when)
    return f"| `{row.action}` {row.name.zh} | {states} | {', '.join(row.who)} | {when} | {said}{told} |"


if __name__ == "__main__":
    sys.stdout.write(document())
