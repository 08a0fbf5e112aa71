"""What the program refuses to do, said in words for the person who started it."""

from click import ClickException


class Refusal(ClickException):
    """A command cannot go on; the message names the cause and what mends it."""
