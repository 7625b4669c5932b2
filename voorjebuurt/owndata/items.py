"""What is kept of a person, in the form in which it is handed to them. Pure.

Amounts are eurocents, moments have their offset. Fields and codes keep their names: who takes
the data along reads them with a program.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class OwnProfile:
    """Who somebody is on the site."""

    email: str
    name: str
    language: str
    created_at: datetime
    verified_at: datetime | None
    roles: tuple[str, ...]


@dataclass(frozen=True)
class OwnGift:
    """A gift, as its donor typed it, and what became of it.

    ``no_answer``: what silence means when the campaign nearly makes it; ``choice``: what they
    chose.
    """

    number: str
    campaign: str
    email: str | None
    name: str
    name_public: bool
    message: str
    postcode: str | None
    amount_cents: int
    tip_cents: int
    status: str
    created_at: datetime
    booked_at: datetime | None
    refunded_at: datetime | None
    no_answer: str
    choice: str | None


@dataclass(frozen=True)
class OwnReward:
    """A reward that somebody chose with a gift, and where it was to be sent."""

    campaign: str
    title: str
    state: str
    recipient: str
    street: str
    postcode: str
    town: str
    chosen_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True)
class OwnDedication:
    """In whose name a gift is, or for whom; ``for_me``: a present for this address."""

    campaign: str
    for_me: bool
    kind: str
    name: str
    words: str
    on_page: bool
    company_number: str
    street: str
    postcode: str
    town: str
    email: str | None
    tell_on: date | None
    told_at: datetime | None
    logo: str | None
    """A PNG as base64."""
    logo_sent_at: datetime | None
    logo_verdict: str | None
    logo_reason: str | None


@dataclass(frozen=True)
class OwnHelp:
    """Help that somebody offered to a campaign."""

    campaign: str
    need: str
    number: int
    state: str
    name: str
    message: str
    hours: int | None
    offered_at: datetime


@dataclass(frozen=True)
class OwnCampaign:
    """A plan, as its initiator wrote it."""

    title: str
    status: str
    group_name: str
    summary: str
    for_whom: str
    location: str
    story: str
    worse_off: str
    leftovers: str
    needs: str
    goal_cents: int | None
    minimum_cents: int | None
    deadline_on: date | None
    created_at: datetime
    submitted_at: datetime | None
    opened_at: datetime | None
    decided_at: datetime | None


@dataclass(frozen=True)
class OwnMembership:
    """That somebody runs a campaign, or did, and whether their name may stand on its page."""

    campaign: str
    is_public: bool
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True)
class OwnCampaignInvitation:
    """An invitation to run a campaign too that was not answered yet."""

    campaign: str
    invited_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class OwnMessage:
    """Something that somebody wrote to a coach, or as one."""

    campaign: str
    body: str
    at: datetime


@dataclass(frozen=True)
class OwnApplication:
    """An application for match money."""

    number: str
    campaign: str
    fund: str
    status: str
    reach: str
    received_at: datetime
    decide_by: date


@dataclass(frozen=True)
class OwnPayee:
    """An account that money should go to, with its whole number."""

    campaign: str
    holder: str
    iban: str
    status: str
    submitted_at: datetime
    evidence: str
    refusal: str


@dataclass(frozen=True)
class OwnObjection:
    """An objection to a decision on an application."""

    number: str
    application: str
    grounds: str
    status: str
    received_at: datetime
    decide_by: date
    outcome: str


@dataclass(frozen=True)
class OwnViews:
    """What somebody thought of what was intended about their application."""

    number: str
    application: str
    kind: str
    reason: str
    until: date
    status: str
    answer: str
    received_on: date | None


@dataclass(frozen=True)
class OwnProof:
    """What somebody was asked to show of what they did, what they answered, and what was found."""

    number: str
    application: str
    cause: str
    asked: str
    until: date
    answer: str
    received_on: date | None
    finding: str
    finding_text: str


@dataclass(frozen=True)
class OwnPlanRequest:
    """What somebody asked to change of an award."""

    application: str
    asked_at: datetime
    wish_on: date | None
    activities: str
    reason: str
    status: str


@dataclass(frozen=True)
class OwnAccounting:
    """What somebody told that match money was spent on; receipts by the names of their files."""

    application: str
    spent_cents: int | None
    story: str
    lines: list[dict[str, Any]]
    receipts: list[dict[str, str]]
    at: datetime


@dataclass(frozen=True)
class OwnBoardAddress:
    """An address on the board of a campaign: named by somebody, or their own."""

    campaign: str
    email: str
    added_at: datetime


@dataclass(frozen=True)
class OwnWish:
    """A municipality that somebody waits for."""

    place: str
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class OwnQuestion:
    """A question about a fund that was not answered yet; of answers no address is kept."""

    fund: str
    text: str
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class OwnUpdate:
    """An update about a campaign, as its initiator wrote it."""

    campaign: str
    title: str
    body: str
    audience: str
    written_at: datetime
    published_at: datetime | None


@dataclass(frozen=True)
class OwnCampaignQuestion:
    """A question about a campaign, with its answer; ``name`` is how they are called there."""

    campaign: str
    name: str
    text: str
    answer: str
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class OwnAbuseReport:
    """A report of abuse, with what became of it."""

    campaign: str
    text: str
    reply: str
    answer: str
    reported_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class OwnThanks:
    """Thanks that somebody sent to the donors of their campaign."""

    campaign: str
    body: str
    sent_at: datetime


@dataclass(frozen=True)
class OwnFollow:
    """Something that an address follows: a campaign, the code of a neighbourhood, or a theme."""

    campaign: str | None
    area_code: str | None
    theme: str | None
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class OwnMailChoice:
    """How often somebody wants mail of a kind."""

    kind: str
    cadence: str
    chosen_at: datetime


@dataclass(frozen=True)
class OwnPasskey:
    """A passkey, as its owner called it."""

    label: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class OwnAddressChange:
    """A change of somebody's address that was asked for."""

    old_email: str
    new_email: str
    asked_at: datetime
    confirmed_at: datetime | None
    stopped_at: datetime | None


