"""How campaigns get seen elsewhere: short addresses, paper, previews, search engines, other sites.

Importing this package registers every module's routes; each is named in ``__all__``.
"""

from voorjebuurt.web.public.reach import (
    crawlers,
    embedding,
    prints,
    share_pictures,
    short_addresses,
    widget,
)

__all__ = ["crawlers", "embedding", "prints", "share_pictures", "short_addresses", "widget"]
