"""Screens of residents who run a campaign.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident import budget, campaigns, check, idea, payees, place, story
from voorjebuurt.web.resident.blueprint import blueprint

__all__ = ["blueprint", "budget", "campaigns", "check", "idea", "payees", "place", "story"]
