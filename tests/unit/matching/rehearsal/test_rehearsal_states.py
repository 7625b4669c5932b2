"""What may follow what in a rehearsal."""

from itertools import product

import pytest

from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.rehearsal.states import REHEARSAL_TRANSITIONS, RehearsalStatus

S = RehearsalStatus
LEGAL = {
    (S.WAITING, "start"): S.RUNNING,
    (S.RUNNING, "start"): S.RUNNING,
    (S.RUNNING, "finish"): S.DONE,
    (S.RUNNING, "fail"): S.FAILED,
}
EVERYTHING = list(product(S, REHEARSAL_TRANSITIONS.table))


@pytest.mark.parametrize(("state", "action"), [pair for pair in EVERYTHING if pair in LEGAL])
def test_an_allowed_transition(state: RehearsalStatus, action: str) -> None:
    assert REHEARSAL_TRANSITIONS.after(state, action) is LEGAL[state, action]


@pytest.mark.parametrize(("state", "action"), [pair for pair in EVERYTHING if pair not in LEGAL])
def test_a_refused_transition(state: RehearsalStatus, action: str) -> None:
    with pytest.raises(TransitionError):
        REHEARSAL_TRANSITIONS.after(state, action)
