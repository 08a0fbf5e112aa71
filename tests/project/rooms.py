"""The rooms and what flows between them, drawn from the code's own imports for `docs/architecture.md`.

Run `python -m tests.project.rooms` to print the picture anew.
"""

from collections.abc import Iterable, Mapping

import grimp

PACKAGE = "shige"
UNDRAWN = frozenset({"static", "cli"})
"""What is no room: built files, and the list of commands."""


def imports() -> dict[str, frozenset[str]]:
    """Return which rooms each room imports from."""
    graph = grimp.build_graph(PACKAGE, include_external_packages=False)
    rooms = {module for module in graph.find_children(PACKAGE) if named(module) not in UNDRAWN}
    return {
        named(room): frozenset(
            named(other)
            for other in rooms - {room}
            if graph.direct_import_exists(importer=room, imported=other, as_packages=True)
        )
        for room in rooms
    }


def named(module: str) -> str:
    """Return the name of a room's module without the package."""
    return module.removeprefix(f"{PACKAGE}.")


def reduced(rooms: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the imports without those that another way shows already (the transitive reduction)."""
    below: dict[str, set[str]] = {}

    def all_below(room: str) -> set[str]:
        if room not in below:
            below[room] = set()
            for other in rooms[room]:
                below[room] |= {other} | all_below(other)
        return below[room]

    return {
        room: sorted(
            other
            for other in others
            if not any(other in all_below(between) for between in others if between != other)
        )
        for room, others in sorted(rooms.items())
    }


def picture() -> str:
    """Return the picture: an arrow from each room to those that it leans on."""
    lines = [
        f"    {room} --> {other}" for room, others in reduced(imports()).items() for other in sorted(others)
    ]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```"])


if __name__ == "__main__":
    print(picture())
