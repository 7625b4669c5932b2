"""Funds on their way through the real services, and the officers around them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.factories.places import NeighbourhoodFactory
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.funds.details import FundDetails
from voorjebuurt.matching.funds.drafts import create_fund
from voorjebuurt.matching.funds.publication import publish_fund
from voorjebuurt.matching.models import Fund, Rehearsal
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.rulebook.presets import recommended
from voorjebuurt.rulebook.values import jsontext

INDICATORS = ("p_hh_120", "ses_woa")
CEILING = 2_500_000
REASON_WITHOUT_REHEARSAL = "Het is een kleine proef."


def details(**changes: Any) -> FundDetails:
    """Everything that publishing needs: a fund that opens tomorrow, for thirty days."""
    today = clock.today()
    whole: dict[str, Any] = {
        "name": "Buurtfonds Waterdal",
        "purpose": "Voor plannen van bewoners die hun buurt beter maken.",
        "legal_basis": "Subsidieregeling Buurtfonds Waterdal 2026, artikel 4",
        "opens_on": today + timedelta(days=1),
        "closes_on": today + timedelta(days=30),
        "checklist": ("De actie ligt in onze gemeente",),
        "sender": "Afdeling Wijken\nPostbus 12\n1234 ZD Zonnedam",
        "objection_address": "Postbus 1, 1234 AB Waterdal",
    }
    return FundDetails(**{**whole, **changes})


@dataclass
class Desk:
    """A municipality with one buurt, and two officers of it."""

    buurt: Neighbourhood
    anna: Person
    bram: Person

    @property
    def writer(self) -> Actor:
        """The officer who drafts."""
        return actor_of(self.anna, "officer")

    @property
    def publisher(self) -> Actor:
        """The officer who publishes."""
        return actor_of(self.bram, "officer")


def desk(**fields: Any) -> Desk:
    """See ``Desk``."""
    buurt = NeighbourhoodFactory(**fields)
    anna, bram = PersonFactory(name="Anna Bakker"), PersonFactory(name="Bram Smit")
    for person in (anna, bram):
        RoleGrantFactory(
            person_id=person.id,
            role="officer",
            municipality_id=buurt.municipality_id,
            mandate_limit_cents=500_000,
        )
    return Desk(buurt, anna, bram)


def draft(session: Session, at: Desk, rules: Any = None, **changes: Any) -> Fund:
    """A draft that Anna wrote, with the recommended rules and everything that publishing needs."""
    return create_fund(
        session,
        municipality_id=at.buurt.municipality_id,
        details=details(**changes),
        rules=rules or recommended(CEILING),
        indicators=INDICATORS,
        actor=at.writer,
    )


def published(session: Session, at: Desk, rules: Any = None, **changes: Any) -> Fund:
    """The same, published by Bram without rehearsal."""
    fund = draft(session, at, rules, **changes)
    publish_fund(
        session,
        fund_id=fund.id,
        unrehearsed_reason=REASON_WITHOUT_REHEARSAL,
        indicators=INDICATORS,
        actor=at.publisher,
    )
    return fund


def rehearsal_of(session: Session, fund: Fund, **fields: Any) -> Rehearsal:
    """A rehearsal of exactly a draft's rules, done."""
    now = clock.now()
    values = {
        "id": new_id(),
        "municipality_id": fund.municipality_id,
        "rules": fund.draft_rules,
        "ruleset_sha256": jsontext.sha256(jsontext.parse(fund.draft_rules)),
        "source": "past",
        "status": "done",
        "outcome": {},
        "asked_at": now,
        "finished_at": now,
    }
    rehearsal = Rehearsal(**{**values, **fields})
    session.add(rehearsal)
    session.flush()
    return rehearsal


def in_days(days: int) -> date:
    """That many days from today."""
    return clock.today() + timedelta(days=days)
