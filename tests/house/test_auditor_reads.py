"""The auditor of a municipality reads each page of its officers, or it is written down why not."""

from flask import Flask

from voorjebuurt.people.rules import Role
from voorjebuurt.web.guards import GUARDS

NOT_READ = {
    "officer.choose_paper_fund": "the first step of registering a paper, which only officers do",
    "officer.send_calendar": "a secret link of one officer: who has it, reads it",
    "officer.show_calendars": "one's own links, which only officers make",
}
"""Pages of officers that only show something, and that an auditor does not get."""


def test_every_page_that_only_shows_is_read_by_the_auditor_too(app: Flask) -> None:
    views: set[str] = set()
    changing: set[str] = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("officer."):
            (changing if "POST" in (rule.methods or ()) else views).add(rule.endpoint)
    pages = {
        name
        for name, guard in GUARDS.items()
        if name.startswith("officer.") and Role.INSPECTOR in guard.roles
    }
    assert views - changing - pages == NOT_READ.keys()
    assert pages & changing == set(), "who only reads reaches nothing that changes something"
