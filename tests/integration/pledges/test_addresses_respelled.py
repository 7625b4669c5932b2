"""Addresses of before there was one spelling get it at the update."""

import runpy

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt import paths
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.pledges.models import Pledge

FILE = paths.MIGRATIONS / "versions" / "0030_spell_domains_in_ascii.py"


def test_a_domain_in_its_letters_is_found_again(session: Session) -> None:
    person = PersonFactory(email="info@café.example")
    gift = PledgeFactory(campaign=CampaignFactory(status="live"))
    twins = [PersonFactory(email=f"a@{name}.example") for name in ("xn--caf-dma", "café")]
    session.flush()
    session.execute(update(Pledge).values(email="info@café.example"))
    runpy.run_path(str(FILE))["respell"](session.connection())
    session.expire_all()
    assert session.scalar(select(Pledge.email).where(Pledge.id == gift.id)) == (
        "info@xn--caf-dma.example"
    )
    same = person_by_email(session, "Info@Café.example")
    assert same is not None
    assert same.id == person.id
    # Who has both keeps both.
    emails = session.scalars(select(Person.email).where(Person.id.in_([p.id for p in twins])))
    assert sorted(emails) == ["a@café.example", "a@xn--caf-dma.example"]
