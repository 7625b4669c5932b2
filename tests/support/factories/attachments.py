"""Files as rows, for what only needs them to be there; their bytes are in no store."""

import hashlib
import secrets

import factory

from tests.support.factories.base import Factory
from tests.support.factories.matching import ApplicationFactory
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.kernel import clock


class AttachmentFactory(Factory[Attachment]):
    """A PDF that went with ``application``, not scanned."""

    class Meta:
        model = Attachment
        exclude = ("application",)

    application = factory.SubFactory(ApplicationFactory)

    uploader_id = factory.SelfAttribute("application.applicant_id")
    campaign_id = factory.SelfAttribute("application.campaign_id")
    application_id = factory.SelfAttribute("application.id")
    form = factory.LazyAttribute(lambda row: f"completion:{row.application.id}")
    name = "offerte.pdf"
    media_type = "application/pdf"
    size = 1_234_567
    sha256 = factory.LazyFunction(lambda: hashlib.sha256(secrets.token_bytes(8)).hexdigest())
    key = factory.LazyFunction(lambda: f"{secrets.token_hex(20)}.bin")
    scan = "unscanned"
    added_at = factory.LazyFunction(clock.now)
    submitted_at = factory.LazyFunction(clock.now)
