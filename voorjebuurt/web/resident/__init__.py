"""Screens of residents who run a campaign.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident import campaigns, check, idea, payees, place_and_budget, story
from voorjebuurt.web.resident.blueprint import blueprint

__all__ = ["blueprint", "campaigns", "check", "idea", "payees", "place_and_budget", "story"]
