"""The command `shige` as an operator calls it: outside any running program, with nothing set up for it."""

import os
import subprocess
import sys

EVERY = """
import click
from shige.cli import main
here = click.Context(main)
for name in main.list_commands(here):
    print(main.get_command(here, name).name)
"""


def test_each_command_is_found_without_any_setting() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "SHIGE"))}
    done = subprocess.run([sys.executable, "-c", EVERY], capture_output=True, text=True, env=bare)
    assert done.returncode == 0, done.stderr[-500:]
    assert {"up", "danger", "import", "vault"} <= set(done.stdout.split())
