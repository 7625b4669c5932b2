"""Write the domains of addresses as mail servers take them, as they are looked for from now on."""

import contextlib

import idna
import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("persons", "pledges", "unmatched_givers", "sign_in_links")


def upgrade() -> None:
    respell(op.get_bind())


def respell(connection: sa.Connection) -> None:
    """Only addresses with other letters than ASCII, of which there are few."""
    for name in TABLES:
        table = sa.table(name, sa.column("id"), sa.column("email"))
        rows = sa.select(table.c.id, table.c.email).where(table.c.email.regexp_match("[^ -~]"))
        for row_id, email in connection.execute(rows).all():
            local, at, domain = email.rpartition("@")
            # An address that is no domain's, or there in both spellings, stays as it is.
            with contextlib.suppress(idna.IDNAError, sa.exc.IntegrityError):
                address = f"{local}{at}{idna.encode(domain, uts46=True).decode()}"
                with connection.begin_nested():
                    connection.execute(
                        sa.update(table).where(table.c.id == row_id).values(email=address)
                    )


def downgrade() -> None:
    """Both spellings are the same address."""
