"""The own words of a municipality in its letters: written by one officer, approved by another."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.local.demo.funding import officer
from voorjebuurt.local.demo.stage import DemoError, Stage
from voorjebuurt.local.demo.stories import DATA, data
from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.logo import small_logo
from voorjebuurt.ownwords.queries import versions
from voorjebuurt.places.queries import municipality_by_slug


def write_wording(stage: Stage) -> None:
    """Before the first fund; what was written already is left alone."""
    story = data("letters")
    with stage.scene(story["written"], 9, 30) as session:
        municipality = municipality_by_slug(session, story["municipality"])
        if municipality is None:
            raise DemoError(f"The demo's municipality {story['municipality']} is missing.")
        if not versions(session, municipality.id):
            _write(session, stage, municipality.id)


def _write(session: Session, stage: Stage, municipality_id: UUID) -> None:
    story = data("letters")
    writer = officer(stage, story["writer"])
    wording_id = service.begin(session, municipality_id=municipality_id, actor=writer)
    logo = small_logo((DATA / story["logo"]).read_bytes())
    changes = {**story["texts"], "logo": logo}
    service.write(session, wording_id=wording_id, changes=changes, actor=writer)
    for kind, texts in story["parts"].items():
        service.write(session, wording_id=wording_id, changes={}, parts=(kind, texts), actor=writer)
    service.propose(session, wording_id=wording_id, actor=writer)
    service.approve(session, wording_id=wording_id, actor=officer(stage, story["approver"]))
