"""Note changes of campaigns: whatever changes what a campaign raised has its sums counted anew."""

from alembic import op

revision = "0200"
down_revision = "0199"
branch_labels = None
depends_on = None

# A note is a new row of its own: it waits for nobody, and refuses nothing.
NOTE = """
    CREATE FUNCTION note_campaign_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            INSERT INTO campaign_changes (campaign_id) VALUES (OLD.campaign_id);
        END IF;
        IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.campaign_id <> OLD.campaign_id) THEN
            INSERT INTO campaign_changes (campaign_id) VALUES (NEW.campaign_id);
        END IF;
        RETURN NULL;
    END $$
"""
NOTE_STATE = """
    CREATE FUNCTION note_campaign_state() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO campaign_changes (campaign_id) VALUES (NEW.id);
        RETURN NULL;
    END $$
"""
NOTE_HOURS = """
    CREATE FUNCTION note_offered_hours() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO campaign_changes (campaign_id)
            SELECT campaign_id FROM needs WHERE id = NEW.need_id;
        RETURN NULL;
    END $$
"""
# (name, what happens to which table, when it matters, function)
TRIGGERS = (
    (
        "pledges_note_new",
        "INSERT ON pledges",
        "NEW.booked_at IS NOT NULL",
        "note_campaign_change",
    ),
    (
        "pledges_note",
        "UPDATE OF status, booked_at, refund_reason, amount_cents, campaign_id ON pledges",
        "OLD.booked_at IS NOT NULL OR NEW.booked_at IS NOT NULL",
        "note_campaign_change",
    ),
    ("pledges_note_gone", "DELETE ON pledges", "OLD.booked_at IS NOT NULL", "note_campaign_change"),
    (
        "campaign_matches_note",
        "INSERT OR UPDATE OR DELETE ON campaign_matches",
        "true",
        "note_campaign_change",
    ),
    (
        "needs_note",
        "UPDATE OF taken ON needs",
        "NEW.taken <> OLD.taken",
        "note_campaign_change",
    ),
    (
        "campaign_updates_note_new",
        "INSERT ON campaign_updates",
        "NEW.published_at IS NOT NULL",
        "note_campaign_change",
    ),
    (
        "campaign_updates_note",
        "UPDATE OF published_at, withdrawn_at, hidden_at ON campaign_updates",
        "NEW.published_at IS NOT NULL",
        "note_campaign_change",
    ),
    (
        "campaigns_note_new",
        "INSERT ON campaigns",
        "NEW.opened_at IS NOT NULL",
        "note_campaign_state",
    ),
    (
        "campaigns_note",
        "UPDATE OF status, goal_cents, pledges_stopped_at, municipality_id, decided_at ON campaigns",
        "NEW.opened_at IS NOT NULL",
        "note_campaign_state",
    ),
    (
        "need_offers_note",
        "UPDATE OF hours ON need_offers",
        "NEW.hours IS DISTINCT FROM OLD.hours",
        "note_offered_hours",
    ),
)


def upgrade() -> None:
    for function in (NOTE, NOTE_STATE, NOTE_HOURS):
        op.execute(function)
    for name, event, condition, function in TRIGGERS:
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW WHEN ({condition})"
            f" EXECUTE FUNCTION {function}()"
        )


def downgrade() -> None:
    for name, event, _condition, _function in TRIGGERS:
        op.execute(f"DROP TRIGGER {name} ON {event.rpartition(' ')[2]}")
    for function in ("note_campaign_change", "note_campaign_state", "note_offered_hours"):
        op.execute(f"DROP FUNCTION {function}()")
