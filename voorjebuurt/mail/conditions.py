"""Checks that a mail still says what is true, made before every attempt to send it.

The features above this one register them, as they do their tasks. A template says in
``mail.templates`` whether it has one.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

Condition = Callable[[Session, Mapping[str, Any]], bool]

_CONDITIONS: dict[str, Condition] = {}


def still_true(template: str) -> Callable[[Condition], Condition]:
    """Register ``function(session, context)``: whether this mail should still be sent."""

    def register(function: Condition) -> Condition:
        if template in _CONDITIONS:
            raise ValueError(f"two checks of the mail {template}")
        _CONDITIONS[template] = function
        return function

    return register


def holds(session: Session, template: str, context: Mapping[str, Any]) -> bool:
    """Whether a conditional mail should still be sent. Raises ``LookupError`` without a check."""
    return _CONDITIONS[template](session, context)
