"""Why the site can't start here."""

from voorjebuurt.kernel.errors import StartError


class LaunchError(StartError):
    """Something about this machine or command is in the way; the message is one line."""
