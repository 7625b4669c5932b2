"""Collecting cash for a campaign, at a table or at the door.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.tins import collecting, deposits, helpers

__all__ = ["collecting", "deposits", "helpers"]
