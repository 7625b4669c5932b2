"""Applications in every state in one fund, for the pages of officers: long names, large amounts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support import case_steps as steps
from tests.support.applicants import details
from tests.support.factories import towns
from tests.support.factories.attachments import AttachmentFactory
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.decisions import ObjectionFactory
from tests.support.late_claims import came_in, interest_sent, ordered
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.assessment import mark_item, verify_groups
from voorjebuurt.decisions.models import Accounting, CaseNote, Decision, Stake
from voorjebuurt.decisions.objections.court.appeals import register_appeal
from voorjebuurt.decisions.objections.court.penalties import register_default
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.decisions.views.answers import give_views
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.pots.corrections import claw_back
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

CLAIM, LATE = 150_000, 900_000
LAST_KNOWN = date(2026, 6, 30)
"""The last day of which the settings know the percentage of interest."""
STATES = ("received", "incomplete", "admitted", "proposed", "approved", "awarded", "refused")
WEEKS = {"received": 12, "incomplete": 9}
"""How long ago an application came in; nine where nothing is said, so its term is over."""


@dataclass(frozen=True)
class Cases:
    """What was made, by the state of the application; ``accounted`` was awarded before.

    Of the intentions one waits for views, of the other they came in.
    Of the objections one waits, on one is decided and appealed, and on one a decision is proposed.
    """

    fund: Fund
    applications: dict[str, Application]
    decisions: dict[str, Decision]
    small_fund: Fund
    objection_id: UUID
    ruled_id: UUID
    proposed_ruling_id: UUID
    letter_id: UUID
    intention_ids: list[UUID]
    interest_decision_id: UUID
    notice_id: UUID


def set_cases(
    session: Session,
    buurt: Neighbourhood,
    officer: Actor,
    titles: dict[str, str],
    applicant: Person,
) -> Cases:
    """One application in each state, all of ``applicant``.

    ``officer`` looks; a colleague proposed what is proposed.
    """
    fund = towns.town_fund(buurt.municipality_id, name="Wijkfonds Groen & Ontmoeten 2026")
    colleague = towns.officer(session, buurt.municipality_id, "Piet Hendriks", 900_000_000)
    applications = {
        state: _applied(session, fund, _campaign(buurt, applicant, titles.get(state)), state)
        for state in (*STATES, "accounted")
    }
    _assess(session, applications["received"], officer)
    _ask(session, applications["incomplete"], officer)
    rest = [
        applications[state]
        for state in ("admitted", "proposed", "approved", "awarded", "accounted")
    ]
    for application in (*rest, applications["refused"]):
        towns.admitted(session, application, colleague)
    towns.divided(session, fund, {application.id: CLAIM for application in rest})
    decisions = {
        "proposed": _proposed(session, applications["proposed"], "award", colleague),
        "approved": _sent(
            session, applications["approved"], "award", officer, colleague, minutes=25
        ),
        "awarded": _sent(session, applications["awarded"], "award", officer, colleague),
        "accounted": _sent(session, applications["accounted"], "award", officer, colleague),
        "refused": _sent(session, applications["refused"], "refusal", officer, colleague),
    }
    _account(session, applications["accounted"])
    _attach(session, applications["received"])
    about: dict[str, Any] = {"application_id": applications["awarded"].id, "actor": SYSTEM}
    claw_back(session, cents=10_000, key="scene", **about)
    objection = ObjectionFactory(decision=decisions["refused"])
    judges = [
        towns.officer(session, buurt.municipality_id, name, 900_000_000)
        for name in ("Rosa de Rechter", "Bram Bezwaar")
    ]
    ruled_id = _ruled(session, decisions["accounted"], judges)
    proposed_id = _ruling_proposed(session, decisions["awarded"], judges[0])
    notice_id = _late(session, applications["refused"], colleague)
    letter_id = _to_post(session, decisions["awarded"], applications["awarded"])
    intention_ids = [
        _intended(session, applications["accounted"], "lower_determination", CLAIM - 1, colleague),
        _intended(session, applications["admitted"], "refusal", 0, colleague),
    ]
    give_views(
        session,
        intention_id=intention_ids[1],
        answer="De vergunning is er wel.\n\nZie het nummer in de aanvraag.",
        actor=towns.initiator_of(session.get_one(Campaign, applications["admitted"].campaign_id)),
    )
    small = _small_cases(session, buurt, applicant, officer, colleague)
    late, interest_id = _paid_late(session, buurt, applicant, officer, colleague)
    applications["late"] = late
    return Cases(
        fund,
        applications,
        decisions,
        small,
        objection.id,
        ruled_id,
        proposed_id,
        letter_id,
        intention_ids,
        interest_id,
        notice_id,
    )


def _intended(session: Session, application: Application, kind: str, cents: int, by: Actor) -> UUID:
    return state_intention(
        session,
        application_id=application.id,
        kind=kind,
        amount_cents=cents,
        grounds=["will_not_happen" if kind == "refusal" else "not_done"],
        reason="Het plein wordt volgend jaar bebouwd.\nDaarom.",
        until=clock.today() + timedelta(days=14),
        actor=by,
    )


def _small_cases(
    session: Session, buurt: Neighbourhood, applicant: Person, officer: Actor, colleague: Actor
) -> Fund:
    """A fund with one small case to check, one to approve, and one that is not met."""
    fund = towns.town_fund(
        buurt.municipality_id,
        name="Kleine bedragen voor de straat",
        draft_arrangements=[
            {"from_cents": 0, "way": "direct"},
            {"from_cents": 500_000, "way": "costs"},
        ],
    )
    awaiting, unmet, _fresh = (
        _applied(session, fund, _campaign(buurt, applicant, None), "received") for _ in range(3)
    )
    mark_item(
        session,
        application_id=unmet.id,
        item=towns.CHECKLIST[0],
        is_met=False,
        note="Dit is in een andere gemeente.",
        actor=officer,
    )
    towns.admitted(session, awaiting, colleague)
    towns.divided(session, fund, {awaiting.id: CLAIM})
    _proposed(session, awaiting, "award", colleague)
    return fund


def _paid_late(
    session: Session, buurt: Neighbourhood, applicant: Person, officer: Actor, colleague: Actor
) -> tuple[Application, UUID]:
    """A claim that is paid late: interest of its first months was laid down and paid."""
    fund = towns.town_fund(buurt.municipality_id, name="Fonds voor de straat 2026")
    campaign = _campaign(buurt, applicant, "Een speelplek voor de hele straat")
    application = _applied(session, fund, campaign, "late")
    towns.admitted(session, application, colleague)
    towns.divided(session, fund, {application.id: LATE})
    case = towns.Town(fund, campaign, application, officer, colleague)
    begin = clock.noon(LAST_KNOWN - timedelta(days=200))
    with clock.at(begin):
        case.send(session, "award", LATE)
        steps.pay_out(session, case, LATE)
        campaign.status = "paid_out"
        case.send(session, "withdrawal", 0, "not_done")
        case.send(session, "clawback", LATE, "overpaid")
    until = begin.date() + timedelta(days=100)
    with clock.at(clock.noon(until + timedelta(days=3))):
        decision = interest_sent(session, case, ordered(until))
        came_in(session, case, decision.amount_cents + 100_000)
    return application, decision.id


def case_values(cases: Cases) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of the officer's pages."""
    new_values = [{"application_id": cases.applications["received"].id}]
    decisions = [{"decision_id": decision.id} for decision in cases.decisions.values()]
    proposal_values = [{"decision_id": cases.decisions["proposed"].id}]
    applications = [
        {"application_id": application.id} for application in cases.applications.values()
    ]
    objection = [{"objection_id": cases.objection_id}]
    over = [{"objection_id": cases.ruled_id}]
    ruling = [{"objection_id": cases.proposed_ruling_id}]
    refused_id = cases.applications["refused"].id
    penalty = [{"application_id": refused_id, "notice_id": cases.notice_id}]
    deeds = (
        "ask_completion",
        "declare_stake",
        "extend_term",
        "mark_checklist",
        "set_areas",
        "set_score",
        "verify_groups",
        "assign_application",
        "write_note",
    )
    return {
        **{f"officer.{deed}": new_values for deed in deeds},
        "officer.show_application": applications,
        "officer.propose_decision": [
            {"application_id": cases.applications[state].id, "kind": kind}
            for state, kind in (
                ("admitted", "toekenning"),
                ("admitted", "gedeeltelijke-toekenning"),
                ("received", "weigering"),
                ("awarded", "intrekking"),
                ("accounted", "vaststelling"),
                ("admitted", "weigering"),
                ("accounted", "lagere-vaststelling"),
            )
        ],
        "officer.state_intention": [
            {"application_id": cases.applications[state].id, "kind": kind}
            for state, kind in (("received", "weigering"), ("awarded", "intrekking"))
        ],
        "officer.show_intention": [{"intention_id": key} for key in cases.intention_ids],
        **{
            f"officer.{deed}": [{"intention_id": cases.intention_ids[0]}]
            for deed in ("register_views", "extend_views", "drop_intention")
        },
        "officer.propose_owed_interest": [{"application_id": cases.applications["awarded"].id}],
        "officer.propose_interest": [{"application_id": cases.applications["late"].id}],
        "officer.show_decision": [*decisions, {"decision_id": cases.interest_decision_id}],
        "staff.receive_paid_back": [{"application_id": cases.applications["late"].id}],
        "staff.receive_fund_money": [{"fund_id": cases.fund.id}],
        "officer.show_report": [{"fund_id": cases.fund.id}],
        "officer.decide_small_cases": [{"fund_id": cases.small_fund.id}],
        "officer.show_round": [{"fund_id": cases.fund.id}],
        "officer.register_objection": [{"decision_id": cases.decisions["awarded"].id}],
        "officer.decide_objection": objection,
        "officer.record_step": [
            {**values, "kind": kind}
            for values in objection
            for kind in ("question", "committee", "invitation", "waiver", "hearing", "excuse")
        ],
        "officer.register_court_appeal": over,
        "officer.register_court_judgment": over,
        "officer.register_default_notice": [{"application_id": cases.applications["received"].id}],
        "officer.return_ruling_on_objection": ruling,
        "officer.show_penalty": penalty,
        "officer.propose_late_penalty": penalty,
        "officer.pay_late_penalty": penalty,
        "officer.show_ruling": ruling,
        "officer.withdraw_objection": objection,
        "officer.show_objection": [*objection, *over, *ruling],
        "officer.register_paper_accounting": [
            {"application_id": cases.applications[state].id} for state in ("awarded", "accounted")
        ],
        "officer.register_paper_completion": new_values,
        "officer.register_paper_withdrawal": new_values,
        "officer.show_address": [{"letter_id": cases.letter_id}],
        "officer.show_posting": [{"letter_id": cases.letter_id}],
        "officer.show_letter": proposal_values,
        "officer.dismiss_decision": proposal_values,
        "officer.recall_decision": [{"decision_id": cases.decisions["approved"].id}],
    }


