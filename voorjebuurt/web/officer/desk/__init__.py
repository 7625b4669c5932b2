"""The officer's desk: waiting work, stand-ins, reports, the town's campaigns."""

from voorjebuurt.web.officer.desk import campaigns, delegations, reports, work

__all__ = ["campaigns", "delegations", "reports", "work"]
