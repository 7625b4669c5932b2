"""Who applies, as it said so in one application."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class Applicant(Base):
    """The applicant's details (``ApplicantDetails``), until the application can't be changed."""

    __tablename__ = "applicants"
    __table_args__ = (
        CheckConstraint(
            "legal_form IN ('person','group','association','foundation','cooperative','company',"
            "'sole_trader','partnership','church','other')",
            name="legal_form",
        ),
        CheckConstraint(
            "signing_right IN ('self','board','power_of_attorney')", name="signing_right"
        ),
        CheckConstraint("kvk = '' OR kvk ~ '^[0-9]{8}$'", name="kvk"),
        CheckConstraint(
            "rsin = '' OR (rsin ~ '^[0-9]{9}$' AND legal_form NOT IN "
            "('person','group','sole_trader'))",
            name="rsin",
        ),
        CheckConstraint("postcode ~ '^[1-9][0-9]{3}[A-Z]{2}$'", name="postcode"),
        CheckConstraint("aid_cents >= 0", name="aid"),
        Index("ix_applicants_kvk", "kvk", postgresql_where=text("kvk <> ''")),
        Index("ix_applicants_rsin", "rsin", postgresql_where=text("rsin <> ''")),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    legal_form: Mapped[str]
    organisation: Mapped[str]
    street: Mapped[str]
    house_number: Mapped[str]
    postcode: Mapped[str]
    town: Mapped[str]
    kvk: Mapped[str]
    rsin: Mapped[str]
    signer: Mapped[str]
    signing_right: Mapped[str]
    electronic: Mapped[bool]
    aid_cents: Mapped[int | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
