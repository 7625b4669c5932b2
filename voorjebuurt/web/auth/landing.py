"""Where somebody comes out who is signed in."""

from flask import url_for

from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.desks import first_desk
from voorjebuurt.web.kit.local_paths import local_path


def next_path(target: str | None) -> str:
    """Where somebody was on the way to; else the desk of who works here, or the front page."""
    person = current_person()
    if local_path(target) is None and person is not None:
        with reading() as db:
            desk = first_desk(db, person)
        if desk is not None:
            return url_for(desk.endpoint)
    return local_path(target) or "/"
