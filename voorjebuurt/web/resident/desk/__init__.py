"""A desk for somebody without internet or address of mail.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.desk import gift_receipts, giving, telling

__all__ = ["gift_receipts", "giving", "telling"]
