"""The kinds of guard: who may use a route, and on whose things."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns import queries as campaigns
from voorjebuurt.campaigns.members import acting
from voorjebuurt.decisions.cases.ownership import (
    decision_applicants,
    decision_municipality_id,
    delegation_municipality_id,
    objection_applicants,
    objection_municipality_id,
)
from voorjebuurt.decisions.inquiries.queries import inquiry_applicants, inquiry_municipality_id
from voorjebuurt.decisions.plans.queries import request_applicants
from voorjebuurt.decisions.posting.queries import letter_municipality_id
from voorjebuurt.decisions.views.queries import intention_applicants, intention_municipality_id
from voorjebuurt.matching.applications.ownership import applicants_of, application_municipality_id
from voorjebuurt.matching.funds.queries import fund_municipality_id
from voorjebuurt.matching.questions.queries import question_municipality_id
from voorjebuurt.matching.rehearsal.queries import rehearsal_municipality
from voorjebuurt.ownwords.queries import municipality_of_wording
from voorjebuurt.people.appointments.register import (
    municipality_of_grant,
    municipality_of_proposal,
)
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import IN_PLACE, TWO_PEOPLE, Role
from voorjebuurt.people.teams.queries import team_municipality_id
from voorjebuurt.pledges.tins.acting import collects
from voorjebuurt.web.kit import drafts

Loader = Callable[[Session, dict[str, Any]], UUID | None]
"""From a route's arguments to the id of a municipality; None when there is none."""
Owners = Callable[[Session, dict[str, Any], UUID], bool]
"""Whether the thing that a route's arguments name is somebody's."""


class Verdict(Enum):
    """What a guard says to somebody who asks for a route."""

    ALLOW = "allow"
    SIGN_IN = "sign in"
    SECOND_FACTOR = "second step"
    FORBID = "forbid"
    HIDE = "hide"


@dataclass(frozen=True)
class Guard:
    """Who may pass. Without any of these fields: everybody who is signed in.

    ``roles``: one of these is needed. ``owner``: only those whose thing it is, for others
    it does not exist. ``place``: only officers of the municipality that this names.
    ``guest``: who may pass without being signed in, beside those.
    """

    name: str
    anonymous: bool = False
    roles: frozenset[Role] = frozenset()
    owner: Owners | None = None
    place: Loader | None = None
    guest: Callable[[Session, dict[str, Any]], bool] | None = None
    looks: bool = False
    """``place`` lets in who may read there: its officers, and its auditor."""
    half_way: bool = False
    """Also before the second step of signing in."""
    argument: str = "campaign_id"
    """The argument of the route by which ``owner`` and ``place`` find the thing."""

    def decide(
        self, session: Session, person: SignedIn | None, arguments: dict[str, Any]
    ) -> Verdict:
        """Whether ``person`` may use the route with these arguments."""
        if self.anonymous or (self.guest is not None and self.guest(session, arguments)):
            return Verdict.ALLOW
        if person is None:
            return Verdict.SIGN_IN
        if self.roles and not self.roles & person.held_roles:
            return Verdict.FORBID
        if (self.roles or person.has_factor) and person.factor_at is None and not self.half_way:
            return Verdict.SECOND_FACTOR
        if self.owner is not None and not self.owner(session, arguments, person.id):
            return Verdict.HIDE
        places = person.reads if self.looks else person.municipalities
        if self.place is not None and self.place(session, arguments) not in places:
            return Verdict.HIDE
        return Verdict.ALLOW


def _initiator(session: Session, arguments: dict[str, Any], person_id: UUID) -> bool:
    return acting.acts_for(session, arguments["campaign_id"], person_id)


def _collector(session: Session, arguments: dict[str, Any], person_id: UUID) -> bool:
    return collects(session, arguments["campaign_id"], person_id)


def _addressee(session: Session, arguments: dict[str, Any], person_id: UUID) -> bool:
    return acting.is_addressee(session, arguments["campaign_id"], person_id)


def _begun_here(session: Session, arguments: dict[str, Any]) -> bool:
    campaign_id = arguments["campaign_id"]
    return drafts.begun_here(campaign_id) and campaigns.is_guest_draft(session, campaign_id)


def _applicant_of(
    what: str, argument: str, load: Callable[[Session, UUID], frozenset[UUID]]
) -> Guard:
    """Only who applied for match money, about the thing in this argument, and who may for them."""
    return Guard(
        f"applicant of the {what}",
        owner=lambda session, arguments, person_id: person_id in load(session, arguments[argument]),
        argument=argument,
    )


def _officers_of(what: str, argument: str, load: Callable[[Session, UUID], UUID | None]) -> Guard:
    """Only officers of the municipality that the thing in this argument belongs to."""
    return Guard(
        f"officer of the {what}'s municipality",
        roles=frozenset({Role.OFFICER}),
        place=lambda session, arguments: load(session, arguments[argument]),
        argument=argument,
    )


