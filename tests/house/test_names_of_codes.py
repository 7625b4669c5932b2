"""Every code of the domain that a person can meet has a name, and the others say why not."""

import ast
from collections.abc import Iterable
from enum import StrEnum

import pytest

from tests.support.source import nodes
from voorjebuurt.attachments.rules import ScanState
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus, Step, Theme
from voorjebuurt.decisions.overviews.case_story import StoryKind
from voorjebuurt.decisions.reports import exports
from voorjebuurt.decisions.rules.court import JudgmentOutcome
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.objections import Channel, ObjectionStatus
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.decisions.rules.penalties import NoPenalty, PenaltyTask
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
from voorjebuurt.payouts.rules import PayeeStatus, PayoutStatus
from voorjebuurt.people.address_change_states import ChangeState
from voorjebuurt.people.rules import MandateKind, Role
from voorjebuurt.places.files.items import Why
from voorjebuurt.places.rules import ImportKind, ImportStatus
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissCause, NearMissState
from voorjebuurt.pledges.rules import MatchRung, MatchStatus, NoAnswer, PledgeStatus
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.rulebook.presets import Preset
from voorjebuurt.web.officer.desk import mail_choices
from voorjebuurt.web.words import (
    applicant_labels,
    campaign_labels,
    case_labels,
    fund_labels,
    mandate_labels,
    money_labels,
    near_miss_labels,
    objection_labels,
    paper_labels,
    place_labels,
    rehearsal_labels,
    trail_labels,
    wording_labels,
)

ON_SCREENS: dict[type[StrEnum], Iterable[str]] = {
    Body: wording_labels.BODIES,
    LetterFamily: wording_labels.LETTER_KINDS,
    WordingStatus: wording_labels.STATUSES,
    Action: trail_labels.ACTIONS,
    AlertKind: trail_labels.ALERTS,
    Answer: near_miss_labels.ANSWERS,
    ApplicationStatus: case_labels.APPLICATION_STATES,
    BookingKind: money_labels.BOOKINGS,
    Cadence: mail_choices.CADENCES,
    CampaignKind: campaign_labels.KINDS,
    CampaignStatus: campaign_labels.STATES,
    Change: rehearsal_labels.CHANGES,
    ChangeState: money_labels.ADDRESS_CHANGE_STATES,
    Channel: case_labels.OBJECTION_CHANNELS,
    DecisionKind: case_labels.DECISION_KINDS,
    LetterKind: paper_labels.LETTER_KINDS,
    PaperKind: paper_labels.PAPER_KINDS,
    DecisionStatus: case_labels.DECISION_STATES,
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
    Theme: campaign_labels.THEMES,
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
    "Way": "a sentence each, in a template that branches on it",
    "AddressUse": "kept with a gift, for nobody to read",
    "FactorChange": "a sentence each, in a mail that branches on it",
    "FieldType": "of the rule document, for its reader",
    "GiftMatchState": "a sentence each, in a template that branches on it",
    "GiftPart": "in addresses",
    "GiftState": "a heading and a part each, in a template that looks them up strictly",
    "HoldKind": "a sentence each, in a template that branches on it",
    "Lateness": "a sentence each, in a mail that branches on it",
    "Mark": "a sentence each, in a mail that branches on it",
    "MediaType": "the ending of a name",
    "Means": "kept with an address, for nobody to read",
    "NearMissOutcome": "a sentence each, in templates that branch on it",
    "OfficerMailKind": "a field each in the form that chooses, a line each in the mail",
    "Order": "of a list, in addresses",
    "Party": "told by the name of who objects",
    "PaymentStatus": "told by the state of its gift",
    "ProviderEvent": "in keys of bookings",
    "QuestionStatus": "a sentence each, in templates that branch on it",
    "Purpose": "of a mail, for its envelope",
    "RefundReason": "a sentence each, in a mail that branches on it",
    "Scope": "of a calendar: in addresses, and a heading each in a template that branches on it",
    "Source": "of a rehearsal, told by what it was made of",
    "Stage": "of a list, in addresses",
    "SubjectKind": "told by the actions of its subject",
    "Verdict": "a sentence each, in templates that branch on it",
    "Words": "of a mail, for who may get it",
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
