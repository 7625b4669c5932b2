"""What a decision would be if it were proposed now: its bounds, and its letter as a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from voorjebuurt.decisions import letters
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.proof.snapshots import Proposal, snapshot_now
from voorjebuurt.decisions.rules.changes import NO_TERMS, ChangeTerms
from voorjebuurt.decisions.rules.grounds import Ground, article_of, grounds_for
from voorjebuurt.decisions.rules.kinds import (
    DecisionKind,
    Sums,
    amount_bounds,
    before_of,
    from_states,
)
from voorjebuurt.decisions.rulings.kind_checks import refuse_late_aside
from voorjebuurt.decisions.rulings.sums import interest_asked, sums_of
from voorjebuurt.decisions.views.weighing import (
    NOTHING_SAID,
    Weighing,
    basis_of_views,
    content_of,
)
from voorjebuurt.kernel.errors import refusal_of
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application

_DRAFT_NUMBER = "concept"


@dataclass(frozen=True)
class GroundChoice:
    """A ground that a kind of decision may rest on, with its article."""

    code: str
    article: str


@dataclass(frozen=True)
class DecisionBounds:
    """Between what amounts one kind of decision may be now (eurocents), and on which grounds.

    ``before_cents`` stood before it; ``entitled_cents`` may be kept by the last decision.
    ``lowest_cents`` above ``highest_cents``: this kind is not possible with what was computed.
    ``is_maximum``: of a live fund, that matches gifts up to the amount from then on.
    """

    kind: DecisionKind
    claim_cents: int
    granted_cents: int
    before_cents: int
    entitled_cents: int
    lowest_cents: int
    highest_cents: int
    grounds: Sequence[GroundChoice]
    is_maximum: bool = False

    @property
    def possible(self) -> bool:
        """Whether any amount is right."""
        return self.lowest_cents <= self.highest_cents

    @property
    def settled_cents(self) -> int | None:
        """The amount, where it follows from what was computed or awarded; else None."""
        return self.highest_cents if self.lowest_cents == self.highest_cents else None


def possible_kinds(application: Application, *, live: bool) -> list[DecisionKind]:
    """The kinds of decision that an application's state leads to, in a live fund or another."""
    status = ApplicationStatus(application.status)
    return [kind for kind in DecisionKind if status in from_states(kind, live=live)]


def decision_bounds(
    session: Session,
    *,
    application_id: UUID,
    kind: DecisionKind,
    terms: ChangeTerms = NO_TERMS,
) -> DecisionBounds:
    """What a decision of this kind may say now; of interest up to the day in its ``terms``."""
    application = session.get_one(Application, application_id)
    proposal = Proposal(_DRAFT_NUMBER, kind.value, 0, terms=terms)
    snapshot, sums = _now(session, application, proposal)
    lowest, highest = amount_bounds(kind, sums)
    return DecisionBounds(
        kind=kind,
        claim_cents=snapshot.computed.claim_cents,
        granted_cents=sums.granted,
        before_cents=before_of(kind, sums),
        entitled_cents=sums.entitled,
        lowest_cents=max(0, lowest),
        highest_cents=max(0, highest),
        grounds=[_choice(ground, kind) for ground in _grounds_now(session, application, kind)],
        is_maximum=snapshot.is_maximum,
    )


def draft_letter(
    session: Session,
    *,
    application_id: UUID,
    kind: DecisionKind,
    amount_cents: int,
    grounds: Sequence[str],
    reason: str,
    weighing: Weighing = NOTHING_SAID,
    terms: ChangeTerms = NO_TERMS,
) -> Markup:
    """The letter as it would go out, without a number and a date. ``grounds`` must be listed.

    Raises ``DomainError`` as ``basis_of_views``.
    """
    application = session.get_one(Application, application_id)
    content = content_of(kind, amount_cents, grounds)
    views = basis_of_views(session, application_id, content, weighing)
    proposal = Proposal(
        _DRAFT_NUMBER, kind.value, amount_cents, grounds=tuple(grounds), reason=reason, terms=terms
    )
    snapshot, sums = _now(session, application, proposal)
    before = before_of(kind, sums)
    draft = replace(
        snapshot,
        decision=replace(snapshot.decision, before_cents=before),
        views=views.told if views else None,
    )
    return letters.show(draft.text)


def _now(session: Session, application: Application, proposal: Proposal) -> tuple[Snapshot, Sums]:
    kind = DecisionKind(proposal.kind)
    interest = interest_asked(session, application.id, kind, proposal.terms)
    facts = interest.told() if interest else None
    snapshot = snapshot_now(session, application, replace(proposal, interest=facts))
    return snapshot, sums_of(session, application, snapshot.computed, interest)


def _grounds_now(session: Session, application: Application, kind: DecisionKind) -> list[Ground]:
    """Those that the decision may rest on today."""

    def is_possible(ground: Ground) -> bool:
        check = partial(refuse_late_aside, session, application, [ground.code])
        return refusal_of(check) is None

    return [ground for ground in grounds_for(kind.value) if is_possible(ground)]


def _choice(ground: Ground, kind: DecisionKind) -> GroundChoice:
    return GroundChoice(ground.code, article_of(ground, kind.value))
