"""Every code of the domain that a person can meet has a name, and the others say why not."""

import ast
from collections.abc import Iterable
from enum import StrEnum

import pytest

from tests.support.source import nodes
from voorjebuurt.abuse.rules import AbuseMeasure, AbuseOutcome, AbuseReason, AbuseThing
from voorjebuurt.attachments.rules import ScanState
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.coaching.rules import EditAnswer, Turn
from voorjebuurt.campaigns.needs.rules import NeedKind, OfferState
from voorjebuurt.campaigns.rewards.rules import Delivery
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus, Step, Theme
from voorjebuurt.campaigns.updates.texts import Audience
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.decisions.overviews.case_story import StoryKind
from voorjebuurt.decisions.reports import exports
from voorjebuurt.decisions.rules.court import JudgmentOutcome
from voorjebuurt.decisions.rules.inquiries import (
    Finding,
    InquiryChannel,
    InquiryGround,
    InquiryStatus,
    InquiryTask,
)
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.objections import Channel, ObjectionStatus
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.decisions.rules.penalties import NoPenalty, PenaltyTask
from voorjebuurt.decisions.rules.plans import PlanOutcome
from voorjebuurt.decisions.rules.proceedings import MissingPart, NextStep, NoHearing, StepKind
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rules.views import ViewsChannel, ViewsException, ViewsStatus
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel.catalogues import catalogue, languages
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import CHART, Kind
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.matching.applicants.rules import LegalForm, SigningRight
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.funds.states import FundStatus
from voorjebuurt.matching.pots.deposit_states import DepositKind, DepositStatus
from voorjebuurt.matching.questions.states import QuestionOutcome
from voorjebuurt.matching.rehearsal.comparison import Change
from voorjebuurt.matching.rehearsal.states import Failure, RehearsalStatus
from voorjebuurt.ownwords.rules import Body, LetterFamily, WordingStatus
from voorjebuurt.payments.rules import RefundStatus
from voorjebuurt.payouts.checklist.rules import CheckItem
from voorjebuurt.payouts.look_kinds import LookKind
from voorjebuurt.payouts.rules import PayeeStatus, PayoutStatus
from voorjebuurt.people.address_change_states import ChangeState
from voorjebuurt.people.rules import MandateKind, Role
from voorjebuurt.places.files.items import Why
from voorjebuurt.places.rules import ImportKind, ImportStatus
from voorjebuurt.pledges.by_hand.rules import DeskWay, Telling
from voorjebuurt.pledges.dedications.rules import DedicationKind
from voorjebuurt.pledges.monthly.rules import CollectionState, OverReason
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, NearMissState
from voorjebuurt.pledges.rules import MatchRung, MatchStatus, NoAnswer, PledgeStatus
from voorjebuurt.pledges.tins.rules import (
    ArrivalState,
    CashState,
    DepositState,
    Giver,
    ReturnState,
    ReversalState,
)
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.rulebook.presets import Preset
from voorjebuurt.web.officer.desk import mail_choices
from voorjebuurt.web.words import (
    abuse_labels,
    advice_labels,
    applicant_labels,
    campaign_labels,
    case_labels,
    cash_labels,
    check_labels,
    coaching_labels,
    dedication_labels,
    fund_labels,
    mandate_labels,
    money_labels,
    monthly_labels,
    near_miss_labels,
    need_labels,
    objection_labels,
    paper_labels,
    place_labels,
    rehearsal_labels,
    reward_labels,
    trail_labels,
    update_labels,
    wording_labels,
)

