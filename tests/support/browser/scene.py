"""A town with everything in it: each state of a campaign, a gift, an account and a payout.

Names and amounts are as long as they may be, so that a screen that can't hold them shows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.abuse_scene import abuse_values
from tests.support.browser.appointing_scene import appointing_values
from tests.support.browser.case_scene import applicant_values, case_values, set_cases
from tests.support.browser.cash_scene import cash_values
from tests.support.browser.coaching_scene import coaching_values
from tests.support.browser.dedication_scene import dedication_values
from tests.support.browser.fund_scene import fund_values
from tests.support.browser.gift_scene import match_values
from tests.support.browser.last_term_scene import last_term_values
from tests.support.browser.live_scene import live_values
from tests.support.browser.long_words import (
    LONG_EMAIL,
    LONG_NAME,
    LONG_TITLE,
    LONG_WORD,
    MILLIONS,
    Values,
)
from tests.support.browser.mail_scene import (
    address_values,
    data_link_values,
    mail,
    mails_to_mend,
    role_proposal,
    subscriptions,
    wish_values,
)
from tests.support.browser.member_scene import member_values
from tests.support.browser.monthly_scene import monthly_values
from tests.support.browser.municipal_scene import municipal_values
from tests.support.browser.need_scene import need_values
from tests.support.browser.news_scene import news_values
from tests.support.browser.overview_scene import overview_values
from tests.support.browser.proof_scene import proof_values
from tests.support.browser.question_scene import question_values
from tests.support.browser.rehearsal_scene import rehearsal_values
from tests.support.browser.reward_scene import reward_values
from tests.support.browser.wording_scene import wording_values
from tests.support.checklists import add_proof
from tests.support.factories import payouts as money
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.near_misses import near_miss
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, appointer
from tests.support.factories.places import (
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.factories.pledges import HiddenWordsFactory, PledgeFactory
from tests.support.kept_sums import count_sums
from tests.support.promised import from_the_start
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.models import Alert
from voorjebuurt.campaigns import review
from voorjebuurt.campaigns.models import BudgetLine, Campaign, PageCorrection
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import PROVIDER, credit, debit, held, tips_deferred
from voorjebuurt.ledger.service import post
from voorjebuurt.payouts.checking import ask_waiver, tick_item
from voorjebuurt.payouts.checklist.rules import CheckItem, Verdict
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.payees import refuse_payee
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import PlaceImport
from voorjebuurt.pledges.gift_receipts.numbering import number_gift_receipts
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import GiftPart

LONG_TITLES = {"received": LONG_TITLE, "proposed": LONG_TITLE}


ROLES = ("coach", "staff", "auditor")


UNFINISHED_STATES = ("creating", "open", "pending", "failed", "canceled", "expired")


AFTER = ("booked", "refunding", "refunded", "unclaimed", "charged_back")


ALERTS = (
    AlertKind.JOB_FAILED,
    AlertKind.CHARGEBACK,
    AlertKind.REFUND_FAILED,
    AlertKind.MONEY_UNEXPLAINED,
    AlertKind.GATEWAY_UNAUTHORIZED,
    AlertKind.MAIL_UNDELIVERABLE,
)


@dataclass(frozen=True)
class Scene:
    """Persons by what they are, and what to fill into the addresses of each endpoint."""

    people: dict[str, Person]
    values: dict[str, list[Values]]


def set_scene(session: Session, picture_key: str, secret: str) -> Scene:
    """Make all of it, for a site with this ``secret``."""
    people = _people()
    buurt = NeighbourhoodFactory(
        name="Tuindorp-Oostzaan en Omstreken", municipality=MunicipalityFactory(name="Waterdal")
    )
    RoleGrantFactory(
        person_id=people["officer"].id,
        role="officer",
        municipality_id=buurt.municipality_id,
        mandate_limit_cents=MILLIONS,
    )
    RoleGrantFactory(
        person_id=people["inspector"].id,
        role="inspector",
        municipality_id=buurt.municipality_id,
    )
    officer = appointer(session, buurt.municipality_id, people["officer"])
    campaigns = {
        status: CampaignFactory(
            status=status.value, neighbourhood=buurt, initiator=people["resident"]
        )
        for status in CampaignStatus
    }
    _dress(session, campaigns, picture_key)
    gifts = _gifts(session, campaigns)
    payouts = _payouts(session, Sealer((secret,)))
    _talk(session, campaigns[CampaignStatus.SUBMITTED], people)
    cases = set_cases(session, buurt, officer, LONG_TITLES, people["resident"])
    values = {
        **_campaign_values(campaigns),
        **_gift_values(gifts),
        **monthly_values(session, buurt, people["resident"], LONG_WORD),
        **_staff_values(session, people, payouts),
        **rehearsal_values(buurt.municipality_id, LONG_WORD),
        **fund_values(session, people["officer"], buurt),
        **municipal_values(session, Sealer((secret,))),
        **case_values(cases),
        **applicant_values(cases, campaigns[CampaignStatus.LIVE]),
        "unsubscribing.show_subscription": subscriptions(session, secret),
        **address_values(session, people),
        **wish_values(session),
        **data_link_values(session),
        **question_values(session, buurt, actor_of(people["officer"], "officer")),
        "staff.start_viewing": [{"person_id": people["resident"].id}],
        "auth.show_role_proposal": [{"proposal_id": role_proposal(session, people)}],
        **appointing_values(session, officer, buurt.municipality_id, LONG_NAME),
        **wording_values(session, officer, buurt.municipality_id, LONG_WORD),
        "staff.mend_mail": mails_to_mend(session),
        **_near_miss_values(session, campaigns, people),
        "outbox.show_mail": [{"message_id": mail(session, LONG_EMAIL)[0].id}],
        "auth.show_link": [{"token": mail(session, LONG_EMAIL)[1]}, {"token": "x" * 43}],
    }
    number_gift_receipts(session, limit=1000)
    count_sums(session)
    for values_of_part in (
        match_values(session, buurt, people["resident"]),
        proof_values(session, buurt, officer, people["resident"]),
        news_values(session, buurt, people, picture_key),
        abuse_values(session, buurt, people, secret),
        live_values(session, buurt, people, picture_key),
        coaching_values(session, people, secret),
        cash_values(session, people["resident"]),
        reward_values(session, campaigns),
        dedication_values(session, campaigns, people["coach"]),
        overview_values(session, campaigns),
        need_values(session, campaigns),
        member_values(session, people["resident"], Sealer((secret,))),
        last_term_values(session, buurt, officer, people["resident"]),
    ):
        for endpoint, more in values_of_part.items():
            values[endpoint] = [*values.get(endpoint, []), *more]
    return Scene(people, values)


def _people() -> dict[str, Person]:
    people = {name: PersonFactory() for name in ("officer", "inspector", *ROLES)}
    people["resident"] = PersonFactory(name=LONG_NAME, email=LONG_EMAIL)
    for role in ROLES:
        RoleGrantFactory(person_id=people[role].id, role=role)
    return people


def _dress(session: Session, campaigns: dict[Any, Campaign], picture_key: str) -> None:
    """One with a picture and the longest words, one that asks millions, one that is bare."""
    live = campaigns["live"]
    live.title, live.group_name, live.location = LONG_TITLE, LONG_NAME, LONG_WORD
    live.summary = f"{LONG_WORD} {LONG_WORD}. Zo wordt het plein weer van iedereen."
    live.story = f"## {LONG_WORD}\n\nWij maken het **groen**.\n\n- bomen\n- banken\n\n> Eindelijk!"
    session.add(
        PageCorrection(
            campaign_id=live.id,
            part="title",
            before=f"Een {LONG_WORD} voor het plein",
            after=LONG_TITLE,
            corrected_at=clock.now(),
        )
    )
    live.needs = "Handen, een aanhanger en koffie."
    live.picture_key, live.picture_alt = picture_key, "Een grijs plein met tegels"
    with from_the_start(session):
        live.goal_cents = live.minimum_cents = MILLIONS
    live.budget.append(BudgetLine(position=3, label=LONG_WORD, amount_cents=MILLIONS))
    campaigns["succeeded"].kind = "keep_what_comes"
    campaigns[CampaignStatus.SUBMITTED].picture_key = picture_key
    campaigns[CampaignStatus.SUBMITTED].picture_alt = "Een plein"
    bare = campaigns["draft"]
    bare.goal_cents = bare.minimum_cents = bare.deadline_on = bare.theme = None
    bare.neighbourhood_id = None
    bare.summary = bare.for_whom = bare.story = bare.worse_off = bare.leftovers = ""
    bare.budget.clear()
    session.flush()


def _gifts(session: Session, campaigns: dict[Any, Campaign]) -> dict[str, Pledge]:
    live, over = campaigns["live"], campaigns["failed"]
    gifts = {"to_pay": PledgeFactory(campaign=live, status="open", name=LONG_NAME, tip_cents=200)}
    for status in UNFINISHED_STATES:
        gifts[status] = PledgeFactory(campaign=live, status="open", email=LONG_EMAIL)
        PaymentFactory(pledge=gifts[status], status=status)
    gifts["checking"] = PledgeFactory(campaign=live, status="open")
    PaymentFactory(
        pledge=gifts["checking"], status="paid", booked_as="suspense", booked_at=clock.now()
    )
    for status in AFTER:
        campaign = live if status == "booked" else over
        gifts[status] = PledgeFactory(
            campaign=campaign,
            status=status,
            amount_cents=500_000,
            tip_cents=150,
            name=LONG_NAME,
            email=LONG_EMAIL,
            message=f"Succes met {LONG_WORD}, buren! 🌳",
            refund_reason=None if status in ("booked", "charged_back") else "campaign_failed",
            refund_asked_at=clock.now() if status.startswith("refund") else None,
            refunded_at=clock.now() if status == "refunded" else None,
        )
        PaymentFactory(
            pledge=gifts[status], status="paid", booked_as="contribution", booked_at=clock.now()
        )
    _book(session, gifts["booked"])
    gifts["late"] = PledgeFactory(campaign=campaigns["closing"], status="open")
    PaymentFactory(pledge=gifts["late"], status="failed")
    gifts["anonymous"] = PledgeFactory(campaign=live, name_public=False, message="Succes!")
    HiddenWordsFactory(pledge=gifts["anonymous"], part="message", reason=f"Dit is {LONG_WORD}.")
    return gifts


def _payouts(session: Session, sealer: Sealer) -> list[Payout]:
    """One in each state, and campaigns that wait for an account, a check and a proposal."""
    payouts = []
    for status in ("proposed", "released", "exported", "executed"):
        case = money.payable_campaign(session, cents=MILLIONS, title=LONG_TITLE)
        payouts.append(money.payout_in(session, case, status, sealer))
    money.payable_campaign(session)
    money.submit(session, money.payable_campaign(session), holder=LONG_NAME, sealer=sealer)
    money.verified(session, money.payable_campaign(session, title=LONG_TITLE), sealer)
    refusal_case = money.payable_campaign(session)
    payee = money.submit(session, refusal_case, sealer=sealer)
    reason = f"De naam hoort niet bij dit nummer: {LONG_WORD}."
    refuse_payee(session, payee_id=payee.id, reason=reason, actor=refusal_case.anna)
    _half_checked(session, sealer)
    return payouts


def _half_checked(session: Session, sealer: Sealer) -> None:
    """An account of which something was not right, and a wish to pay without the whole list."""
    case = money.payable_campaign(session, title=LONG_TITLE)
    payee = money.submit(session, case, holder=LONG_NAME, sealer=sealer)
    add_proof(session, payee.id, CheckItem.HOLDER, case.anna)
    for verdict in (Verdict.UNFIT, Verdict.FIT):
        tick_item(
            session,
            payee_id=payee.id,
            item=CheckItem.HOLDER,
            verdict=verdict,
            note=f"Gezien bij {LONG_WORD}.",
            actor=case.anna,
        )
    ask_waiver(session, payee_id=payee.id, reason=f"Plat: {LONG_WORD}.", actor=case.anna)


def _talk(session: Session, campaign: Campaign, people: dict[str, Person]) -> None:
    coach, initiator = actor_of(people["coach"], "coach"), actor_of(people["resident"])
    about: Values = {"campaign_id": campaign.id}
    review.ask_question(session, **about, body=f"Wie betaalt {LONG_WORD}?", actor=coach)
    review.answer_question(session, **about, body="Wij.\n\nDe buurt.", actor=initiator)


def _campaign_values(campaigns: dict[Any, Campaign]) -> dict[str, list[Values]]:
    def ids(*statuses: str) -> list[Values]:
        return [{"campaign_id": campaigns[status].id} for status in statuses]

    public = [c for c in campaigns.values() if c.opened_at is not None]
    editable = ids("draft", "returned")
    running = ids("live")
    everything = ids(*CampaignStatus)
    return {
        "public.show_campaign": [{"slug": campaign.slug} for campaign in public],
        "public.show_poster": [
            {"slug": campaigns["live"].slug, "name": name}
            for name in ("poster-a4", "poster-a5-groot", "flyer", "flyer-groot")
        ],
        "public.show_widget": [
            {"slug": campaigns[status].slug} for status in ("live", "failed", "paid_out")
        ],
        "public.start_pledge": [{"slug": campaigns["live"].slug}],
        "resident.show_material": ids("draft", "live"),
        "resident.show_campaign": everything,
        "resident.show_payee": ids("live", "succeeded", "failed"),
        "resident.withdraw_pitch": ids("draft"),
        **dict.fromkeys(
            [f"resident.edit_{step}" for step in ("idea", "place", "budget", "story")], editable
        ),
        "resident.check_pitch": editable,
        "resident.preview_campaign": editable,
        "coach.show_review": ids("submitted", "live", "rejected"),
        "officer.show_campaign": running,
        "staff.show_campaign": ids("draft", "live", "failed", "paid_out"),
        "staff.list_gifts": ids("live", "failed"),
        "staff.resume_pledges": running,
        "staff.stop_pledges": running,
        "staff.cancel_campaign": running,
        "staff.correct_page": ids("live", "failed"),
    }


def _near_miss_values(
    session: Session, campaigns: dict[Any, Campaign], people: dict[str, Person]
) -> dict[str, list[Values]]:
    """A second chance at every turn; in the one in which donors choose, with a gift."""
    like = campaigns["near_miss"]
    by_state = {
        state: CampaignFactory(
            status="near_miss",
            neighbourhood_id=like.neighbourhood_id,
            municipality_id=like.municipality_id,
            neighbourhood=None,
            initiator=people["resident"],
            title=LONG_TITLE,
        )
        for state in ("planning", "review", "asking")
    }
    for state, campaign in by_state.items():
        near_miss(session, campaign, state=state, coach_id=people["coach"].id)
    gift = PledgeFactory(campaign=by_state["asking"], name=LONG_NAME)
    PaymentFactory(
        pledge=gift,
        status="paid",
        booked_as="contribution",
        booked_at=clock.now(),
        paid_at=clock.now() - timedelta(days=20),
    )
    _book(session, gift)
    about = [{"campaign_id": campaign.id} for campaign in by_state.values()]
    return {
        "resident.plan_near_miss": about,
        "coach.show_near_miss": about,
        "public.choose_gift": [{"token": gift.token}],
    }


def _book(session: Session, gift: Pledge) -> None:
    """Its money is on the books: with its campaign, and what was given extra."""
    post(
        session,
        kind=BookingKind.PAYMENT_PAID,
        key=f"scene:{gift.id}",
        entries=[
            debit(PROVIDER, gift.amount_cents + gift.tip_cents),
            credit(held(gift.campaign_id), gift.amount_cents),
            credit(tips_deferred(gift.campaign_id), gift.tip_cents),
        ],
        campaign_id=gift.campaign_id,
    )


def _gift_values(gifts: dict[str, Pledge]) -> dict[str, list[Values]]:
    return {
        "public.show_gift": [{"token": gift.token} for gift in gifts.values()],
        "public.return_from_payment": [{"token": gifts["open"].token}],
        "public.take_gift_back": [{"token": gift.token} for gift in gifts.values()],
        "public.change_gift_words": [{"token": gifts["booked"].token}],
        "public.change_gift_address": [{"token": gifts["booked"].token}],
        "public.confirm_gift_address": [{"token": "x" * 43}],
        "staff.confirm_refund": [{"pledge_id": gifts["booked"].id}],
        "staff.show_gift_words": [
            {"pledge_id": gifts[name].id} for name in ("booked", "anonymous")
        ],
        "staff.hide_gift_words": [
            {"pledge_id": gifts["booked"].id, "part": part.value} for part in GiftPart
        ],
    }


def _staff_values(
    session: Session, people: dict[str, Person], payouts: list[Payout]
) -> dict[str, list[Values]]:
    for kind in ALERTS:
        detail = {
            "task": "mail.send",
            "error": LONG_WORD,
            "cents": MILLIONS,
            "payment_id": str(uuid4()),
        }
        audit.raise_alert(session, key=f"scene:{kind}", kind=kind, detail=detail)
    alerts = session.scalars(select(Alert).order_by(Alert.raised_at)).all()
    audit.resolve_alert(
        session,
        alert_id=alerts[-1].id,
        resolution=f"Gebeld over {LONG_WORD}.",
        actor=actor_of(people["staff"], "staff"),
    )
    session.flush()
    imports = _imports()
    payees = session.scalars(select(Payee.id).order_by(Payee.submitted_at)).all()
    return {
        "staff.show_alert": [{"alert_id": alert.id} for alert in (alerts[0], alerts[-1])],
        "staff.show_checklist": [{"payee_id": payee} for payee in payees[-2:]],
        "staff.check_payee": [
            {"payee_id": payees[-1], "slug": slug} for slug in ("rekeninghouder", "naam")
        ],
        "staff.show_payee": [{"payee_id": payee} for payee in payees[-5:]],
        "staff.show_payout": [{"payout_id": payout.id} for payout in payouts],
        "staff.show_bank_file": [{"file_id": payouts[-1].bank_file_id}],
        "staff.show_import": [{"import_id": each.id} for each in imports],
        "staff.roll_back_import": [{"import_id": imports[0].id}],
        "staff.show_person": [{"person_id": people[name].id} for name in ("officer", "staff")],
    }


def _imports() -> list[PlaceImport]:
    """Official files: taken in, rolled back, refused, and still being read."""
    report = {
        "read": 628,
        "taken": {"areas": 628, "figures": 2400, "missing": 112, "neighbourhoods": 627},
        "skipped": [{"why": "municipality", "count": 12, "lines": [3, 4, 5]}],
        "columns": {"taken": {"p_hh_120": LONG_WORD}, "empty": [], "never": [], "unused": ["x"]},
    }
    fault = {"code": "not_a_number", "line": 3, "values": {"found": "x", "column": LONG_WORD}}
    rollback = {"rolled_back_at": clock.now(), "rollback_reason": f"Fout: {LONG_WORD}"}
    waiting = {"progress": 40, "finished_at": None}
    return [
        PlaceImportFactory(report=report, filename=f"{LONG_WORD}.csv"),
        PlaceImportFactory(report=report, **rollback),
        PlaceImportFactory(status="refused", report={"fault": fault}),
        PlaceImportFactory(status="running", **waiting),
    ]
