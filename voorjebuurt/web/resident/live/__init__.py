"""What an initiator changes about a campaign that people see and give to.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.live import corrections, extensions, gallery, stops

__all__ = ["corrections", "extensions", "gallery", "stops"]
