"""The `kam` command: one file per subcommand, each loaded only when it is called."""

import logging
import sys
from importlib import import_module

import click

COMMANDS = {
    "ask": ("ask", "Ask one question and leave."),
    "audit": ("audit", "Prove that the audit trail is whole, and search it."),
    "backup": ("backup", "Write everything into one file."),
    "chat": ("chat", "Talk in the terminal."),
    "demo": ("demo", "Load the demo company into an empty database."),
    "doctor": ("doctor", "Say what is configured, what works and what to do."),
    "eval": ("eval", "Measure answers and retrieval."),
    "export": ("export", "Write accounts, priorities, reviews or the audit trail to a file."),
    "feedback": ("feedback", "List what readers thought of answers."),
    "import": ("import_", "Read records from CSV and XLSX files."),
    "index": ("index", "Bring the search index up to date."),
    "move": ("move", "Copy everything into another database."),
    "privacy": ("privacy", "Export or erase what is held of a person."),
    "restore": ("restore", "Put a backup in the place of the records."),
    "retention": ("retention", "End what has been kept long enough."),
    "manifest": ("manifest", "Print what the Slack app is created from."),
    "people": ("people", "Link people to their Slack users."),
    "search": ("search", "Show ranked passages for a text."),
    "serve": ("serve", "Answer in Slack."),
    "tool": ("tool", "Call one tool with JSON arguments."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and loads the one that is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"bot.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kam-assistant", prog_name="kam")
def kam() -> None:
    """Key account management: ask, import, index, check."""


def main() -> None:
    """Runs the command; a failure is one line and exit code 1, its details are in the log."""
    from bot.cli.failures import told

    logging.basicConfig(level=logging.CRITICAL)
    with told():
        kam(prog_name="kam")
    sys.exit(0)