def applicant_values(cases: Cases, live: Campaign) -> dict[str, list[dict[str, Any]]]:
    """The same for the pages of who applied; ``live`` did not apply yet."""
    applications = cases.applications
    ids = {state: {"application_id": application.id} for state, application in applications.items()}
    campaigns = [{"campaign_id": live.id}, {"campaign_id": applications["awarded"].campaign_id}]
    decisions = [{"decision_id": cases.decisions[state].id} for state in ("awarded", "refused")]
    return {
        "resident.show_match": campaigns,
        "resident.apply_for_match": [{"campaign_id": live.id, "fund_id": cases.fund.id}],
        "officer.choose_paper_fund": [{"campaign_id": live.id}],
        "officer.register_paper_application": [{"campaign_id": live.id, "fund_id": cases.fund.id}],
        "resident.show_application": list(ids.values()),
        "resident.complete_match": [ids["received"], ids["incomplete"]],
        "resident.withdraw_match": [ids["received"]],
        "resident.account_for_match": [ids["awarded"], ids["accounted"]],
        "resident.show_decision": decisions,
        "resident.object_to_decision": decisions,
        "resident.withdraw_objection": [{"objection_id": cases.objection_id}],
        "resident.complete_objection": [{"objection_id": cases.objection_id}],
        "resident.show_intention": [{"intention_id": key} for key in cases.intention_ids],
        "resident.give_views": [{"intention_id": cases.intention_ids[0]}],
        "resident.waive_views": [{"intention_id": cases.intention_ids[0]}],
        "resident.show_ruling": [{"objection_id": cases.ruled_id}],
    }


