"""Why the site can't start here."""


class LaunchError(Exception):
    """Something about this machine or command is in the way; the message is one line."""
