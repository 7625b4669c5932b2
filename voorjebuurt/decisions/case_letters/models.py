"""Letters that tell how a case goes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CaseLetter(Base):
    """What a letter told, on the day that it was written. Append-only.

    ``kind`` is of ``LetterKind``; ``facts`` is the JSON (``letters.course_facts.CaseFacts``) from
    which it is made, so that what changes later changes no letter; ``number`` is its reference.
    ``signed_by``: who wrote it, or who approved the decision that a job gives notice of.
    """

    __tablename__ = "case_letters"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('views_extension','intention_end','completion_question','term_extension',"
            "'proof_question','proof_extension','proof_finding','payment_notice','last_term',"
            "'other_objection','other_hearing','other_extension','other_ruling',"
            "'other_withdrawal')",
            name="kind",
        ),
        CheckConstraint("number <> '' AND facts <> ''", name="content"),
        Index("ix_case_letters_application_id", "application_id", "written_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    number: Mapped[str]
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    facts: Mapped[str]
    written_at: Mapped[datetime]
    signed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
