"""Signing in, and one's own account. Importing this package registers its routes."""

from voorjebuurt.web.auth import account, sign_in
from voorjebuurt.web.auth.blueprint import blueprint

__all__ = ["account", "blueprint", "sign_in"]
