"""The municipality's own words in letters: written, looked at in real letters, and approved."""

from voorjebuurt.web.officer.wording import actions, editing, overview, preview

__all__ = ["actions", "editing", "overview", "preview"]
