"""What is left of each award by the decisions after it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voorjebuurt.decisions.reports.queries import SentDecision
from voorjebuurt.decisions.rules.kinds import BESIDE, GRANTS, DecisionKind, settled_by
from voorjebuurt.matching.applications.states import ApplicationStatus


@dataclass(frozen=True)
class NetAward:
    """The last award of an application and what holds of it now (eurocents).

    ``loss`` says what took the rest off: ``lowered``, ``revoked`` or ``expired``; empty where
    nothing did.
    """

    decision: SentDecision
    net_cents: int
    loss: str

    @property
    def loss_cents(self) -> int:
        """What was taken off."""
        return self.decision.award_cents - self.net_cents


_LOSSES = {
    DecisionKind.WITHDRAWAL: "revoked",
    DecisionKind.LOWER_DETERMINATION: "lowered",
    DecisionKind.DETERMINATION_CHANGE: "lowered",
}


def net_awards(
    decisions: Iterable[SentDecision],
    statuses: Mapping[UUID, str],
    void_since: Mapping[UUID, datetime],
) -> list[NetAward]:
    """The awards of a fund, from all its decisions in the order of sending.

    ``statuses`` are those of the applications. After an objection the last award counts.
    ``void_since``: when an application was opened again of which nothing is awarded now. What was
    awarded before that does not come back by itself.
    """
    by_application: dict[UUID, list[SentDecision]] = {}
    for decision in decisions:
        by_application.setdefault(decision.application_id, []).append(decision)
    return [
        award
        for application_id, own in by_application.items()
        if (award := _award(own, statuses.get(application_id, ""), void_since.get(application_id)))
        is not None
    ]


def _award(
    decisions: Sequence[SentDecision], status: str, void_since: datetime | None
) -> NetAward | None:
    places = [place for place, each in enumerate(decisions) if each.kind in GRANTS]
    if not places:
        return None
    award, later = decisions[places[-1]], decisions[places[-1] + 1 :]
    if status == ApplicationStatus.EXPIRED:
        return NetAward(award, 0, "expired")
    net_cents, loss = award.award_cents, ""
    for decision in later:
        kind = DecisionKind(decision.kind)
        if kind is DecisionKind.REFUSAL:
            net_cents, loss = 0, "revoked"
        elif kind is DecisionKind.AWARD_CHANGE:
            net_cents = min(award.award_cents, decision.amount_cents)
            loss = "lowered" if net_cents < award.award_cents else ""
        elif kind not in BESIDE:
            net_cents = settled_by(kind, decision.amount_cents) or 0
            loss = _LOSSES.get(kind, "")
    if net_cents and void_since is not None and award.sent_at <= void_since:
        return NetAward(award, 0, "expired")
    return NetAward(award, net_cents, loss)
