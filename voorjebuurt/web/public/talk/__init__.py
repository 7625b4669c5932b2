"""What people tell each other about campaigns: updates, feeds, following.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.public.talk import (
    abuse,
    abuse_proof,
    changes,
    feeds,
    follows,
    funders,
    questions,
    updates,
)

__all__ = ["abuse", "abuse_proof", "changes", "feeds", "follows", "funders", "questions", "updates"]
