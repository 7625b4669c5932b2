"""How Alembic runs our migrations. Called only through ``voorjebuurt.kernel.migrate``.

Each migration is a transaction of its own. It gives up after five seconds of waiting for a lock,
rather than hold up the site's own queries behind it, and after a minute of work.
"""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
connection.execute(text("SET lock_timeout = '5s'"))
connection.execute(text("SET statement_timeout = '60s'"))
connection.commit()
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
