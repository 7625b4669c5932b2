"""One of everything that the site shows, and the addresses of all its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import payouts as payout_factories
from tests.factories.campaigns import CampaignFactory
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.places import NeighbourhoodFactory
from tests.factories.pledges import PledgeFactory
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import signin
from voorjebuurt.people.models import Person
from voorjebuurt.web.guards import GUARDS

NO_PAGES = frozenset(
    {
        "health.live",
        "health.ready",
        "outbox.show_mail_html",  # a frame inside outbox.show_mail
        "public.send_picture",
        "sandbox.pass_on",
        "staff.send_bank_file",
    }
)
"""What answers GET with something else than a page of the site."""

WHO = {
    "public": "visitor",
    "guest token": "visitor",
    "signed in": "resident",
    "the campaign's initiator": "resident",
    "the initiator or who began the draft": "resident",
    "coach": "coach",
    "coach or staff": "coach",
    "officer": "officer",
    "officer of the campaign's municipality": "officer",
    "staff": "staff",
    "staff or auditor": "staff",
}
"""Kind of guard -> who looks at the page."""

Values = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """Persons by what they are, and the values of arguments: for all pages, and for some."""

    people: dict[str, Person]
    usual: Values
    special: dict[str, Values]


def set_scene(session: Session) -> Scene:
    """Make one of everything."""
    people = {name: PersonFactory() for name in ("resident", "coach", "officer", "staff")}
    buurt = NeighbourhoodFactory(name="Bloemenbuurt")
    for role in ("coach", "staff"):
        RoleGrantFactory(person_id=people[role].id, role=role)
    RoleGrantFactory(
        person_id=people["officer"].id, role="officer", municipality_id=buurt.municipality_id
    )
    place = {"neighbourhood": buurt, "initiator": people["resident"]}
    draft = CampaignFactory(status="draft", **place)
    submitted = CampaignFactory(status="submitted", **place)
    live = CampaignFactory(status="live", **place)
    gifts = [PledgeFactory(campaign=live, message="Succes, buren!") for _ in range(3)]
    case = payout_factories.payable_campaign(session)
    payout = payout_factories.payout_in(session, case, "exported")
    succeeded = CampaignFactory(status="succeeded", **place)
    message, token = _mail(session, "nieuw@voorbeeld.example")
    audit.raise_alert(session, key="scene", kind="job_failed", detail={"task": "mail.send"})
    usual = {
        "campaign_id": draft.id,
        "slug": live.slug,
        "token": gifts[0].token,
        "pledge_id": gifts[0].id,
        "person_id": people["resident"].id,
        "payout_id": payout.id,
        "payee_id": payout.payee_id,
        "file_id": payout.bank_file_id,
        "message_id": message.id,
        "alert_id": open_alerts(session)[0].id,
    }
    special = {
        "auth.show_link": {"token": token},
        "coach.show_review": {"campaign_id": submitted.id},
        "officer.show_campaign": {"campaign_id": live.id},
        "resident.show_campaign": {"campaign_id": live.id},
        "resident.show_payee": {"campaign_id": succeeded.id},
        "staff.show_campaign": {"campaign_id": live.id},
        "staff.cancel_campaign": {"campaign_id": live.id},
        "staff.stop_pledges": {"campaign_id": live.id},
        "staff.list_gifts": {"campaign_id": live.id},
    }
    return Scene(people, usual, special)


def sign_in_path(session: Session, person: Person) -> str:
    """A link that was mailed to somebody."""
    return f"/inloggen/{_mail(session, person.email)[1]}"


def pages(app: Flask, scene: Scene, who: str) -> Iterator[tuple[str, str]]:
    """Endpoint and address of every page that ``who`` should look at."""
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        wanted = rule.endpoint not in NO_PAGES and "GET" in (rule.methods or ())
        if wanted and WHO[GUARDS[rule.endpoint].name] == who:
            values = {**scene.usual, **scene.special.get(rule.endpoint, {})}
            needed = {name: values[name] for name in rule.arguments}
            yield rule.endpoint, adapter.build(rule.endpoint, needed)


def _mail(session: Session, email: str) -> tuple[MailMessage, str]:
    """A mail with a sign-in link, and the secret in it."""
    signin.request_link(session, email=email, next_path="/", locale="nl", actor=GUEST)
    session.flush()
    message = session.scalars(select(MailMessage).order_by(MailMessage.id.desc())).first()
    assert message is not None
    return message, message.context["path"].rpartition("/")[2]
