"""Every route, asked for by everybody: the answer is what the table of guards says.

What each kind of guard lets through is written down here once more, by hand, so that a slip in
the guards' own logic shows. A route without a guard does not start; a kind of guard that is not
in ``ALLOWED``, or an argument that nobody explained in ``World``, fails the walk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy.orm import object_session
from werkzeug.routing import Rule

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.decisions import (
    DecisionFactory,
    DelegationFactory,
    InquiryFactory,
    IntentionFactory,
    ObjectionFactory,
    PlanRequestFactory,
    PostedLetterFactory,
)
from tests.support.factories.matching import ApplicationFactory, FundQuestionFactory, open_fund
from tests.support.factories.people import PersonFactory, RoleGrantFactory, appointer
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.factories.rehearsals import RehearsalFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.app import create_app
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.models import Application
from voorjebuurt.ownwords.service import begin
from voorjebuurt.people import queries
from voorjebuurt.people.appointments.mandates import propose_officer
from voorjebuurt.people.models import Person
from voorjebuurt.people.teams.service import make_team
from voorjebuurt.settings import Settings
from voorjebuurt.web import guards
from voorjebuurt.web.kit import access

ARRIVAL = 299
EVERYBODY = frozenset(
    {
        "anonymous",
        "initiator",
        "resident",
        "coach",
        "officer",
        "officer elsewhere",
        "staff",
        "auditor",
        "inspector",
        "inspector elsewhere",
    }
)
MEMBERS = EVERYBODY - {"anonymous"}

ADMISSIONS: dict[str, frozenset[str]] = {
    "public": EVERYBODY,
    "guest token": EVERYBODY,
    "signed in": MEMBERS,
    "signed in, before the second step too": MEMBERS,
    "coach": frozenset({"coach"}),
    "officer": frozenset({"officer", "officer elsewhere"}),
    "staff": frozenset({"staff"}),
    "staff or auditor": frozenset({"staff", "auditor"}),
    "staff, officer or auditor": frozenset(
        {"staff", "officer", "officer elsewhere", "auditor", "inspector", "inspector elsewhere"}
    ),
    "officer or auditor of a municipality": frozenset(
        {"officer", "officer elsewhere", "inspector", "inspector elsewhere"}
    ),
    **{
        f"reader of the {what}'s municipality": frozenset({"officer", "inspector"})
        for what in (
            "campaign",
            "fund",
            "application",
            "decision",
            "objection",
            "rehearsal",
            "inquiry",
            "intention",
            "letter",
            "wording",
        )
    },
    "the campaign's initiator": frozenset({"initiator"}),
    "who collects cash for the campaign": frozenset({"initiator"}),
    "the initiator or who began the draft": frozenset({"initiator"}),
    "who a draft was begun for": frozenset({"initiator"}),
    "applicant of the application": frozenset({"initiator"}),
    "applicant of the decision": frozenset({"initiator"}),
    "applicant of the inquiry": frozenset({"initiator"}),
    "officer of the inquiry's municipality": frozenset({"officer"}),
    "applicant of the intention": frozenset({"initiator"}),
    "officer of the intention's municipality": frozenset({"officer"}),
    "applicant of the objection": frozenset({"initiator"}),
    "applicant of the plan request": frozenset({"initiator"}),
    "officer of the campaign's municipality": frozenset({"officer"}),
    "officer of the fund's municipality": frozenset({"officer"}),
    "officer of the application's municipality": frozenset({"officer"}),
    "officer of the decision's municipality": frozenset({"officer"}),
    "officer of the question's municipality": frozenset({"officer"}),
    "officer of the letter's municipality": frozenset({"officer"}),
    "officer of the objection's municipality": frozenset({"officer"}),
    "officer of the delegation's municipality": frozenset({"officer"}),
    "officer of the rehearsal's municipality": frozenset({"officer"}),
    "officer of the register's municipality": frozenset({"officer"}),
    "officer of the mandate's municipality": frozenset({"officer"}),
    "officer of the role proposal's municipality": frozenset({"officer"}),
    "officer of the wording's municipality": frozenset({"officer"}),
    "officer of the team's municipality": frozenset({"officer"}),
}
HIDDEN_FROM: dict[str, frozenset[str]] = {
    "the campaign's initiator": MEMBERS,
    "who collects cash for the campaign": MEMBERS,
    "the initiator or who began the draft": MEMBERS,
    "who a draft was begun for": MEMBERS,
    "applicant of the application": MEMBERS,
    "applicant of the decision": MEMBERS,
    "applicant of the inquiry": MEMBERS,
    "applicant of the intention": MEMBERS,
    "applicant of the objection": MEMBERS,
    "applicant of the plan request": MEMBERS,
    **{
        kind: frozenset({"officer elsewhere"})
        for kind in ADMISSIONS
        if kind.startswith("officer of the ")
    },
    **{
        kind: frozenset({"officer elsewhere", "inspector elsewhere"})
        for kind in ADMISSIONS
        if kind.startswith("reader of the ")
    },
}
"""To whom a thing of somebody else does not exist (404); to the rest it is forbidden (403)."""


@dataclass
class World:
    """People in every role, and the things that routes are about, by the name of the argument.

    All of them are the initiator's, in the officer's municipality.
    """

    initiator: Person
    resident: Person
    coach: Person
    officer: Person
    officer_elsewhere: Person
    staff: Person
    auditor: Person
    inspector: Person
    inspector_elsewhere: Person
    things: dict[str, UUID]

    def argument(self, name: str, converter: str) -> Any:
        """A value for a route's argument: one of the things, or something that nobody owns."""
        if name in self.things:
            return self.things[name]
        return {"uuid": uuid4(), "integer": 1}.get(converter, "x" * 43)

    def person(self, who: str) -> Person:
        """The person in a role."""
        person: Person = getattr(self, who.replace(" ", "_"))
        return person


