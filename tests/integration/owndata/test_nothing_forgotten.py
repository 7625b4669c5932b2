"""Every table that holds something of a person is exported and erased, or has a reason.

What the code really reads, changes and deletes is seen in its statements to the database.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, event
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of, signed_in_as
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.owndata import erasing, export
from voorjebuurt.people.models import Person
from voorjebuurt.schema import metadata
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
OF_PEOPLE = re.compile(
    r"(^|_)(emails?|recipient|iban|holder|person|initiator|author|applicant|device|donor|actor)(_|$)"
    r"|^(name|postcode|guest_name)$|(^|_)by$"
)
"""Names of columns that hold something of a person, beside references to ``persons``."""
OF_NO_PERSON = {
    "address_areas": "addresses of houses, from an official file",
    "funds": "what a fund is called, and which officers made it",
    "municipalities": "what a municipality is called",
    "neighbourhoods": "what a neighbourhood is called",
    "queue_heartbeats": "what a queue is called",
    "worker_heartbeats": "what a process is called",
}
WORK = "work in a role: the name of who did it is read from their own row"
NOT_EXPORTED = {
    "adopted_budgets": WORK,
    "alerts": WORK,
    "appeals": WORK,
    "audit_events": "what somebody did, by the number of their row; staff read it",
    "bank_files": WORK,
    "calendar_feeds": "hashes of secrets, and which calendars they open",
    "cash_arrivals": WORK,
    "cash_deposits": "that somebody took cash to the bank for a campaign, which they know",
    "cash_gifts": "who took cash for a campaign; a giver has no address, and reads it by a receipt",
    "cash_helpers": "that somebody collects for a campaign, which they agreed to",
    "cash_returns": WORK,
    "cash_reversals": WORK,
    "desk_gifts": "where letters about a gift go, of who has no address of mail",
    "desk_letters": "letters to who has no address of mail, who got them",
    "case_letters": WORK,
    "case_notes": "notes of officers on a case",
    "checklist_marks": WORK,
    "clock_events": WORK,
    "coach_edits": "words of a plan as they were and became; who wrote them, in a role",
    "confirmed_addresses": "that a mail to the address was read, which its reader knows",
    "data_links": "the link by which the data is read now",
    "decisions": WORK,
    "default_notices": WORK,
    "delegations": WORK,
    "follow_links": "hashes of secrets",
    "fund_deposits": WORK,
    "funder_links": "for whom an initiator made a link, and who made it, which they know",
    "funder_remarks": "without an address: nobody can tell whose it is; see funder_links",
    "fund_returns": WORK,
    "fund_rounds": WORK,
    "fund_versions": WORK,
    "gift_address_changes": "an address that asks to be a gift's, for a day; then it is the gift's",
    "hidden_words": WORK,
    "last_terms": WORK,
    "mailed_facts": "that a mail was written, which is in the list of mails",
    "match_claims": "a keyed hash that tells nothing by itself",
    "near_misses": WORK,
    "objection_rulings": WORK,
    "objection_steps": WORK,
    "own_words": WORK,
    "page_corrections": "words of a campaign as they were, on its public page",
    "paper_filings": WORK,
    "payee_ticks": WORK,
    "payee_waivers": WORK,
    "payouts": WORK,
    "place_imports": WORK,
    "posted_letters": WORK,
    "recovery_codes": "hashes of secrets",
    "refunds": WORK,
    "rehearsals": WORK,
    "role_proposals": "a role that nobody has yet; its holder is mailed about it",
    "sign_in_links": "hashes of secrets, for half an hour",
    "team_members": "who shares work with whom, in a role",
    "talk_seats": "until when somebody read a conversation, and when it was mailed about",
    "teams": WORK,
    "viewings": "when staff looked along: it was mailed at once, and goes with their sign-in",
    "work_filters": "what somebody wants to see of their work in a role",
    "totp_factors": "a secret, which would be worth nothing once it was shown",
}
BOOKS = "bookkeeping, for seven years; it names a row without a name"
FILE = "the file of a case, which the law on archives keeps; it names a row without a name"
TRACE = "who did it in a role, by the number of a row without a name"
NOT_ERASED = {
    "accountings": FILE,
    "adopted_budgets": TRACE,
    "alerts": TRACE,
    "appeals": FILE,
    "applicants": FILE,
    "attachments": "of a case: its file, see there; what was never sent goes after a term",
    "applications": FILE,
    "audit_events": "append-only: the number of a row without a name",
    "bank_files": BOOKS,
    "calendar_feeds": TRACE,
    "cash_arrivals": BOOKS,
    "cash_deposits": BOOKS,
    "cash_gifts": "bookkeeping; the name of a giver goes a year after the end of the campaign",
    "cash_helpers": TRACE,
    "cash_returns": BOOKS,
    "cash_reversals": BOOKS,
    "desk_gifts": "where letters go; that is thrown away a year after the end of the campaign",
    "desk_letters": "what was told; the text goes a year after the end of the campaign",
    "case_letters": FILE,
    "case_notes": FILE,
    "checklist_marks": FILE,
    "clock_events": FILE,
    "coach_edits": TRACE,
    "decisions": FILE,
    "default_notices": FILE,
    "delegations": TRACE,
    "fund_deposits": BOOKS,
    "funder_links": "goes a year after the link closed, or with the plan",
    "funder_remarks": "goes with its link; the words at once when the initiator removes them",
    "fund_returns": BOOKS,
    "fund_rounds": TRACE,
    "fund_versions": TRACE,
    "inquiries": FILE,
    "intentions": FILE,
    "last_terms": FILE,
    "match_claims": "a keyed hash that tells nothing by itself; sums of match money rest on it",
    "near_misses": TRACE,
    "objection_rulings": FILE,
    "objection_steps": FILE,
    "objections": FILE,
    "own_words": TRACE,
    "page_corrections": TRACE,
    "paper_filings": FILE,
    "payee_ticks": BOOKS,
    "payee_waivers": BOOKS,
    "payouts": BOOKS,
    "plan_requests": FILE,
    "place_imports": TRACE,
    "posted_letters": FILE,
    "refunds": BOOKS,
    "rehearsals": TRACE,
    "role_grants": TRACE,
    "stakes": FILE,
    "teams": TRACE,
    "viewings": "goes with the sign-in of who looked; it names a row without a name",
}


def is_of_people(column: Column[Any]) -> bool:
    refers = any(key.column.table.name == "persons" for key in column.foreign_keys)
    return refers or OF_PEOPLE.search(column.name) is not None


def tables_of_people() -> set[str]:
    tables = {
        table.name
        for table in metadata.sorted_tables
        if any(is_of_people(column) for column in table.columns)
    }
    return tables - OF_NO_PERSON.keys()


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    texts: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        texts.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield texts
    finally:
        event.remove(engine, "before_cursor_execute", note)


def named(texts: list[str], pattern: str) -> set[str]:
    return {name for text in texts for name in re.findall(pattern, text)}


def noor(session: Session) -> Person:
    """Somebody of whom there is a row of every kind that is changed row by row."""
    person = PersonFactory(email=NOOR)
    signed_in_as(session, person)
    PledgeFactory(email=NOOR)
    CampaignFactory(status="draft", initiator_id=person.id)
    queue_mail(session, key="x", template="receipt", recipient=NOOR, locale="nl")
    session.flush()
    return person


def assert_each_has_its_place(touches: set[str], reasons: dict[str, str]) -> None:
    tables = tables_of_people()
    assert tables - touches - reasons.keys() == set(), "neither done nor with a reason"
    assert reasons.keys() - (tables - touches) == set(), "a reason too many"


def test_the_names_of_no_person_are_tables() -> None:
    assert OF_NO_PERSON.keys() <= metadata.tables.keys()


def test_everything_of_a_person_is_in_the_export_or_has_a_reason(
    session: Session, settings: Settings
) -> None:
    person = noor(session)
    session.expire_all()
    with statements(session) as texts:
        export.data_of_person(session, person.id, sealer=Sealer(settings.data_keys))
    assert_each_has_its_place(named(texts, r"(?:FROM|JOIN) (\w+)"), NOT_EXPORTED)


def test_everything_of_a_person_is_erased_or_has_a_reason(session: Session) -> None:
    person = noor(session)
    actor = actor_of(person)
    with statements(session) as texts:
        erasing.erase_signed_in(
            session, person_id=person.id, typed_email=NOOR, tell=False, actor=actor
        )
        session.flush()
    assert_each_has_its_place(named(texts, r"(?:UPDATE|DELETE FROM) (\w+)"), NOT_ERASED)