def _readers(guard: Guard) -> Guard:
    """The same page for the auditor of that municipality too, who only looks."""
    return replace(
        guard,
        name=guard.name.replace("officer of", "reader of"),
        roles=IN_PLACE,
        looks=True,
    )


PUBLIC = Guard("public", anonymous=True)
GUEST_TOKEN = Guard("guest token", anonymous=True)
"""Everybody who has the unguessable token in the address: the view answers 404 without it."""
SIGNED_IN = Guard("signed in")
HALF_WAY = Guard("signed in, before the second step too", half_way=True)
COACH = Guard("coach", roles=frozenset({Role.COACH}))
OFFICER = Guard("officer", roles=frozenset({Role.OFFICER}))
STAFF = Guard("staff", roles=frozenset({Role.STAFF}))
READERS = Guard("staff or auditor", roles=frozenset({Role.STAFF, Role.AUDITOR}))
WEIGHTY = Guard("staff, officer or auditor", roles=TWO_PEOPLE)
"""Who holds a role that takes two people to give; of which thing, the view says."""
INITIATOR = Guard("the campaign's initiator", owner=_initiator)
"""On routes with ``<uuid:campaign_id>``."""
COLLECTOR = Guard("who collects cash for the campaign", owner=_collector)
"""The same, and their helpers."""
ADDRESSEE = Guard("who a draft was begun for", owner=_addressee)
"""The same, and who did not yet say that a draft with their address is theirs."""
AUTHOR = Guard("the initiator or who began the draft", owner=_initiator, guest=_begun_here)
"""On routes with ``<uuid:campaign_id>``: also the browser that began a draft, until it's sent."""
CAMPAIGN_OFFICER = _officers_of("campaign", "campaign_id", campaigns.municipality_id)
FUND_OFFICER = _officers_of("fund", "fund_id", fund_municipality_id)
APPLICATION_OFFICER = _officers_of("application", "application_id", application_municipality_id)
DECISION_OFFICER = _officers_of("decision", "decision_id", decision_municipality_id)
LETTER_OFFICER = _officers_of("letter", "letter_id", letter_municipality_id)
REHEARSAL_OFFICER = _officers_of("rehearsal", "rehearsal_id", rehearsal_municipality)
OBJECTION_OFFICER = _officers_of("objection", "objection_id", objection_municipality_id)
QUESTION_OFFICER = _officers_of("question", "question_id", question_municipality_id)
INQUIRY_OFFICER = _officers_of("inquiry", "inquiry_id", inquiry_municipality_id)
INTENTION_OFFICER = _officers_of("intention", "intention_id", intention_municipality_id)
PLACE_OFFICER = _officers_of("register", "municipality_id", lambda _session, place_id: place_id)
GRANT_OFFICER = _officers_of("mandate", "grant_id", municipality_of_grant)
PROPOSAL_OFFICER = _officers_of("role proposal", "proposal_id", municipality_of_proposal)
TEAM_OFFICER = _officers_of("team", "team_id", team_municipality_id)
DELEGATION_OFFICER = _officers_of("delegation", "delegation_id", delegation_municipality_id)
WORDING_OFFICER = _officers_of("wording", "wording_id", municipality_of_wording)
READER = Guard("officer or auditor of a municipality", roles=IN_PLACE, looks=True)
CAMPAIGN_READER = _readers(CAMPAIGN_OFFICER)
FUND_READER = _readers(FUND_OFFICER)
APPLICATION_READER = _readers(APPLICATION_OFFICER)
DECISION_READER = _readers(DECISION_OFFICER)
OBJECTION_READER = _readers(OBJECTION_OFFICER)
INQUIRY_READER = _readers(INQUIRY_OFFICER)
INTENTION_READER = _readers(INTENTION_OFFICER)
LETTER_READER = _readers(LETTER_OFFICER)
WORDING_READER = _readers(WORDING_OFFICER)
REHEARSAL_READER = _readers(REHEARSAL_OFFICER)
"""Pages that the auditor of a municipality reads as its officers do."""
APPLICANT = _applicant_of("application", "application_id", applicants_of)
DECISION_APPLICANT = _applicant_of("decision", "decision_id", decision_applicants)
INQUIRY_APPLICANT = _applicant_of("inquiry", "inquiry_id", inquiry_applicants)
INTENTION_APPLICANT = _applicant_of("intention", "intention_id", intention_applicants)
PLAN_APPLICANT = _applicant_of("plan request", "request_id", request_applicants)
OBJECTION_APPLICANT = _applicant_of("objection", "objection_id", objection_applicants)