@pytest.fixture
def world(committing: Committing) -> World:
    """See ``World``."""
    with committing():
        people = {field.name: PersonFactory() for field in fields(World) if field.name != "things"}
        for role in ("coach", "staff", "auditor"):
            RoleGrantFactory(person_id=people[role].id, role=role)
        here, elsewhere = NeighbourhoodFactory(), MunicipalityFactory()
        places = {"officer": here.municipality_id, "officer_elsewhere": elsewhere.id}
        for name, place in places.items():
            RoleGrantFactory(person_id=people[name].id, role="officer", municipality_id=place)
            auditor_id = people[name.replace("officer", "inspector")].id
            RoleGrantFactory(person_id=auditor_id, role="inspector", municipality_id=place)
        campaign = CampaignFactory(
            neighbourhood_id=here.id,
            municipality_id=here.municipality_id,
            initiator_id=people["initiator"].id,
        )
        things = {**_things(campaign), **_role_things(people["officer"], people["resident"])}
        return World(**people, things=things)


def _role_things(officer: Person, resident: Person) -> dict[str, UUID]:
    """The role of an officer, and a proposal to make another one."""
    session = certain(object_session(officer))
    (grant,) = queries.grants_of(session, officer.id)
    place_id = certain(grant.municipality_id)
    proposal_id = propose_officer(
        session,
        municipality_id=place_id,
        email=resident.email,
        mandate_limit_cents=0,
        may_appoint=False,
        wait=timedelta(days=1),
        actor=appointer(session, place_id),
    )
    actor = appointer(session, place_id)
    wording_id = begin(session, municipality_id=place_id, actor=actor)
    team_id = make_team(
        session,
        municipality_id=place_id,
        name="Oost",
        member_ids=[officer.id],
        actor=actor,
    )
    return {
        "municipality_id": place_id,
        "grant_id": grant.id,
        "proposal_id": proposal_id,
        "wording_id": wording_id,
        "team_id": team_id,
    }


def _things(campaign: Campaign) -> dict[str, UUID]:
    """A campaign that applied to a fund, was decided on, and objected."""
    fund = open_fund(municipality=None, municipality_id=campaign.municipality_id)
    decision = DecisionFactory(application=ApplicationFactory(fund=fund, campaign=campaign))
    award = _awarded_ex_officio(campaign)
    return {
        "campaign_id": campaign.id,
        "fund_id": fund.id,
        "application_id": decision.application_id,
        "decision_id": decision.id,
        "objection_id": ObjectionFactory(decision=decision).id,
        "inquiry_id": InquiryFactory(application=award).id,
        "request_id": PlanRequestFactory(application=award).id,
        "intention_id": IntentionFactory(decision=decision).id,
        "letter_id": PostedLetterFactory(decision=decision).id,
        "question_id": FundQuestionFactory(fund=fund).id,
        "delegation_id": DelegationFactory(municipality_id=campaign.municipality_id).id,
        "rehearsal_id": RehearsalFactory(municipality_id=campaign.municipality_id).id,
    }


def _awarded_ex_officio(campaign: Campaign) -> Application:
    """An award of the same campaign of which nothing is accounted for."""
    fund = open_fund(municipality=None, municipality_id=campaign.municipality_id, stacks=True)
    values = {"status": "awarded", "arrangement": "ex_officio", "arrangement_weeks": 26}
    return ApplicationFactory(fund=fund, campaign=campaign, **values)


@pytest.fixture
def walk(settings: Settings, fresh_database: Database) -> Flask:
    """The site with every view replaced by a stub that says it was reached."""
    app = create_app(settings, fresh_database)
    app.config["WTF_CSRF_ENABLED"] = False
    for endpoint in app.view_functions:
        app.view_functions[endpoint] = lambda **_: ("", ARRIVAL)
    return app


