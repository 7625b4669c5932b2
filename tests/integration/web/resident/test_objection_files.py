"""Files with an objection and with what completes it: of the case, for its parties and officers."""

from io import BytesIO

from sqlalchemy import select

from tests.support.attached_files import EICAR, PDF, docx
from tests.support.factories.towns import officer, town_divided
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.decisions.models import Objection
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person


def file(data: bytes, name: str) -> tuple[BytesIO, str]:
    return BytesIO(data), name


def rows(committing: Committing) -> list[Attachment]:
    with committing() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.added_at)))


def test_files_go_with_an_objection_and_its_completion(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, claim=50_000)
        decision_id = case.send(session, "refusal", 0, "requirement").id
        noor = session.get_one(Person, case.campaign.initiator_id)
        rosa = officer(session, case.fund.municipality_id, "Rosa")
        judge = session.get_one(Person, rosa.person_id)
    browser, desk = signed_in(noor), signed_in(judge)
    path = f"/mijn/besluiten/{decision_id}/bezwaar"
    assert "Hoogstens" in page(browser, path)
    wrong = page(browser, path, reason="", attachments=[file(EICAR, "bewijs.pdf")])
    assert "bewijs.pdf: " in wrong
    page(browser, path, reason="", attachments=[file(PDF, "bewijs.pdf")])
    with committing() as session:
        objection = session.scalars(select(Objection)).one()
    page(
        browser,
        f"/mijn/bezwaren/{objection.id}/aanvullen",
        body="De hele straat doet mee.",
        attachments=[file(docx(), "namen.docx")],
    )
    files = rows(committing)
    assert [(row.name, row.objection_id) for row in files] == [
        ("bewijs.pdf", objection.id),
        ("namen.docx", objection.id),
    ]
    own = page(browser, f"/mijn/matchgeld/{case.application.id}")
    theirs = page(desk, f"/gemeente/bezwaren/{objection.id}")
    for name in ("bewijs.pdf", "namen.docx"):
        assert name in own
        assert name in theirs
    answer = desk.get(f"/gemeente/aanvragen/{case.application.id}/bijlagen/{files[0].id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_another_party_sent_is_not_for_the_applicants_page(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, claim=50_000)
        decision_id = case.send(session, "award", 50_000).id
        noor = session.get_one(Person, case.campaign.initiator_id)
        rosa = officer(session, case.fund.municipality_id, "Rosa")
        judge = session.get_one(Person, rosa.person_id)
    browser, desk = signed_in(noor), signed_in(judge)
    page(
        desk,
        f"/gemeente/besluiten/{decision_id}/bezwaar",
        channel="letter",
        received_on=clock.today().isoformat(),
        party_name="Buurman",
        party_address="Duinlaan 4",
        reason="Ik heb er last van.",
        attachments=[file(PDF, "brief-van-de-buurman.pdf")],
    )
    [row] = rows(committing)
    assert row.objection_id is not None
    assert row.name not in page(browser, f"/mijn/matchgeld/{case.application.id}")
    own = f"/mijn/acties/{case.campaign.id}/bijlagen/{row.id}"
    assert browser.get(own).status_code == 404
    of_desk = f"/gemeente/aanvragen/{case.application.id}/bijlagen/{row.id}"
    assert desk.get(of_desk).data == PDF
