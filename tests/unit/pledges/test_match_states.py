"""States of a campaign's match, and every transition that is refused."""

import pytest

from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.pledges.rules import MATCH_TRANSITIONS, MatchStatus

ILLEGAL = {
    "fix": "fixed awarded committed received released",
    "award": "committed received released",
    "commit": "open fixed committed received released",
    "receive": "open fixed awarded received released",
    "release": "committed received released",
    "reopen": "open fixed awarded committed received",
    "raise": "open fixed awarded released",
    "unfix": "open awarded committed received released",
    "promise_again": "open fixed awarded released",
    "lower_to_nothing": "open fixed awarded released",
}
PAIRS = sorted((state, action) for action, states in ILLEGAL.items() for state in states.split())


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_a_refused_transition_of_a_match(state: str, action: str) -> None:
    with pytest.raises(TransitionError):
        MATCH_TRANSITIONS.after(MatchStatus(state), action)


def test_no_other_transition_of_a_match_is_refused() -> None:
    illegal = {(state.value, action) for state, action in MATCH_TRANSITIONS.refused(MatchStatus)}
    assert illegal == set(PAIRS)
