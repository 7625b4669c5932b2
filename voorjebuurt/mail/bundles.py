"""Mail about things that wait for somebody: about each once, and only so often."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.mail.models import MailedFact

PAUSE = timedelta(hours=1)
"""What happens within so long after a mail waits, and comes in one mail together."""
MAX_LINES = 20
"""So many things a mail names; of more it says how many."""


def may_follow(session: Session, *, person_id: UUID, template: str) -> bool:
    """Whether the pause after somebody's latest mail of this template is over.

    Holds the person's mails until the commit, so that two workers never both send one.
    """
    key = func.hashtextextended(f"bundle:{person_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))
    latest = session.scalar(
        select(func.max(MailedFact.mailed_at)).where(
            MailedFact.person_id == person_id, MailedFact.template == template
        )
    )
    return latest is None or latest <= clock.now() - PAUSE


def mailed_within_pause(session: Session, *, template: str) -> frozenset[UUID]:
    """Everybody whose latest mail of this template is so short ago that none may follow yet."""
    since = clock.now() - PAUSE
    statement = select(MailedFact.person_id).where(
        MailedFact.template == template, MailedFact.mailed_at > since
    )
    return frozenset(session.scalars(statement.distinct()))


def new_facts(
    session: Session, *, person_id: UUID, template: str, facts: Sequence[str]
) -> frozenset[str]:
    """Write down that somebody is mailed about these; returns those of which they were not yet."""
    if not facts:
        return frozenset()
    rows = [
        {"person_id": person_id, "fact": fact, "template": template, "mailed_at": clock.now()}
        for fact in dict.fromkeys(facts)
    ]
    statement = insert(MailedFact).values(rows).on_conflict_do_nothing()
    return frozenset(session.scalars(statement.returning(MailedFact.fact)))


def forget_facts(
    session: Session, *, templates: str, waiting: Collection[str], before: datetime, limit: int
) -> int:
    """Throw away of what people were mailed before a moment, so many at once; returns how many.

    Of templates that begin so. What is still ``waiting`` is never thrown away: it would be mailed
    again.
    """
    key = tuple_(MailedFact.person_id, MailedFact.fact)
    old = (
        select(MailedFact.person_id, MailedFact.fact)
        .where(
            MailedFact.template.startswith(templates, autoescape=True),
            MailedFact.mailed_at < before,
            MailedFact.fact.not_in(sorted(waiting)),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = delete(MailedFact).where(key.in_(old)).returning(MailedFact.fact)
    return len(session.scalars(statement).all())
