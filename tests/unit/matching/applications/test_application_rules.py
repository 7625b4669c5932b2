"""What may follow what in the life of an application."""

import pytest

from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.applications.states import (
    APPLICATION_TRANSITIONS,
    ASSESSABLE,
    CHANGEABLE,
    ENDED,
    UNDECIDED,
    ApplicationStatus,
)

S = ApplicationStatus
ILLEGAL = APPLICATION_TRANSITIONS.refused(S)


@pytest.mark.parametrize(("state", "action"), ILLEGAL)
def test_every_other_transition_is_refused(state: ApplicationStatus, action: str) -> None:
    with pytest.raises(TransitionError):
        APPLICATION_TRANSITIONS.after(state, action)


def test_what_is_undecided_can_be_withdrawn_and_nothing_else() -> None:
    states = {s for s in S if APPLICATION_TRANSITIONS.allowed(s, "withdraw")}
    assert states == UNDECIDED
    assert not UNDECIDED & ENDED


def test_only_what_is_admitted_can_be_awarded() -> None:
    """Through a proposal; a refusal may also come before."""
    assert APPLICATION_TRANSITIONS.table["propose"][0] == {S.ADMITTED}
    assert APPLICATION_TRANSITIONS.table["propose_refusal"][0] == {S.RECEIVED, S.ADMITTED}
    assert APPLICATION_TRANSITIONS.table["award"][0] == {S.PROPOSED}
    assert CHANGEABLE < ASSESSABLE < UNDECIDED
