"""Money of municipalities for the screens of staff: what came in, what goes back."""

from typing import Any

from sqlalchemy.orm import Session

from tests.support.deposits import colleague, fund_paid
from tests.support.factories.matching import closing_fund
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.pots.deposits import dispute_deposit
from voorjebuurt.payouts.fund_returns.service import propose_return

LONG_REFERENCE = "NL00ABCD-VOORSCHOT-WIJKFONDS-TRANCHE-2-VAN-4-BETREFT-SUBSIDIE"


def municipal_values(session: Session, sealer: Sealer) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of these pages; everything is made here."""
    fund, other = _settled_fund(session), _settled_fund(session)
    return_id = propose_return(
        session,
        fund_id=other.id,
        holder="Gemeente Waterlanden, afdeling Financiën en Control",
        iban="NL91 ABNA 0417 1643 00",
        sealer=sealer,
        actor=colleague(),
    )
    deposit_id = fund_paid(session, fund_id=other.id, cents=123_456_78, reference=LONG_REFERENCE)
    mistake = fund_paid(session, fund_id=other.id, cents=100, reference="IN-2")
    dispute_deposit(session, deposit_id=mistake, reason="Van een ander.", actor=colleague())
    return {
        "staff.propose_return": [{"fund_id": fund.id}],
        "staff.show_return": [{"return_id": return_id}],
        "staff.show_deposit": [{"deposit_id": deposit_id}, {"deposit_id": mistake}],
    }


def _settled_fund(session: Session) -> Fund:
    fund: Fund = closing_fund(prepaid=True)
    fund_paid(session, fund_id=fund.id, cents=50_000, reference="IN-1")
    fund.status = "settled"
    session.flush()
    return fund