@dataclass(frozen=True)
class OwnStake:
    """A stake in a campaign that somebody declared."""

    campaign: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class OwnApplicant:
    """What somebody said about who applies, in one application."""

    number: str
    legal_form: str
    organisation: str
    street: str
    house_number: str
    postcode: str
    town: str
    kvk: str
    rsin: str
    signer: str
    signing_right: str
    electronic: bool
    aid_cents: int | None


@dataclass(frozen=True)
class OwnAttachment:
    """A file that somebody added; the file itself can be saved from its page."""

    form: str
    name: str
    media_type: str
    size: int
    sha256: str
    scan: str
    added_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True)
class OwnSignIn:
    """A device on which somebody was signed in."""

    device: str
    opened_at: datetime
    last_used_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class OwnMail:
    """That a mail was written; its subject until what it said is erased."""

    kind: str
    subject: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnData:
    """All that is kept of a person, or of an address alone (``profile`` is None then).

    Of each list the latest come first; ``is_whole`` is false where one had more than fit.
    """

    made_at: datetime
    email: str
    is_whole: bool
    profile: OwnProfile | None
    gifts: tuple[OwnGift, ...]
    rewards: tuple[OwnReward, ...]
    dedications: tuple[OwnDedication, ...]
    help: tuple[OwnHelp, ...]
    campaigns: tuple[OwnCampaign, ...]
    memberships: tuple[OwnMembership, ...]
    campaign_invitations: tuple[OwnCampaignInvitation, ...]
    messages: tuple[OwnMessage, ...]
    applications: tuple[OwnApplication, ...]
    objections: tuple[OwnObjection, ...]
    views: tuple[OwnViews, ...]
    proof: tuple[OwnProof, ...]
    plan_requests: tuple[OwnPlanRequest, ...]
    accountings: tuple[OwnAccounting, ...]
    payees: tuple[OwnPayee, ...]
    boards: tuple[OwnBoardAddress, ...]
    wishes: tuple[OwnWish, ...]
    follows: tuple[OwnFollow, ...]
    campaign_questions: tuple[OwnCampaignQuestion, ...]
    abuse_reports: tuple[OwnAbuseReport, ...]
    updates: tuple[OwnUpdate, ...]
    thanks: tuple[OwnThanks, ...]
    questions: tuple[OwnQuestion, ...]
    mail_choices: tuple[OwnMailChoice, ...]
    passkeys: tuple[OwnPasskey, ...]
    address_changes: tuple[OwnAddressChange, ...]
    stakes: tuple[OwnStake, ...]
    applicants: tuple[OwnApplicant, ...]
    attachments: tuple[OwnAttachment, ...]
    sign_ins: tuple[OwnSignIn, ...]
    mails: tuple[OwnMail, ...]
    unsubscribed_from: tuple[str, ...]
