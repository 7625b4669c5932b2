"""From an account that an initiator gives to money that has gone there."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import payee_check_form
from voorjebuurt.attachments.rules import Limits
from voorjebuurt.attachments.service import Place, keep_draft
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.proof_files import one_page
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.payouts import bank_files, checking, payees, proposals
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.checklist.rules import WITH_PROOF, CheckItem, Verdict
from voorjebuurt.payouts.pain001 import Debtor
from voorjebuurt.payouts.payee_queries import current_payee
from voorjebuurt.payouts.queries import campaign_payouts
from voorjebuurt.payouts.rules import PayeeStatus, PayoutStatus


def pay_out(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """The steps of a payout, each on a day of its own, up to the one the story names."""
    steps: list[tuple[str, Callable[[Session], object]]] = [
        ("submitted", lambda session: _give_account(session, stage, story, campaign_id)),
        ("verified", lambda session: _verify(session, stage, campaign_id)),
        ("checked", lambda session: _check(session, stage, story, campaign_id)),
        ("proposed", lambda session: _propose(session, stage, campaign_id)),
        ("released", lambda session: _release(session, stage, campaign_id)),
        ("exported", lambda session: _export(session, stage, campaign_id)),
        ("executed", lambda session: _execute(session, stage, campaign_id)),
    ]
    days = {"submitted": 2, "verified": 3, "checked": 3, "proposed": 4}
    days |= {"released": 5, "exported": 6, "executed": 7}
    for name, step in steps:
        place = days[name] - 2
        day = story.life.ends + days[name]
        if name not in ("submitted", "verified", "checked"):
            day += story.life.payout_late
        with stage.scene(day, 10 + place, 50 if name == "checked" else 45) as session:
            step(session)
        if name == story.life.payout:
            return


def _give_account(session: Session, stage: Stage, story: Story, campaign_id: UUID) -> None:
    payees.submit_payee(
        session,
        campaign_id=campaign_id,
        holder=story.life.payee,
        iban=story.life.iban,
        cooling_off_days=stage.runtime.settings.payouts.cooling_off_days,
        sealer=Sealer(stage.runtime.settings.data_keys),
        actor=initiator(session, story.initiator),
    )


def _verify(session: Session, stage: Stage, campaign_id: UUID) -> None:
    payee = current_payee(session, campaign_id)
    if payee is not None and payee.status == PayeeStatus.SUBMITTED:
        payees.verify_payee(
            session,
            payee_id=payee.id,
            evidence="Bankafschrift en uittreksel gezien; de naam klopt met de rekening.",
            actor=stage.cast.staff[0],
        )


CHECKS = {
    CheckItem.NAME: "Handelsregister van vandaag: de naam op de rekening is de naam van de groep.",
    CheckItem.REGISTRATION: "Uittreksel van de Kamer van Koophandel bewaard; het nummer klopt.",
    CheckItem.HOLDER: "Naamcontrole van de bank: naam en nummer horen bij elkaar.",
    CheckItem.SIGNER: "De penningmeester staat in het uittreksel en gaf de rekening door.",
    CheckItem.EXPOSURE: "Nationale en Europese sanctielijst van vandaag: niemand staat erop.",
}
"""What staff of the demo wrote down; where a payout waits, the last one is still to do."""


FILES = {CheckItem.REGISTRATION: "uittreksel.pdf", CheckItem.HOLDER: "naamcontrole.pdf"}


def _check(session: Session, stage: Stage, story: Story, campaign_id: UUID) -> None:
    payee, actor = current_payee(session, campaign_id), stage.cast.staff[0]
    if payee is None or checklist_of(session, payee.id).done:
        return
    settings = stage.runtime.settings
    limits = settings.attachments
    for item, note in CHECKS.items():
        if item == CheckItem.EXPOSURE and story.life.payout == "proposed":
            return
        form = payee_check_form(payee.id, item)
        if item in WITH_PROOF:
            keep_draft(
                session,
                place=Place(form, campaign_id),
                data=one_page(note),
                filename=FILES[item],
                storage=FolderStorage(settings.attached),
                limits=Limits(limits.max_bytes, limits.max_unpacked_bytes, limits.max_files),
                has_scanner=bool(limits.clamd),
                actor=actor,
            )
        checking.tick_item(
            session,
            payee_id=payee.id,
            item=item,
            verdict=Verdict.FIT,
            note=note,
            actor=actor,
        )


def _propose(session: Session, stage: Stage, campaign_id: UUID) -> None:
    if not campaign_payouts(session, campaign_id):
        proposals.propose_payout(session, campaign_id=campaign_id, actor=stage.cast.staff[0])


def _release(session: Session, stage: Stage, campaign_id: UUID) -> None:
    for payout in campaign_payouts(session, campaign_id):
        if payout.status == PayoutStatus.PROPOSED:
            proposals.release_payout(session, payout_id=payout.id, actor=stage.cast.staff[1])


def _export(session: Session, stage: Stage, campaign_id: UUID) -> None:
    own = stage.runtime.settings.payouts
    sealer = Sealer(stage.runtime.settings.data_keys)
    debtor = Debtor(own.debtor_name, own.debtor_iban, own.debtor_bic)
    if any(p.status == PayoutStatus.RELEASED for p in campaign_payouts(session, campaign_id)):
        bank_files.export_payouts(session, debtor=debtor, sealer=sealer, actor=stage.cast.staff[1])


def _execute(session: Session, stage: Stage, campaign_id: UUID) -> None:
    for payout in campaign_payouts(session, campaign_id):
        if payout.status == PayoutStatus.EXPORTED:
            bank_files.execute_payout(
                session,
                payout_id=payout.id,
                executed_on=clock.today(),
                remark="Gezien op het afschrift.",
                actor=stage.cast.staff[0],
            )