def _to_post(session: Session, decision: Decision, application: Application) -> UUID:
    """A letter that waits to be posted."""
    mailing = Mailing(LetterKind.DECISION, decision.id, decision.number)
    address = (
        "Stichting De Lange Naam van de Wijk\nNoor de Wit\nMolenstraat 12-3\n1234 AB  WATERDAL"
    )
    ask_to_post(session, mailing, application=application, address=address)
    return postings_of(session, decision.id)[-1].id


def _ruled(session: Session, decision: Decision, judges: list[Actor]) -> UUID:
    """An objection that was decided on, and about which the court has an appeal."""
    objection = ObjectionFactory(decision=decision)
    steps.heard(session, objection, judges[0])
    steps.ruled(session, objection, "rejected", by=(judges[0], judges[1]))
    register_appeal(
        session,
        objection_id=objection.id,
        court=steps.COURT,
        case_number="HAA 26/1234",
        lodged_on=clock.today(),
        actor=judges[0],
    )
    return objection.id


def _ruling_proposed(session: Session, decision: Decision, judge: Actor) -> UUID:
    """Together with the objection of a neighbour with a long name."""
    objection = ObjectionFactory(decision=decision)
    theirs = ObjectionFactory(
        decision=decision,
        channel="letter",
        party="other",
        party_name="Wilhelmina Johanna van der Voort van Zijp-Oosterhuis tot Nijenrode",
        party_address="Burgemeester Van Heemskerck-Duijvestijnplein 14\n1234 AB Waterdal",
    )
    for each in (objection, theirs):
        steps.heard(session, each, judge)
    together = steps.draft("rejected", joined=[theirs.id])
    propose_ruling(session, objection_id=objection.id, draft=together, actor=judge)
    return objection.id


