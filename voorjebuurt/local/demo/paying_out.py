"""From an account that an initiator gives to money that has gone there."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.payouts import bank_files, payees, proposals
from voorjebuurt.payouts.pain001 import Debtor
from voorjebuurt.payouts.payee_queries import current_payee
from voorjebuurt.payouts.queries import campaign_payouts
from voorjebuurt.payouts.rules import PayeeStatus, PayoutStatus


def pay_out(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """The steps of a payout, each on a day of its own, up to the one the story names."""
    steps: list[tuple[str, Callable[[Session], object]]] = [
        ("submitted", lambda session: _give_account(session, stage, story, campaign_id)),
        ("verified", lambda session: _verify(session, stage, campaign_id)),
        ("proposed", lambda session: _propose(session, stage, campaign_id)),
        ("released", lambda session: _release(session, stage, campaign_id)),
        ("exported", lambda session: _export(session, stage, campaign_id)),
        ("executed", lambda session: _execute(session, stage, campaign_id)),
    ]
    for place, (name, step) in enumerate(steps):
        with stage.scene(story.life.ends + 2 + place, 10 + place, 45) as session:
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
