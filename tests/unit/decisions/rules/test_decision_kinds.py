"""The kinds of decision: which may follow what, and for how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.rules.grounds import grounds_for
from voorjebuurt.decisions.rules.kinds import (
    AMOUNT_CODES,
    DECISION_TRANSITIONS,
    FIRST,
    FROM_STATES,
    GRANTS,
    ON_SENDING,
    WITH_GROUNDS,
    DecisionKind,
    DecisionStatus,
    Sums,
    amount_bounds,
    at_stake,
    before_of,
)
from voorjebuurt.decisions.rules.objections import OBJECTION_TRANSITIONS, ObjectionStatus
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus

K, A = DecisionKind, ApplicationStatus
CENTS = st.integers(0, 1_000_000)
SUMS = st.builds(Sums, claim=CENTS, granted=CENTS, awarded=CENTS, entitled=CENTS, owed=CENTS)


@pytest.mark.parametrize(("state", "action"), DECISION_TRANSITIONS.refused(DecisionStatus))
def test_every_other_transition_of_a_decision_is_refused(
    state: DecisionStatus, action: str
) -> None:
    with pytest.raises(TransitionError):
        DECISION_TRANSITIONS.after(state, action)


@pytest.mark.parametrize(("state", "action"), OBJECTION_TRANSITIONS.refused(ObjectionStatus))
def test_every_other_transition_of_an_objection_is_refused(
    state: ObjectionStatus, action: str
) -> None:
    with pytest.raises(TransitionError):
        OBJECTION_TRANSITIONS.after(state, action)


@pytest.mark.parametrize("kind", K)
def test_a_decision_that_may_be_proposed_can_be_carried_out(kind: DecisionKind) -> None:
    """The two tables agree: from every state in which a kind starts, its end can be reached."""
    for state in FROM_STATES[kind]:
        if kind in FIRST:
            action = "propose_refusal" if kind is K.REFUSAL else "propose"
            state = APPLICATION_TRANSITIONS.after(state, action)
        on_sending = ON_SENDING[kind]
        assert on_sending is None or APPLICATION_TRANSITIONS.allowed(state, on_sending)


def test_exactly_what_takes_something_away_needs_grounds() -> None:
    assert {kind for kind in K if grounds_for(kind.value)} == WITH_GROUNDS
    assert AMOUNT_CODES.keys() == FROM_STATES.keys() == ON_SENDING.keys() == set(K)


@given(sums=SUMS)
def test_no_award_passes_what_the_division_grants(sums: Sums) -> None:
    for kind in GRANTS:
        low, high = amount_bounds(kind, sums)
        assert high <= sums.granted or low > high
    award = amount_bounds(K.AWARD, sums)
    assert award[0] >= sums.claim or award[0] > award[1]
    partial = amount_bounds(K.PARTIAL_AWARD, sums)
    assert partial[1] < max(1, sums.claim, sums.granted)


@given(sums=SUMS)
def test_what_is_settled_stays_within_what_was_awarded_and_owed(sums: Sums) -> None:
    assert amount_bounds(K.DETERMINATION, sums) == (sums.awarded, sums.awarded)
    assert amount_bounds(K.LOWER_DETERMINATION, sums)[1] == sums.awarded - 1
    assert amount_bounds(K.CLAWBACK, sums)[1] == max(0, sums.owed - sums.entitled)
    assert amount_bounds(K.AWARD_CHANGE, sums) == (1, sums.awarded - 1)
    assert amount_bounds(K.DETERMINATION_CHANGE, sums) == (0, sums.entitled - 1)


@given(kind=st.sampled_from(K), amount=CENTS, sums=SUMS)
def test_at_stake_is_everything_that_is_decided_about(
    kind: DecisionKind, amount: int, sums: Sums
) -> None:
    before = before_of(kind, sums)
    stake = at_stake(kind, amount=amount, before=before, claim=sums.claim)
    assert stake >= amount
    if kind in (K.REFUSAL, K.PARTIAL_AWARD):
        assert stake >= sums.claim
    if kind in (K.WITHDRAWAL, K.LOWER_DETERMINATION):
        assert stake >= sums.awarded
    if kind is K.AWARD_CHANGE:
        assert stake >= sums.awarded
    if kind is K.DETERMINATION_CHANGE:
        assert stake >= sums.entitled
    assert A.ADMITTED in FROM_STATES[K.AWARD]
