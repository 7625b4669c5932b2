"""Waiting work about money that was awarded: accounts, proof, and amounts to determine."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from voorjebuurt.decisions.accounting.queries import (
    accountings_to_come,
    accountings_to_determine,
    ex_officio_to_determine,
    unaccounted_to_determine,
)
from voorjebuurt.decisions.budgets.queries import conditions_to_invoke
from voorjebuurt.decisions.inquiries.queries import status_today, waiting_cases
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.overviews.works import Work, case_columns, work_of
from voorjebuurt.decisions.rules.inquiries import InquiryTask
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application


def settling(session: Session, municipality_id: UUID) -> Iterator[Work]:
    """Accounts that are to come, amounts to determine, and proof that a determination waits for."""
    to_come = accountings_to_come(session, municipality_id)
    to_determine = {
        **accountings_to_determine(session, municipality_id),
        **ex_officio_to_determine(session, municipality_id),
        **unaccounted_to_determine(session, municipality_id),
    }
    proof = waiting_cases(session, municipality_id)
    budgets = conditions_to_invoke(session, municipality_id)
    ids = {*budgets, *to_come, *to_determine, *proof}
    statement = case_columns(municipality_id).where(Application.id.in_(ids))
    for row in session.execute(statement):
        if row.application_id in budgets:
            yield work_of(WorkKind.BUDGET, row, budgets[row.application_id])
        if row.application_id in proof:
            yield _proof(row, proof[row.application_id], to_determine.get(row.application_id))
        elif row.application_id in to_come:
            yield work_of(WorkKind.ACCOUNT, row, to_come[row.application_id])
        elif row.application_id in to_determine:
            yield work_of(WorkKind.DETERMINE, row, to_determine[row.application_id])


def _proof(row: Row[*tuple[Any, ...]], inquiry: Inquiry | None, determine_by: date | None) -> Work:
    """A case that waits for proof. Due: the last day to answer, or, where it is the officer's turn,
    to determine the amount.
    """
    last = determine_by or clock.today()
    if inquiry is None:
        return work_of(WorkKind.PROOF, row, last, detail=InquiryTask.QUESTION)
    task = InquiryTask(status_today(inquiry).value)
    due_on = last if task is InquiryTask.ANSWER else inquiry.until
    return work_of(
        WorkKind.PROOF, row, due_on, subject_id=inquiry.id, number=inquiry.number, detail=task
    )
