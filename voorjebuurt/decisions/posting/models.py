"""Letters that go by post."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class PostedLetter(Base):
    """A letter that an officer prints and posts, to the address of the moment it was made.

    ``kind`` is of ``LetterKind``; ``subject_id`` is what the letter is of: the intention, the
    decision, the decision on an objection (or the letter of who joined in it), the notice of
    default, the objection or its step, the paper, or a letter of ``case_letters``.
    """

    __tablename__ = "posted_letters"
    __table_args__ = (
        CheckConstraint("(posted_at IS NULL) = (posted_by IS NULL)", name="posted"),
        CheckConstraint(
            "kind IN ('intention','decision','ruling','penalty','objection_receipt',"
            "'objection_question','objection_invitation','objection_extension',"
            "'objection_consent','paper_confirmation','views_extension','intention_end',"
            "'completion_question','term_extension','proof_question','proof_extension',"
            "'proof_finding','payment_notice','last_term','other_objection','other_hearing',"
            "'other_extension','other_ruling','other_withdrawal','objection_withdrawal')",
            name="kind",
        ),
        UniqueConstraint("subject_id", "kind", "address"),
        Index(
            "ix_posted_letters_waiting",
            "municipality_id",
            postgresql_where=text("posted_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    number: Mapped[str]
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    address: Mapped[str]
    due_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]
    posted_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