ON_SCREENS: dict[type[StrEnum], Iterable[str]] = {
    AbuseMeasure: abuse_labels.MEASURES,
    AbuseOutcome: abuse_labels.OUTCOMES,
    AbuseReason: abuse_labels.REASONS,
    AbuseThing: abuse_labels.THINGS,
    ArrivalState: cash_labels.ARRIVAL_STATES,
    CollectionState: monthly_labels.STATES,
    OverReason: monthly_labels.REASONS,
    CashState: cash_labels.CASH_STATES,
    DepositState: cash_labels.CASH_DEPOSIT_STATES,
    Giver: cash_labels.GIVERS,
    ReturnState: cash_labels.RETURN_STATES,
    ReversalState: cash_labels.REVERSAL_STATES,
    DeskWay: cash_labels.DESK_WAYS,
    Telling: cash_labels.TELLINGS,
    LookKind: money_labels.LOOKS,
    Body: wording_labels.BODIES,
    LetterFamily: wording_labels.LETTER_KINDS,
    WordingStatus: wording_labels.STATUSES,
    Action: trail_labels.ACTIONS,
    VisitSource: advice_labels.SOURCES,
    AlertKind: trail_labels.ALERTS,
    Answer: near_miss_labels.ANSWERS,
    Audience: update_labels.AUDIENCES,
    ApplicationStatus: case_labels.APPLICATION_STATES,
    BookingKind: money_labels.BOOKINGS,
    Cadence: mail_choices.CADENCES,
    CampaignKind: campaign_labels.KINDS,
    CampaignStatus: campaign_labels.STATES,
    Change: rehearsal_labels.CHANGES,
    CheckItem: check_labels.ITEMS,
    ChangeState: money_labels.ADDRESS_CHANGE_STATES,
    Channel: case_labels.OBJECTION_CHANNELS,
    DedicationKind: dedication_labels.DEDICATION_CHOICES,
    Delivery: reward_labels.DELIVERIES,
    DecisionKind: case_labels.DECISION_KINDS,
    LetterKind: paper_labels.LETTER_KINDS,
    PaperKind: paper_labels.PAPER_KINDS,
    DecisionStatus: case_labels.DECISION_STATES,
    EditAnswer: coaching_labels.EDIT_ANSWERS,
    Failure: rehearsal_labels.FAILURES,
    Field: fund_labels.NEEDS,
    FundStatus: fund_labels.STATES,
    ImportKind: place_labels.KINDS,
    ImportStatus: place_labels.STATES,
    LegalForm: applicant_labels.LEGAL_FORMS,
    MatchRung: case_labels.MATCH_RUNGS,
    MatchStatus: case_labels.MATCH_STATES,
    JudgmentOutcome: objection_labels.JUDGMENTS,
    MissingPart: objection_labels.MISSING_PARTS,
    NeedKind: need_labels.KINDS,
    OfferState: need_labels.OFFER_STATES,
    NearMissCause: near_miss_labels.CAUSES,
    NearMissState: near_miss_labels.STATES,
    NextStep: objection_labels.NEXT_STEPS,
    QuestionOutcome: fund_labels.QUESTION_OUTCOMES,
    NoAnswer: near_miss_labels.SILENCE,
    NoHearing: objection_labels.NO_HEARING,
    NoPenalty: objection_labels.NO_PENALTY,
    ObjectionStatus: case_labels.OBJECTION_STATES,
    StepKind: objection_labels.STEPS,
    PayeeStatus: money_labels.PAYEE_STATES,
    PlanOutcome: case_labels.PLAN_OUTCOMES,
    PayoutStatus: money_labels.PAYOUT_STATES,
    PledgeStatus: money_labels.GIFT_STATES,
    Preset: rehearsal_labels.PRESETS,
    DepositKind: money_labels.DEPOSIT_KINDS,
    DepositStatus: money_labels.DEPOSIT_STATES,
    RefundStatus: money_labels.REFUND_STATES,
    RehearsalStatus: rehearsal_labels.STATES,
    Role: money_labels.ROLES,
    ScanState: applicant_labels.SCAN_STATES,
    SigningRight: applicant_labels.SIGNING_RIGHTS,
    Step: campaign_labels.STEPS,
    StoryKind: case_labels.STORY_KINDS,
    TermEventKind: case_labels.TERM_EVENTS,
    Turn: coaching_labels.TURNS,
    Theme: campaign_labels.THEMES,
    Finding: case_labels.FINDINGS,
    InquiryChannel: case_labels.INQUIRY_CHANNELS,
    InquiryGround: case_labels.INQUIRY_GROUNDS,
    InquiryStatus: case_labels.INQUIRY_STATES,
    InquiryTask: case_labels.INQUIRY_TASKS,
    ViewsChannel: case_labels.VIEWS_CHANNELS,
    ViewsException: case_labels.VIEWS_EXCEPTIONS,
    ViewsStatus: case_labels.VIEWS_STATES,
    WorkKind: case_labels.WORK_KINDS,
    PenaltyTask: case_labels.PENALTY_TASKS,
    MandateKind: mandate_labels.MANDATE_KINDS,
}
"""What each is called on screens, in the catalogue of every language."""

BY_KEY: dict[str, Iterable[str]] = {
    "decision kind": DecisionKind,
    "decision state": DecisionStatus,
    "import skipped": Why,
    "import state": [*ImportStatus, "rolled_back"],
    "ledger account": CHART,
    "ledger kind": Kind,
    "theme": Theme,
}
"""What has a name in the catalogues by key, for modules that know no screen."""

