"""The municipality's own words in letters: written, looked at in real letters, and approved."""

from voorjebuurt.web.officer.wording import actions, budgets, editing, overview, preview

__all__ = ["actions", "budgets", "editing", "overview", "preview"]
