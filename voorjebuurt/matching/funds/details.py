"""What a fund says beside its rules, and what each of it must look like."""

from dataclasses import dataclass
from datetime import date, timedelta

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.funds.states import MAX_CHECKLIST, MAX_LENGTHS, MAX_WEEKS, MIN_WEEKS
from voorjebuurt.matching.models import Fund


@dataclass(frozen=True)
class FundDetails:
    """What a fund says beside its rules. ``closes_on`` is the last day; both days are Dutch."""

    name: str
    purpose: str = ""
    legal_basis: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    area_codes: tuple[str, ...] = ()
    prepaid: bool = True
    stacks: bool = False
    decision_weeks: int = 8
    checklist: tuple[str, ...] = ()
    lottery_source: str = ""
    sender: str = ""
    objection_address: str = ""
    scheme_reference: str = ""
    ceiling_reference: str = ""


def details_of(fund: Fund) -> FundDetails:
    """The details as they stand in a fund."""
    opens, closes = fund.opens_at, fund.closes_at
    return FundDetails(
        name=fund.name,
        purpose=fund.purpose,
        legal_basis=fund.legal_basis,
        opens_on=clock.local(opens).date() if opens else None,
        closes_on=clock.local(closes - timedelta(microseconds=1)).date() if closes else None,
        area_codes=tuple(fund.area_codes),
        prepaid=fund.prepaid,
        stacks=fund.stacks,
        decision_weeks=fund.decision_weeks,
        checklist=tuple(fund.checklist),
        lottery_source=fund.lottery_source,
        sender=fund.sender,
        objection_address=fund.objection_address,
        scheme_reference=fund.scheme_reference,
        ceiling_reference=fund.ceiling_reference,
    )


_TEXTS = (
    *("name", "purpose", "legal_basis", "lottery_source", "sender", "objection_address"),
    *("scheme_reference", "ceiling_reference"),
)


def check_details(details: FundDetails) -> None:
    """Raise ``DomainError`` at the field of what can't be; what is missing may come later."""
    if not details.name:
        raise DomainError("fund_name_missing", field="name")
    for name in _TEXTS:
        if len(getattr(details, name)) > MAX_LENGTHS[name]:
            raise DomainError("text_too_long", field=name, maximum=MAX_LENGTHS[name])
    longest = max((len(item) for item in details.checklist), default=0)
    if longest > MAX_LENGTHS["checklist_item"]:
        most = MAX_LENGTHS["checklist_item"]
        raise DomainError("fund_check_too_long", field="checklist", maximum=most)
    if len(set(details.checklist)) < len(details.checklist):
        raise DomainError("fund_check_repeated", field="checklist")
    if len(details.checklist) > MAX_CHECKLIST:
        raise DomainError("fund_checks_too_many", field="checklist", maximum=MAX_CHECKLIST)
    if not MIN_WEEKS <= details.decision_weeks <= MAX_WEEKS:
        bounds = {"minimum": MIN_WEEKS, "maximum": MAX_WEEKS}
        raise DomainError("fund_weeks_out_of_bounds", field="decision_weeks", **bounds)
    opens_on, closes_on = details.opens_on, details.closes_on
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        raise DomainError("fund_closes_before_opening", field="closes_on")
