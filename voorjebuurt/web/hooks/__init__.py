"""What other machines tell us.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.hooks import webhooks
from voorjebuurt.web.hooks.blueprint import blueprint

__all__ = ["blueprint", "webhooks"]
