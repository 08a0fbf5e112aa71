"""The one command `shige`. Subcommands are imported only when they are called, so that help stays fast."""

from importlib import import_module

import click

_COMMANDS = {
    "up": ("shige.machine.cli", "up", "Run the whole program."),
    "backup": ("shige.machine.cli", "backup", "Write everything into one file."),
    "restore": ("shige.machine.cli", "restore", "Put a backup back."),
    "upgrade-database": ("shige.machine.cli", "upgrade_database", "Bring older database files up."),
    "divide": ("shige.division.command", "command", "Divide communities into grids, from files to files."),
    "import": ("shige.matters.cli", "import_group", "Import divisions, buildings or matters."),
    "matter": ("shige.matters.cli", "matter", "Matters that are filed already."),
    "user": ("shige.project.office_cli", "user", "Accounts of people who work here."),
    "danger": ("shige.language.cli", "danger", "How well danger is found in a file of texts."),
    "category": ("shige.matters.filing.cli", "category", "The suggestion of categories."),
    "journal": ("shige.project.office_cli", "journal", "The journal of everything that changed."),
    "retention": ("shige.project.office_cli", "retention", "What is deleted when its time is over."),
    "members": ("shige.members.cli", "members", "The members' register."),
    "vault": ("shige.project.office_cli", "vault", "The vault of personal data."),
}


class _Lazy(click.Group):
    """A group that knows its commands by module, name and one line of help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=_Lazy)
@click.version_option(package_name="shige")
def main() -> None:
    """Shige (实格): the open platform for micro-grid neighbourhood service."""


if __name__ == "__main__":
    main()
