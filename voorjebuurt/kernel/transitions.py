"""State machines as data: a table of what may follow what."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from voorjebuurt.kernel.errors import TransitionError

State = TypeVar("State", bound=StrEnum)


class Transitions(Generic[State]):
    """A table ``{action: ({states it may start from}, state it leads to)}``."""

    def __init__(self, table: Mapping[str, tuple[Iterable[State], State]]) -> None:
        self.table = {action: (frozenset(origins), to) for action, (origins, to) in table.items()}

    def after(self, state: State, action: str) -> State:
        """The state that ``action`` leads to.

        Raises ``TransitionError`` when ``action`` may not start from ``state``.
        """
        origins, to = self.table[action]
        if state not in origins:
            raise TransitionError("wrong_state", state=str(state), action=action)
        return to

    def allowed(self, state: State, action: str) -> bool:
        """Whether ``action`` may start from ``state``."""
        return state in self.table[action][0]

    def refused(self, states: Iterable[State]) -> list[tuple[State, str]]:
        """Every pair of state and action that the table refuses; for tests."""
        return [(s, a) for s in states for a in self.table if not self.allowed(s, a)]
