"""Who runs a campaign together.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.together import agreeing, handovers, invitations, leaving, members

__all__ = ["agreeing", "handovers", "invitations", "leaving", "members"]
