"""An objection to a decision of a divided fund, and two who may decide on it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.case_steps import (
    draft,
    heard,
    objected,
)
from tests.support.factories.rounds import given
from tests.support.factories.towns import Town, officer, town_divided
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


CLAIM = 50_000


AWARD = Replacement("award", CLAIM)


def divided_town(session: Session, **fields: Any) -> Town:
    """Somebody gave what the rules match, so that the case can be computed on its own too."""
    case = town_divided(session, claim=CLAIM, **fields)
    given(case.campaign, CLAIM, at=NOW - timedelta(days=1))
    return case


def judges(session: Session, case: Town) -> tuple[Actor, Actor]:
    place = case.fund.municipality_id
    return officer(session, place, "Rosa"), officer(session, place, "Bram")


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def proposed(
    session: Session, objection: Objection, actor: Actor, **fields: Any
) -> ObjectionRuling:
    values: dict[str, Any] = {"outcome": "rejected", **fields}
    ruling_id = propose_ruling(
        session, objection_id=objection.id, draft=draft(**values), actor=actor
    )
    return session.get_one(ObjectionRuling, ruling_id)


def heard_objection(session: Session, case: Town, actor: Actor, decision: Decision) -> Objection:
    objection = objected(session, case, decision)
    heard(session, objection, actor)
    return objection