def _late(session: Session, application: Application, actor: Actor) -> UUID:
    """A notice of default came in about it."""
    return register_default(
        session,
        application_id=application.id,
        objection_id=None,
        received_on=clock.today(),
        actor=actor,
    )


def _campaign(buurt: Neighbourhood, initiator: Person, title: str | None) -> Campaign:
    titles = {"title": title} if title else {}
    return CampaignFactory(
        neighbourhood=buurt,
        initiator=initiator,
        status="succeeded",
        goal_cents=10_000_000,
        **titles,
    )


def _applied(session: Session, fund: Fund, campaign: Campaign, state: str) -> Application:
    with clock.at(clock.now() - timedelta(weeks=WEEKS.get(state, 9))):
        reach = "Kinderen en ouderen in de straat. Wij bellen overal aan.\n\nOok 's avonds."
        groups = ["Jongeren", "Nieuwkomers"]
        about = details(electronic=state != "awarded")
        return towns.applied(session, fund, campaign, reach=reach, groups=groups, details=about)


def _attach(session: Session, application: Application) -> None:
    """Two files: one with a long name, and one that the scanner refused."""
    name = f"Offerte-van-de-hovenier-voor-de-{'bomen-' * 12}.pdf"
    AttachmentFactory(application=application, name=name)
    AttachmentFactory(application=application, name="Begroting.xlsx", scan="refused")


def _assess(session: Session, application: Application, officer: Actor) -> None:
    about: dict[str, Any] = {"application_id": application.id, "actor": officer}
    first, second = towns.CHECKLIST
    mark_item(session, **about, item=first, is_met=True, note="")
    mark_item(
        session, **about, item=second, is_met=False, note="De offerte van de bomen ontbreekt."
    )
    evidence = "Gesproken met het jongerenwerk op 3 november."
    verify_groups(session, **about, groups=["Jongeren"], evidence=evidence)
    place = application.municipality_id
    session.add(
        CaseNote(
            application_id=application.id,
            municipality_id=place,
            author_id=officer.person_id,
            body="Gebeld met de initiatiefnemer.\nStuurt de offerte morgen.",
            at=clock.now(),
        )
    )
    other = towns.officer(session, place, "Saskia van den Berg-Oudenaarde")
    session.add(
        Stake(
            person_id=other.person_id,
            campaign_id=application.campaign_id,
            municipality_id=place,
            reason="Ik woon aan het plein.",
            at=clock.now(),
            by=other.person_id,
        )
    )
    session.flush()


def _ask(session: Session, application: Application, officer: Actor) -> None:
    until = clock.today() + timedelta(days=14)
    missing = "De begroting telt niet op. Stuur een nieuwe."
    ask_completion(
        session, application_id=application.id, missing=missing, until=until, actor=officer
    )


def _proposed(session: Session, application: Application, kind: str, by: Actor) -> Decision:
    refusal = kind == "refusal"
    grounds = ["will_not_happen", "outside_area"] if refusal else []
    decision_id = propose(
        session,
        application_id=application.id,
        kind=kind,
        amount_cents=0 if refusal else CLAIM,
        grounds=grounds,
        reason="Het plein wordt volgend jaar bebouwd.\nDaarom." if refusal else "",
        actor=by,
        weighing=towns.asked_before(kind, grounds),
    )
    return session.get_one(Decision, decision_id)


def _sent(
    session: Session,
    application: Application,
    kind: str,
    by: Actor,
    approver: Actor,
    minutes: int = 0,
) -> Decision:
    """A decision that was approved; sent at once, or in so many minutes."""
    decision = _proposed(session, application, kind, by)
    approve(session, decision_id=decision.id, recall_minutes=minutes, actor=approver)
    if not minutes:
        send_decision(session, decision_id=decision.id)
    return decision


def _account(session: Session, application: Application) -> None:
    application.status = "accounted"
    session.add(
        Accounting(
            application_id=application.id,
            municipality_id=application.municipality_id,
            at=clock.now(),
            by=application.applicant_id,
            spent_cents=CLAIM,
            story="De bomen staan er. Veertig buren plantten mee.",
            lines=[{"label": "Zes bomen", "cents": 100_000}, {"label": "Aarde", "cents": 50_000}],
            receipts=[{"name": "factuur-bomen.pdf", "key": "x"}],
        )
    )
    session.flush()
