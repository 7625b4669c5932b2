"""Screens of residents who run a campaign.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.blueprint import blueprint

__all__ = ["blueprint"]
