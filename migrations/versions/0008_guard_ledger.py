"""Guard the ledger: balanced, append-only, closed when committed, not overdrawn."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BOOKED = ("ledger_transactions", "ledger_entries")

FUNCTIONS = (
    # A transaction remembers the database transaction that made it; nobody else may add to it.
    """
    CREATE FUNCTION ledger_stamp_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.xid := pg_current_xact_id()::text::bigint;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION ledger_refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM ledger_transactions
            WHERE id = NEW.transaction_id AND xid = pg_current_xact_id()::text::bigint;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'transaction % is closed', NEW.transaction_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_closed';
        END IF;
        RETURN NEW;
    END $$
    """,
    # The balance row of a guarded account is written here only. Its check constraint refuses an
    # overdraft; liabilities, equity and income have their normal side in credit.
    """
    CREATE FUNCTION ledger_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        account ledger_accounts%ROWTYPE;
        change bigint;
    BEGIN
        SELECT * INTO STRICT account FROM ledger_accounts WHERE id = NEW.account_id;
        IF account.guarded THEN
            change := CASE WHEN account.kind IN ('asset', 'expense')
                      THEN NEW.amount_cents ELSE -NEW.amount_cents END;
            UPDATE ledger_balances SET balance_cents = balance_cents + change
                WHERE account_id = NEW.account_id;
            IF NOT FOUND THEN
                INSERT INTO ledger_balances (account_id, balance_cents)
                VALUES (NEW.account_id, change)
                ON CONFLICT (account_id)
                    DO UPDATE SET balance_cents = ledger_balances.balance_cents + change;
            END IF;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION ledger_refuse_own_balance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_trigger_depth() < 2 THEN
            RAISE EXCEPTION 'balances follow the entries: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_balance';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
    """
    CREATE FUNCTION ledger_check_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        subject uuid := CASE TG_TABLE_NAME WHEN 'ledger_entries'
                        THEN (to_jsonb(NEW)->>'transaction_id')::uuid ELSE NEW.id END;
        total numeric;
        lines bigint;
    BEGIN
        SELECT coalesce(sum(amount_cents), 0), count(*) INTO total, lines
            FROM ledger_entries WHERE transaction_id = subject;
        IF total <> 0 OR lines < 2 THEN
            RAISE EXCEPTION 'transaction % has % entries that sum to %', subject, lines, total
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_balanced';
        END IF;
        RETURN NULL;
    END $$
    """,
    # What an account is can't change under its entries.
    """
    CREATE FUNCTION ledger_refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'ledger accounts do not change: % refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_account';
    END $$
    """,
)

TRIGGERS = (
    "CREATE TRIGGER stamp BEFORE INSERT ON ledger_transactions"
    " FOR EACH ROW EXECUTE FUNCTION ledger_stamp_transaction()",
    "CREATE TRIGGER closed BEFORE INSERT ON ledger_entries"
    " FOR EACH ROW EXECUTE FUNCTION ledger_refuse_late_entry()",
    "CREATE TRIGGER keep_balance AFTER INSERT ON ledger_entries"
    " FOR EACH ROW EXECUTE FUNCTION ledger_keep_balance()",
    "CREATE TRIGGER own_balance BEFORE INSERT OR UPDATE OR DELETE ON ledger_balances"
    " FOR EACH ROW EXECUTE FUNCTION ledger_refuse_own_balance()",
    "CREATE TRIGGER own_balance_truncate BEFORE TRUNCATE ON ledger_balances"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_own_balance()",
    "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_transactions"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balanced()",
    "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_entries"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balanced()",
    "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON ledger_accounts"
    " FOR EACH ROW EXECUTE FUNCTION ledger_refuse_account_change()",
    "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON ledger_accounts"
    " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_account_change()",
)


def upgrade() -> None:
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)
    for table in BOOKED:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
        )


def downgrade() -> None:
    raise RuntimeError("The ledger is never left without its guards.")
