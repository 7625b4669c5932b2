"""Claim gifts that were booked before there were claims.

Funds read claims: without them, gifts to campaigns that run at the update would never be matched.
The key of a donor can't be made here; a name at random stands for each address.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NAME_DONORS = """
    UPDATE pledges SET donor_key = named.donor_key
    FROM (
        SELECT id, 'pledge:' || first_value(id) OVER (
            PARTITION BY coalesce(lower(email), id::text) ORDER BY created_at, id
        ) AS donor_key
        FROM pledges
    ) AS named
    WHERE named.id = pledges.id AND pledges.donor_key IS NULL AND pledges.booked_at IS NOT NULL
"""

MARK_INITIATORS = """
    UPDATE pledges SET matchable = false
    FROM campaigns JOIN persons ON persons.id = campaigns.initiator_id
    WHERE campaigns.id = pledges.campaign_id AND pledges.matchable
        AND (pledges.donor_id = persons.id OR lower(pledges.email) = persons.email)
"""

CLAIM = """
    INSERT INTO match_claims (id, campaign_id, municipality_id, pledge_id, kind, amount_cents,
                              donor_key, area_code, matchable, written_at)
    SELECT gen_random_uuid(), pledges.campaign_id, pledges.municipality_id, pledges.id, 'gift',
        pledges.amount_cents - payments.refunded_cents - payments.charged_back_cents,
        pledges.donor_key, pledges.local_code, pledges.matchable, pledges.booked_at
    FROM pledges
    JOIN payments ON payments.pledge_id = pledges.id AND payments.booked_as = 'contribution'
    JOIN campaigns ON campaigns.id = pledges.campaign_id
    WHERE pledges.status = 'booked' AND campaigns.status NOT IN ('failed', 'cancelled')
        AND pledges.amount_cents > payments.refunded_cents + payments.charged_back_cents
        AND NOT EXISTS (SELECT 1 FROM match_claims WHERE pledge_id = pledges.id)
    ORDER BY pledges.booked_at, pledges.id
"""


def upgrade() -> None:
    for statement in (NAME_DONORS, MARK_INITIATORS, CLAIM):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("What was claimed stays: claims are never taken out of the books.")
