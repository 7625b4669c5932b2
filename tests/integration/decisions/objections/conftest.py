"""A case of a divided fund in June, and two officers who decided nothing of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.towns import Town
from tests.support.objections import NOW, divided_town, judges
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return divided_town(session)


@pytest.fixture
def two(session: Session, case: Town) -> tuple[Actor, Actor]:
    return judges(session, case)
