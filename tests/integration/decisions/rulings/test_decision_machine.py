"""Random work on one case: whatever officers and resident do, in whatever order, pot, ledger and
states stay consistent.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, ruled
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.rounds import given as gave
from tests.support.factories.towns import STATEMENT, asked_before, officer, town_divided
from tests.support.profiles import slow
from voorjebuurt.decisions.accounting.service import SpentLine, send_accounting
from voorjebuurt.decisions.cases.terms import complete_application
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.intake.service import object_to_decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.steps_of import course_of_objection
from voorjebuurt.decisions.reports.application_money import application_money
from voorjebuurt.decisions.reports.service import year_report
from voorjebuurt.decisions.rules.grounds import grounds_for
from voorjebuurt.decisions.rules.kinds import FIRST, OPEN, DecisionKind
from voorjebuurt.decisions.rulings.approvals import approve, recall
from voorjebuurt.decisions.rulings.proposals import dismiss, propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.withdrawals import withdraw_application
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import BANK, clawback_receivable, credit, debit, payable
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.funds.queries import fund_row
from voorjebuurt.matching.models import Application, FundPot, PotMove
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.matches import match_totals
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import DECIDED_MATCH, OWED_MATCH

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000
K = DecisionKind
LONG = 10_000
_DETERMINATION = Replacement("determination", 30_000)
_IN_PLACE = {
    "award": Replacement("refusal", 0, ("requirement",), "Toch niet."),
    "partial_award": Replacement("award", CLAIM),
    "refusal": Replacement("award", CLAIM),
    "withdrawal": Replacement("award", CLAIM),
    "determination": Replacement("lower_determination", 10_000, ("not_done",), "Minder."),
    "lower_determination": _DETERMINATION,
    "award_change": Replacement("award", CLAIM),
    "determination_change": _DETERMINATION,
}
"""What comes in the place of a decision that was objected to; of a claim nothing does."""


class Life:
    """One admitted application with a claim of € 500, and everybody who may do something."""

    def __init__(self, database: Database, storage: FolderStorage, prepaid: bool) -> None:
        self.database, self.storage = database, storage
        self.moment, self.paid = NOW, 0
        self.has_changed = True
        with clock.at(NOW), self.database.writing() as session, building_in(session):
            paid_in = 100_000 if prepaid else 0
            self.case = town_divided(session, claim=CLAIM, prepaid=prepaid, paid_in=paid_in)
            place = self.case.fund.municipality_id
            self.rosa = officer(session, place, "Rosa")
            self.bram = officer(session, place, "Bram")
            gave(self.case.campaign, CLAIM, at=NOW - timedelta(days=1))
        self.application_id = self.case.application.id

    def does(self, deed: Callable[[Session], object]) -> None:
        """One deed in a transaction of its own; what is refused has changed nothing."""
        self.moment += timedelta(minutes=1)
        try:
            with clock.at(self.moment), self.database.writing() as session:
                deed(session)
        except DomainError:
            return
        self.has_changed = True

    def last(
        self, session: Session, model: type[Decision] | type[Objection], *statuses: str
    ) -> UUID | None:
        statement = select(model.id).where(
            model.application_id == self.application_id, model.status.in_(statuses)
        )
        return session.scalar(statement.order_by(model.id.desc()).limit(1))

    def propose(self, kind: DecisionKind, cents: int) -> None:
        grounds = [ground.code for ground in grounds_for(kind.value)][:1]
        self.does(
            lambda s: propose(
                s,
                application_id=self.application_id,
                kind=kind.value,
                amount_cents=cents,
                grounds=grounds,
                reason="Daarom." if grounds else "",
                actor=self.case.olga,
                weighing=asked_before(kind.value, grounds),
            )
        )

    def decide(self, kind: DecisionKind, cents: int) -> None:
        self.propose(kind, cents)
        self.approve(0)
        self.send()

    def approve(self, minutes: int) -> None:
        def deed(session: Session) -> None:
            decision_id = self.last(session, Decision, "proposed")
            if decision_id:
                actor = self.case.piet
                approve(session, decision_id=decision_id, recall_minutes=minutes, actor=actor)

        self.does(deed)

    def send(self) -> None:
        def deed(session: Session) -> None:
            decision_id = self.last(session, Decision, "approved")
            if decision_id:
                send_decision(session, decision_id=decision_id)

        self.does(deed)

    def undo(self, after_approval: bool) -> None:
        def deed(session: Session) -> None:
            status = "approved" if after_approval else "proposed"
            decision_id = self.last(session, Decision, status)
            if decision_id:
                stop = recall if after_approval else dismiss
                stop(session, decision_id=decision_id, reason="Fout", actor=self.rosa)

        self.does(deed)

    def withdraw(self) -> None:
        self.does(
            lambda s: withdraw_application(
                s, application_id=self.application_id, reason="", actor=self.case.initiator
            )
        )

    def ask(self, with_answer: bool) -> None:
        until = clock.local(self.moment).date() + timedelta(days=14)
        fields: dict[str, Any] = {"application_id": self.application_id}
        self.does(
            lambda s: ask_completion(
                s, missing="De begroting", until=until, actor=self.case.olga, **fields
            )
        )
        if with_answer:
            self.does(
                lambda s: complete_application(
                    s, answer="Hier", actor=self.case.initiator, **STATEMENT, **fields
                )
            )

    def account(self) -> None:
        self.does(
            lambda s: send_accounting(
                s,
                application_id=self.application_id,
                lines=[SpentLine("Bomen", 30_000)],
                story="Zes bomen.",
                receipts=[],
                storage=self.storage,
                actor=self.case.initiator,
            )
        )

    def object(self, outcome: str) -> None:
        def objecting(session: Session) -> None:
            decision_id = self.last(session, Decision, "sent")
            if decision_id:
                actor = self.case.initiator
                object_to_decision(session, decision_id=decision_id, grounds="Nee", actor=actor)

        def deciding(session: Session) -> None:
            objection_id = self.last(session, Objection, "received")
            if not objection_id:
                return
            objection = session.get_one(Objection, objection_id)
            kind = session.get_one(Decision, objection.decision_id).kind
            if not course_of_objection(session, objection_id).heard:
                heard(session, objection, self.rosa)
            new = _IN_PLACE.get(kind) if outcome == "upheld" else None
            ruled(session, objection, outcome, new, by=(self.rosa, self.bram))

        self.does(objecting)
        self.does(deciding)

    def pay_out(self) -> None:
        """All that is payable leaves the house."""

        def deed(session: Session) -> None:
            cents = balance(session, payable(self.case.campaign.id))
            if cents:
                lines = [debit(payable(self.case.campaign.id), cents), credit(BANK, cents)]
                post(
                    session,
                    kind=BookingKind.PAYMENT_UNEXPLAINED,
                    key=f"out:{self.application_id}:{self.moment}",
                    entries=lines,
                )
                self.paid += cents

        self.does(deed)

    def settle(self, with_payout: bool) -> None:
        """Accounted for, perhaps paid out, determined lower, and claimed back."""
        self.account()
        if with_payout:
            self.pay_out()
        self.decide(K.LOWER_DETERMINATION, 30_000)
        self.decide(K.CLAWBACK, 20_000)

    def change(self, with_payout: bool) -> None:
        """The award becomes lower, once part of it may have left; then what was determined."""
        if with_payout:
            self.pay_out()
        self.decide(K.AWARD_CHANGE, 40_000)
        self.account()
        self.decide(K.DETERMINATION, 40_000)
        self.decide(K.DETERMINATION_CHANGE, 20_000)

    def pot_and_ledger_agree(self) -> None:
        with clock.at(self.moment), self.database.reading() as session:
            match = session.get_one(CampaignMatch, self.application_id)
            pot = session.get_one(FundPot, match.fund_id)
            moves = session.scalar(
                select(func.coalesce(func.sum(PotMove.cents), 0)).where(
                    PotMove.application_id == self.application_id
                )
            )
            assert pot.taken_cents == match.match_cents == certain(moves) <= pot.ceiling_cents
            debt = match.match_cents if match.status in OWED_MATCH else 0
            claim = balance(session, clawback_receivable(self.application_id))
            assert balance(session, payable(self.case.campaign.id)) + self.paid - claim == debt
            self.what_is_shown_is_in_the_ledger(session, match, debt)
            wrong = [
                (check.name, check.differences)
                for check in check_books(session, in_flight_max_days=LONG)
                # The bank paid out without a file here, so what it holds is not the point.
                if not check.passed and check.name != "money_covers_what_is_owed"
            ]
        assert not wrong, wrong

    def what_is_shown_is_in_the_ledger(
        self, session: Session, match: CampaignMatch, debt: int
    ) -> None:
        """Every cent that screens show is owed by the ledger; what is left must come back."""
        money = application_money(session, self.application_id)
        fund = certain(fund_row(session, match.fund_id))
        assert fund.net_cents == money.net_cents
        if match.status in OWED_MATCH:
            assert money.net_cents + money.overpaid_cents == debt
        if match.status in DECIDED_MATCH:
            total = match_totals(session, [self.case.campaign.id])[self.case.campaign.id]
            assert (total.match_cents, total.award_cents) == (money.net_cents, money.net_cents)
            last = session.scalars(
                select(Decision.amount_cents)
                .where(
                    Decision.application_id == self.application_id,
                    Decision.status == "sent",
                    Decision.kind != K.CLAWBACK,
                )
                .order_by(Decision.sent_at.desc())
            ).first()
            assert money.net_cents == last

    def the_states_agree(self) -> None:
        with self.database.reading() as session:
            application = session.get_one(Application, self.application_id)
            match = session.get_one(CampaignMatch, self.application_id)
            decisions = session.scalars(
                select(Decision).where(Decision.application_id == self.application_id)
            ).all()
        waiting = [decision for decision in decisions if decision.status in OPEN]
        assert len(waiting) <= 1
        first = [decision for decision in waiting if decision.kind in FIRST]
        assert (application.status == "proposed") == bool(first)
        assert all(decision.approved_by != decision.proposed_by for decision in decisions)
        assert all(decision.letter_sha256 for decision in decisions if decision.status == "sent")
        if application.status in ("refused", "withdrawn"):
            assert (match.status, match.match_cents) == ("released", 0)
        if application.status in ("awarded", "accounted") and not waiting:
            assert match.match_cents > 0 or match.status == "released"


KINDS = [kind for kind in K if kind is not K.INTEREST]
"""All that can follow on one day: nothing is paid too late there, so no interest runs."""
DEEDS = [
    *[("decide", (kind, cents)) for kind in KINDS for cents in (0, 30_000, CLAIM)],
    *[("decide", (K.AWARD, CLAIM))] * 8,
    *[("decide", (K.PARTIAL_AWARD, 30_000))] * 4,
    *[("settle", (with_payout,)) for with_payout in (True, True, False)],
    *[("change", (with_payout,)) for with_payout in (True, False)],
    *[("decide", (K.AWARD_CHANGE, cents)) for cents in (20_000, 40_000)],
    *[("propose", (kind, cents)) for kind in KINDS for cents in (1, 20_000, CLAIM)],
    *[("approve", (minutes,)) for minutes in (0, 30)],
    *[("undo", (after_approval,)) for after_approval in (True, False)],
    *[("object", (outcome,)) for outcome in (*["upheld"] * 8, "rejected", "rejected")],
    *[("account", ())] * 4,
    *[("pay_out", ())] * 3,
    *[("ask", (with_answer,)) for with_answer in (True, False)],
    ("send", ()),
    ("withdraw", ()),
]
"""What may happen, as often as it helps to get far."""


def reports_agree(session: Session) -> int:
    """What each fund's report adds up is what its case shows, and what everybody reads.

    Returns how many there were to compare that are decided on; of others nothing holds.
    """
    matches = session.scalars(select(CampaignMatch)).all()
    for match in matches:
        report = year_report(session, fund_id=match.fund_id)
        is_decided = match.status in DECIDED_MATCH
        assert report.money.net == (match.net_cents if is_decided else 0)
        assert sum(row.cents for row in report.themes) == report.money.net
        fund_total = destinations(
            session, municipality_id=match.municipality_id, fund_id=match.fund_id
        ).total
        assert fund_total.line.match_cents == report.money.net
    return sum(match.status in DECIDED_MATCH for match in matches)


@pytest.fixture
def outcomes(fresh_database: Database) -> Iterator[dict[str, set[str]]]:
    """What the lives came to, for a look at whether they got anywhere."""
    outcomes: dict[str, set[str]] = {"sent": set(), "objections": set()}
    yield outcomes
    assert len(outcomes["sent"]) >= 5, outcomes
    assert "upheld" in outcomes["objections"]
    with fresh_database.reading() as session:
        assert reports_agree(session) >= 5


@given(prepaid=st.booleans(), deeds=st.lists(st.sampled_from(DEEDS), min_size=8, max_size=24))
@slow(25, *HealthCheck, phases=[Phase.reuse, Phase.generate])
def test_random_work_on_a_case(
    fresh_database: Database,
    tmp_path: Path,
    outcomes: dict[str, set[str]],
    prepaid: bool,
    deeds: list[tuple[str, tuple[str | DecisionKind | int, ...]]],
) -> None:
    life = Life(fresh_database, FolderStorage(tmp_path), prepaid)
    for name, arguments in deeds:
        getattr(life, name)(*arguments)
        if life.has_changed:  # else the database took all of it back, and nothing is new
            life.pot_and_ledger_agree()
            life.the_states_agree()
        life.has_changed = False
    with fresh_database.reading() as session:
        outcomes["sent"] |= set(
            session.scalars(select(Decision.kind).where(Decision.status == "sent"))
        )
        outcomes["objections"] |= set(session.scalars(select(Objection.status)))
