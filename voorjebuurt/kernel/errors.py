"""Errors that a person can do something about.

The domain raises a ``DomainError`` with a code; the web layer has one text per code and language.
"""

from collections.abc import Callable


class DomainError(Exception):
    """Something the user asked for is not possible.

    ``code`` names the reason (``amount_too_low``), ``field`` the form field it belongs to, if
    any, and ``values`` what its text needs (``minimum_cents=100``).
    """

    def __init__(self, code: str, *, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values = values


class NotFoundError(DomainError):
    """What was asked for does not exist, or is not for this person to see."""


class ForbiddenError(DomainError):
    """The actor may not do this."""


class TransitionError(DomainError):
    """The thing is not in a state from which this can happen."""


class StartError(Exception):
    """A command can't start here: something about the machine or its setting is in the way.

    The message is one line for who gave the command.
    """


class InvariantError(Exception):
    """Something that can't be is so: a defect or tampering. Never shown to a user in detail."""


def refusal_of(check: Callable[[], object]) -> DomainError | None:
    """Why something would be refused; None when it would not.

    ``check`` is the function that the service calls before it does it, and changes nothing: so a
    page never offers what will be refused.
    """
    try:
        check()
    except DomainError as error:
        return error
    return None
