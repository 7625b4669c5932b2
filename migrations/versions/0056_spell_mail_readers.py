"""Write the addresses that mail knows in the spelling that all addresses have (as 0030)."""

import contextlib
import logging

import idna
import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

KEYED = ("confirmed_addresses", "mail_unsubscriptions")
"""Tables of which the address is (a part of) the key: both spellings become one row."""


def upgrade() -> None:
    respell(op.get_bind())


def respell(connection: sa.Connection) -> None:
    """Only addresses with other letters than ASCII, capitals or spaces, of which there are few."""
    messages = sa.table("mail_messages", sa.column("id"), sa.column("recipient"))
    odd = messages.c.recipient.regexp_match("[^ -~]|[A-Z]|^ | $")
    for row_id, recipient in connection.execute(sa.select(messages).where(odd)).all():
        statement = sa.update(messages).where(messages.c.id == row_id)
        connection.execute(statement.values(recipient=one_spelling(recipient)))
    for name in KEYED:
        table = sa.table(name, sa.column("email"))
        odd = table.c.email.regexp_match("[^ -~]|^ | $")
        for (email,) in connection.execute(sa.select(table.c.email).where(odd).distinct()).all():
            if one_spelling(email) == email:
                continue
            statement = sa.update(table).where(table.c.email == email)
            try:
                with connection.begin_nested():
                    connection.execute(statement.values(email=one_spelling(email)))
            except sa.exc.IntegrityError:
                connection.execute(sa.delete(table).where(table.c.email == email))
    report_pairs(connection)


def one_spelling(address: str) -> str:
    """In lower case, the domain in ASCII where it is one."""
    local, at, domain = address.strip().lower().rpartition("@")
    with contextlib.suppress(idna.IDNAError):
        domain = idna.encode(domain, uts46=True).decode() if not domain.isascii() else domain
    return f"{local}{at}{domain}"


def report_pairs(connection: sa.Connection) -> None:
    """Somebody who is there in both spellings is two persons; staff choose which of them stays."""
    persons = sa.table("persons", sa.column("id"), sa.column("email"))
    odd = persons.c.email.regexp_match("@.*[^ -~]")
    for row_id, email in connection.execute(sa.select(persons).where(odd)).all():
        twin = sa.select(persons.c.id).where(persons.c.email == one_spelling(email))
        twin_id = connection.scalar(twin)
        logging.getLogger("alembic").warning("person %s is person %s as well", row_id, twin_id)


def downgrade() -> None:
    """Both spellings are the same address."""
