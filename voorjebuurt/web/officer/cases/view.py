"""An application with the whole story of its campaign: what its page shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import AttachmentRow, of_application, unclean_receipts
from voorjebuurt.campaigns.corrections import corrected_since
from voorjebuurt.campaigns.overview import OverviewRow, campaign_overview
from voorjebuurt.decisions.cases.queries import other_applications
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.overviews.case_file import CaseFile, case_file
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_award, proposable_kinds
from voorjebuurt.decisions.paper.filings import Filing, filings_of
from voorjebuurt.decisions.posting.queries import Posting, postings_of_case
from voorjebuurt.decisions.proof.schema import ComputedAward
from voorjebuurt.decisions.proof.snapshots import computation_of
from voorjebuurt.decisions.reports.imports_undone import UndoneImport, undone_imports
from voorjebuurt.decisions.reports.state_aid import StateAid, state_aid
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionKind
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rules.rates import RateTable
from voorjebuurt.decisions.rulings.sums import may_be_alone
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applicants.rules import ApplicantDetails
from voorjebuurt.matching.applicants.service import details_of
from voorjebuurt.matching.applications.queries import ApplicationRow, application_row
from voorjebuurt.matching.pots.deposit_queries import DepositRow, booked_clawbacks
from voorjebuurt.payouts.queries import PayoutRow, campaign_payouts
from voorjebuurt.people.appointments.powers import mandate_kinds, officers_for
from voorjebuurt.people.queries import names_of
from voorjebuurt.people.rules import MandateKind
from voorjebuurt.people.teams.queries import team_names
from voorjebuurt.places.lineage import lineage
from voorjebuurt.pledges.queries import CrowdTotal, crowd_totals
from voorjebuurt.pledges.rules import MatchRung
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.ruleset import Ruleset


@dataclass(frozen=True)
class CaseView:
    """See above. ``stake`` is the kind of stake that the officer who looks has, if any.

    ``kinds`` can be proposed now, by this officer; ``beyond`` could be too, by the colleagues
    named, whose mandate is for it. ``award_obstacle`` is why an award can't.
    ``alone``: decided on again after an objection, outside any division of the pot. ``undone``:
    imports that decisions here used, and that were rolled back since. ``paid_back``: what came in
    of claims, and is booked. ``page_changed_at``: the page says something else since they applied.
    """

    file: CaseFile
    row: ApplicationRow
    campaign: OverviewRow
    total: CrowdTotal
    stake: str | None
    ruleset: Ruleset
    computed: ComputedAward
    others: Sequence[ApplicationRow]
    areas: Mapping[str, str]
    kinds: Sequence[DecisionKind]
    beyond: Sequence[tuple[DecisionKind, Sequence[str]]]
    award_obstacle: DomainError | None
    alone: bool
    undone: Sequence[UndoneImport]
    payouts: Sequence[PayoutRow]
    paid_back: Sequence[DepositRow]
    attachments: Sequence[AttachmentRow]
    filings: Sequence[Filing]
    postings: Sequence[Posting]
    unclean_receipts: frozenset[str]
    details: ApplicantDetails | None
    aid: StateAid
    names: Mapping[UUID, str]
    team: str
    page_changed_at: datetime | None

    @property
    def met(self) -> int:
        """How many items of the checklist are met."""
        return sum(1 for finding in self.file.checklist if finding.met)

    @property
    def by_score(self) -> bool:
        """Whether the fund gives to the best first: then officers score every application."""
        return self.ruleset.divide.reads_scores

    @property
    def in_turn(self) -> bool:
        """Whether the fund gives in turn: then a part of a second of receipt may count."""
        return self.ruleset.divide.in_turn

    @property
    def open_decision(self) -> Any:
        """The decision that waits for a second officer, or to be sent."""
        return next((decision for decision in self.file.decisions if decision.status in OPEN), None)

    @property
    def spending(self) -> list[tuple[str, int]]:
        """What the money went to (label, cents), in the last account of it."""
        accountings = self.file.accountings
        return (
            [(line["label"], line["cents"]) for line in accountings[-1].lines]
            if accountings
            else []
        )

    @property
    def open_objection(self) -> Any:
        """The objection that waits for an outcome."""
        return next(
            (objection for objection in self.file.objections if objection.status == "received"),
            None,
        )


def case_view(
    session: Session, application_id: UUID, person_id: UUID, table: RateTable
) -> CaseView | None:
    """See ``CaseView``; None when there is no such application."""
    row = application_row(session, application_id)
    file = case_file(session, application_id)
    campaign = campaign_overview(session, row.campaign_id) if row else None
    if row is None or file is None or campaign is None:
        return None
    areas = lineage(session, codes=file.application.areas)
    ruleset = stored_ruleset(file.version.rules)
    others = other_applications(session, file.application)
    computation = computation_of(session, file.application, ruleset).computed
    possible = proposable_kinds(session, file.application, computation, table)
    own = mandate_kinds(session, person_id, row.municipality_id)
    is_granted = file.money.rung != MatchRung.RESERVED
    filings = filings_of(session, application_id)
    registrars = [filing.registered_by for filing in filings]
    now_cents = file.money.most_cents if is_granted else computation.award_cents
    return CaseView(
        file=file,
        row=row,
        campaign=campaign,
        total=crowd_totals(session, [campaign.id])[campaign.id],
        stake=stake_reason(session, person_id=person_id, campaign_id=campaign.id),
        ruleset=ruleset,
        computed=computation,
        others=[other for other_id in others if (other := application_row(session, other_id))],
        areas={code: area.name for code, area in areas.items()},
        kinds=[kind for kind in possible if mandate_for(kind) in own],
        beyond=_beyond(session, row.municipality_id, possible, own),
        award_obstacle=obstacle_to_award(session, file.application, computation),
        alone=may_be_alone(session, application_id),
        undone=undone_imports(session, [row.municipality_id], application_id=application_id),
        payouts=campaign_payouts(session, campaign.id),
        paid_back=booked_clawbacks(session, application_id),
        attachments=of_application(session, application_id),
        filings=filings,
        postings=postings_of_case(session, application_id),
        unclean_receipts=unclean_receipts(session, application_id),
        details=details_of(session, application_id),
        aid=state_aid(session, application_id, now_cents=now_cents),
        names={**file.names, **names_of(session, [*_others_named(file), *registrars])},
        team=team_names(session, [row.team_id]).get(row.team_id, "") if row.team_id else "",
        page_changed_at=corrected_since(session, campaign.id, file.application.received_at),
    )


def _beyond(
    session: Session,
    municipality_id: UUID,
    possible: Sequence[DecisionKind],
    own: frozenset[MandateKind],
) -> list[tuple[DecisionKind, Sequence[str]]]:
    """What can be proposed and is not for who looks, with who can."""
    colleagues = {
        kind: list(officers_for(session, municipality_id=municipality_id, kind=kind).values())
        for kind in {mandate_for(each) for each in possible} - own
    }
    return [
        (each, colleagues[mandate_for(each)])
        for each in possible
        if mandate_for(each) in colleagues
    ]


def _others_named(file: CaseFile) -> Iterator[UUID | None]:
    """Who is named beside those that the file names itself."""
    yield from (stake.person_id for stake in file.stakes)
    yield from (finding.by for finding in file.checklist)
    yield from (event.by for event in file.clock)
    yield from (account.by for account in file.accountings)
    yield from (objection.decided_by for objection in file.objections)
