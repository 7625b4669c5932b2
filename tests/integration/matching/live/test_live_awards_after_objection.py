"""A decision on an objection in a live fund: a maximum, or what its rule gives after the end."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import draft, heard, objected, ruled
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory
from tests.support.factories.towns import officer
from tests.support.giving import paid
from tests.support.live_cases import MOST, Live, awarded, charge_back, check_all, ended, refused
from tests.support.live_funds import cents, follow
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.preview import ruling_bounds
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.proof.objection_schema import read_ruling
from voorjebuurt.decisions.proof.snapshots import read, replay
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.matching.models import Application, FundPot
from voorjebuurt.matching.pots.queries import most_for
from voorjebuurt.matching.pots.service import move


def upheld(
    session: Session, case: Live, decision: Decision, new: Replacement, **fields: Any
) -> Decision:
    """Two officers who did not decide before find the objection right; what came in the place."""
    place = case.fund.municipality_id
    two = officer(session, place, "Rosa"), officer(session, place, "Bram")
    objection = objected(session, case, decision)
    heard(session, objection, two[0])
    ruling = ruled(session, objection, "upheld", new, by=two, **fields)
    follow(session, case.fund)
    return session.get_one(Decision, ruling.replacement_id)


AT_MOST = Replacement("award", MOST)


def test_a_ruling_replaces_a_refusal_by_a_maximum_while_the_campaign_runs(
    session: Session, case: Live
) -> None:
    check_all(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    award = upheld(session, case, refusal, AT_MOST)
    match = case.match(session)
    assert (match.status, match.maximum_cents, match.match_cents) == ("awarded", MOST, 7_500)
    assert cents(session, case.application) == [5_000, 2_500]
    assert read(award.snapshot).basis.kind == "maximum"
    assert replay(award.snapshot).same
    (message,) = mails_of(session, "objection_decided")
    assert "Toegekend: hoogstens € 400" in words_of(message)
    ruling = session.scalars(select(ObjectionRuling)).one()
    letter = ruling_letter(read_ruling(ruling.snapshot)).text
    assert f"besluit {award.number} in de plaats: wij kennen hoogstens €\u00a0400" in letter
    ended(session, case)
    assert (case.match(session).status, case.match(session).fixed_cents) == ("committed", 7_500)


def test_a_refusal_before_admission_is_replaced_by_a_maximum_too(
    session: Session, case: Live
) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    upheld(session, case, refusal, AT_MOST)
    assert (case.application.status, case.match(session).match_cents) == ("awarded", 7_500)
    assert case.application.admitted_at is not None


def test_after_an_objection_a_refused_campaign_that_succeeded_gets_what_the_rule_gives(
    session: Session, case: Live
) -> None:
    check_all(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    ended(session, case)
    award = upheld(session, case, refusal, AT_MOST)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert (case.match(session).match_cents, case.match(session).status) == (7_500, "committed")
    assert replay(award.snapshot).same


def test_a_gift_that_went_back_since_the_refusal_is_not_matched_after_the_ruling(
    session: Session, case: Live
) -> None:
    """What was decided is a maximum: the allocator follows the gifts, also those that went back."""
    check_all(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    ended(session, case)
    charge_back(session, case, case.second, 2_500)
    upheld(session, case, refusal, AT_MOST)
    assert settle_campaign(session, campaign_id=case.campaign.id)
    assert (case.match(session).match_cents, case.match(session).status) == (5_000, "committed")


def test_after_an_objection_to_a_withdrawal_what_gifts_earned_comes_back(
    session: Session, case: Live
) -> None:
    awarded(session, case)
    withdrawal = case.send(session, "withdrawal", 0, "not_done")
    assert case.match(session).match_cents == 0
    upheld(session, case, withdrawal, AT_MOST)
    assert case.match(session).match_cents == 7_500
    ended(session, case)
    assert (case.match(session).status, case.match(session).fixed_cents) == ("committed", 7_500)


def test_a_gift_that_went_back_since_a_withdrawal_does_not_come_back(
    session: Session, case: Live
) -> None:
    awarded(session, case)
    withdrawal = case.send(session, "withdrawal", 0, "not_done")
    charge_back(session, case, case.second, 2_500)
    upheld(session, case, withdrawal, AT_MOST)
    assert case.match(session).match_cents == 5_000


def test_a_lower_maximum_after_an_objection_lets_go_what_is_above_it(
    session: Session, case: Live
) -> None:
    first = awarded(session, case)
    upheld(session, case, first, Replacement("partial_award", 6_000, ("ceiling",), "Minder."))
    assert (case.match(session).maximum_cents, case.match(session).match_cents) == (6_000, 6_000)


def test_a_higher_maximum_after_an_objection_matches_the_gifts_that_were_above_it(
    session: Session, case: Live
) -> None:
    first = awarded(session, case, 6_000)
    assert case.match(session).match_cents == 6_000
    upheld(session, case, first, AT_MOST)
    assert (case.match(session).maximum_cents, case.match(session).match_cents) == (MOST, 7_500)
    paid(session, case.campaign, amount_cents=1_000, tip_cents=0, email="c@x.example")
    follow(session, case.fund)
    ended(session, case)
    assert case.match(session).fixed_cents == 8_500


def test_a_higher_maximum_after_the_end_gives_what_the_rule_gives(
    session: Session, case: Live
) -> None:
    first = awarded(session, case, 6_000)
    ended(session, case)
    assert case.match(session).fixed_cents == 6_000
    award = upheld(session, case, first, Replacement("award", 7_500))
    match = case.match(session)
    assert (match.status, match.match_cents, match.fixed_cents) == ("committed", 7_500, 7_500)
    assert replay(award.snapshot).same


def others_get(session: Session, application: Application, cents: int) -> None:
    """Money of the pot goes to another campaign, or comes back from it."""
    key = f"test:{new_id()}"
    move(session, application_id=application.id, kind="test", key=key, cents=cents, actor=SYSTEM)


def test_in_an_empty_live_fund_a_ruling_asks_for_a_higher_ceiling_first(
    session: Session, case: Live
) -> None:
    """Others have it: nothing goes above the ceiling for gifts that are still to come."""
    check_all(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    other = ApplicationFactory(fund=case.fund, campaign=CampaignFactory(status="live"))
    others_get(session, other, most_for(session, other.id))
    objection = objected(session, case, refusal)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    bounds = ruling_bounds(session, objection_id=objection.id, actor=rosa)
    assert (bounds.pot_short, [each.kind for each in bounds.kinds]) == (True, ["refusal"])
    others_get(session, other, -5_000)
    assert not ruling_bounds(session, objection_id=objection.id, actor=rosa).pot_short
    heard(session, objection, rosa)
    less = Replacement("partial_award", 5_000, ("ceiling",), "Er is niet meer.")
    above_it = draft("upheld", less, extra_cents=1_000, extra_reason="Van de raad.")
    refused(
        "extra_not_for_maximum",
        propose_ruling,
        session,
        objection_id=objection.id,
        draft=above_it,
        actor=rosa,
    )


def test_what_the_rule_gives_after_the_end_can_go_above_the_ceiling(
    session: Session, case: Live
) -> None:
    """Awb 4:25, third paragraph: of an amount that is owed it is certain what is short."""
    first = awarded(session, case, 6_000)
    ended(session, case)
    other = ApplicationFactory(fund=case.fund, campaign=CampaignFactory(status="live"))
    others_get(session, other, most_for(session, other.id) - 500)
    new = Replacement("award", 7_500)
    award = upheld(session, case, first, new, extra_cents=1_000, extra_reason="Van de raad.")
    match, pot = case.match(session), session.get_one(FundPot, case.fund.id)
    assert (match.status, match.match_cents, match.maximum_cents) == ("committed", 7_500, 7_500)
    assert pot.taken_cents == pot.ceiling_cents + 1_000
    assert (pot.extra_cents, award.amount_cents) == (1_000, 7_500)
