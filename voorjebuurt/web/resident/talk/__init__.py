"""What residents tell about their campaigns, and what they follow themselves.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.resident.talk import follows, gift_mails, questions, thanks, updates

__all__ = ["follows", "gift_mails", "questions", "thanks", "updates"]