QUIET = {
    "Advice": "a title, a reason and a button each, in advice_labels",
    "AddressUse": "kept with a gift, for nobody to read",
    "ChoiceState": "a sentence each, in a template that branches on it",
    "FactorChange": "a sentence each, in a mail that branches on it",
    "FieldType": "of the rule document, for its reader",
    "Format": "of a file, in addresses",
    "ReviewPart": "named as the part of the plan that it is: see test_review_screens.py",
    "GiftMatchState": "a sentence each, in a template that branches on it",
    "GiftPart": "in addresses",
    "GiftState": "a heading and a part each, in a template that looks them up strictly",
    "HoldKind": "a sentence each, in a template that branches on it",
    "InvitationState": "only offers are shown, by who is invited",
    "Lateness": "a sentence each, in a mail that branches on it",
    "LinkState": "a sentence each, in a template that branches on it",
    "Mark": "a sentence each, in a mail that branches on it",
    "Material": "in addresses; each has its labels and its use where it is offered",
    "MandateStatus": "of the provider's mandate, told by the state of a monthly gift",
    "MonthlyStatus": "a sentence each, in templates that branch on it",
    "PaymentSequence": "what a payment is to a mandate, for the provider",
    "Means": "kept with an address, for nobody to read",
    "MediaType": "the ending of a name",
    "NearMissOutcome": "a sentence each, in templates that branch on it",
    "OfficerMailKind": "a field each in the form that chooses, a line each in the mail",
    "Order": "of a list, in addresses",
    "Party": "told by the name of who objects",
    "LogoVerdict": "a sentence each, in templates that branch on it",
    "PresentAnswer": "a sentence each, in a template that branches on it",
    "PaymentStatus": "told by the state of its gift",
    "PlanRequestStatus": "told by PLAN_STATES, and by its outcome once there is a decision",
    "ProviderEvent": "in keys of bookings",
    "Purpose": "of a mail, for its envelope",
    "QuestionStatus": "a sentence each, in templates that branch on it",
    "RefundReason": "a sentence each, in a mail that branches on it",
    "Scope": "of a calendar: in addresses, and a heading each in a template that branches on it",
    "Source": "of a rehearsal, told by what it was made of",
    "Stage": "of a list, in addresses",
    "SubjectKind": "told by the actions of its subject",
    "TalkKind": "a name each, in a template that looks them up strictly",
    "Verdict": "a sentence each, in templates that branch on it",
    "WaiverAnswer": "a deed in the trail and a sentence each, by the button that gave it",
    "Way": "a sentence each, in a template that branches on it",
    "Words": "of a mail, for who may get it",
    "Size": "of campaigns alike, for nobody to read",
}
"""Codes that nobody reads as such, and why."""


def enumerations() -> set[str]:
    """The names of all enumerations of the package, but for those of one machine's tools."""
    return {
        node.name
        for place, node in nodes(ast.ClassDef)
        if isinstance(node, ast.ClassDef)
        and not place.startswith("local/")
        and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)
    }


def test_every_enumeration_has_names_or_a_reason_for_having_none() -> None:
    with_names = {enumeration.__name__ for enumeration in ON_SCREENS} | {"Kind", "Why"}
    assert enumerations() == with_names | QUIET.keys()
    assert with_names & QUIET.keys() == set()


@pytest.mark.parametrize("enumeration", ON_SCREENS)
def test_every_member_has_a_name_on_screens(enumeration: type[StrEnum]) -> None:
    assert {member.value for member in enumeration} == {str(key) for key in ON_SCREENS[enumeration]}


@pytest.mark.parametrize("context", BY_KEY)
def test_every_member_has_a_name_by_key_in_every_language(context: str) -> None:
    expected = {str(key) for key in BY_KEY[context]}
    keys = {language: catalogue(language).keys(context) for language in languages()}
    assert keys == dict.fromkeys(languages(), expected)


def test_every_member_has_a_word_in_the_table_of_decisions() -> None:
    assert {kind.value for kind in DecisionKind} == exports.KINDS.keys()
    assert {state.value for state in ObjectionStatus} == exports.OBJECTIONS.keys()


def test_every_topic_of_the_trail_can_be_chosen_by_its_name() -> None:
    assert {action.topic for action in Action} == trail_labels.TOPICS.keys()