def requests_of(app: Flask, world: World) -> Iterator[tuple[Rule, str, str]]:
    """Every route with every method, and an address for it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {
            name: world.argument(name, _converter_name(rule, name)) for name in rule.arguments
        }
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


def _converter_name(rule: Rule, argument: str) -> str:
    return type(rule._converters[argument]).__name__.removesuffix("Converter").lower()


def expected(guard: access.Guard, who: str) -> int:
    """The status that somebody should get."""
    if who in ADMISSIONS[guard.name]:
        return ARRIVAL
    if who == "anonymous":
        return 302
    return 404 if who in HIDDEN_FROM.get(guard.name, ()) else 403


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_reaches_exactly_what_the_table_says(
    walk: Flask, world: World, signed_in: SignIn, who: str
) -> None:
    browser = walk.test_client() if who == "anonymous" else _browser(walk, world, who, signed_in)
    wrong = []
    for rule, method, path in requests_of(walk, world):
        answer = browser.open(path, method=method)
        status = expected(guards.GUARDS[rule.endpoint], who)
        if answer.status_code != status:
            wrong.append(f"{method} {rule.rule}: {answer.status_code} instead of {status}")
        elif status == 302 and not answer.location.startswith("/inloggen"):
            wrong.append(f"{method} {rule.rule} leads to {answer.location}")
    assert wrong == []


def _browser(walk: Flask, world: World, who: str, signed_in: Any) -> Any:
    """The session is opened by the real site; the stubs are asked with its cookie."""
    real = signed_in(world.person(who))
    browser = walk.test_client()
    browser.environ_base.update(real.environ_base)
    with real.session_transaction() as theirs:
        values = dict(theirs)
    with browser.session_transaction() as ours:
        ours.update(values)
    return browser


def test_every_kind_of_guard_is_walked() -> None:
    kinds = {value.name for value in vars(access).values() if isinstance(value, access.Guard)}
    assert kinds == ADMISSIONS.keys()
    assert {guard.name for guard in guards.GUARDS.values()} <= kinds


def test_owned_things_are_addressed_by_what_their_guard_loads(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        guard = guards.GUARDS[rule.endpoint]
        if guard.owner is not None or guard.place is not None:
            assert guard.argument in rule.arguments, rule.rule


@pytest.mark.parametrize("who", ["initiator", "officer"])
def test_a_thing_that_does_not_exist_is_nobodys(
    walk: Flask, signed_in: SignIn, world: World, who: str
) -> None:
    nowhere = World(**{**vars(world), "things": dict.fromkeys(world.things, uuid4())})
    browser = _browser(walk, world, who, signed_in)
    for rule, method, path in requests_of(walk, nowhere):
        guard = guards.GUARDS[rule.endpoint]
        has_owner = guard.owner is not None or guard.place is not None
        if has_owner and who in ADMISSIONS[guard.name]:
            assert browser.open(path, method=method).status_code == 404, rule.rule


def test_a_wrong_token_opens_nothing(app: Flask, client: FlaskClient, world: World) -> None:
    wrong = []
    for rule, method, path in requests_of(app, world):
        if guards.GUARDS[rule.endpoint] is access.GUEST_TOKEN:
            status = client.open(path, method=method).status_code
            if status != 404:
                wrong.append(f"{method} {rule.rule}: {status}")
    assert wrong == []


def test_the_table_names_only_routes_that_exist(app: Flask) -> None:
    optional = guards.OPTIONAL - app.blueprints.keys()
    names = {name for name in guards.GUARDS if name.partition(".")[0] not in optional}
    assert names == set(app.view_functions)


@pytest.mark.parametrize("media_type", ["text/html", "application/pdf", "text/csv", "image/png"])
@pytest.mark.parametrize("who", ["anonymous", "initiator", "officer", "staff", "auditor"])
def test_what_is_not_for_everybody_is_kept_by_nobody(
    walk: Flask, world: World, signed_in: SignIn, who: str, media_type: str
) -> None:
    def answer(**_: Any) -> Response:
        headers = {"Cache-Control": "private, max-age=600", "Content-Type": media_type}
        return Response("x", ARRIVAL, headers)

    for endpoint in walk.view_functions:
        walk.view_functions[endpoint] = answer
    browser = walk.test_client() if who == "anonymous" else _browser(walk, world, who, signed_in)
    wrong = []
    for rule, method, path in requests_of(walk, world):
        headers = browser.open(path, method=method).headers
        is_open = guards.GUARDS[rule.endpoint] is access.PUBLIC and who == "anonymous"
        if "Cookie" not in headers.get("Vary", ""):
            wrong.append(f"{method} {rule.rule}: Vary {headers.get('Vary')}")
        policy = headers["Cache-Control"]
        if policy != "no-store" and not (is_open and policy == "private, no-cache"):
            wrong.append(f"{method} {rule.rule}: {policy}")
    assert wrong == []
