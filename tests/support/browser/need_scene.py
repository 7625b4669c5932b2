"""Needs of every kind with offers in every state, for the pages that show them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_EMAIL, LONG_NAME, LONG_TITLE, LONG_WORD, Values
from tests.support.factories.needs import NeedFactory, NeedOfferFactory
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.rules import NeedKind, OfferState, OfferTerms
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.mail.models import MailMessage


def need_values(session: Session, campaigns: dict[Any, Campaign]) -> dict[str, list[Values]]:
    """Some asked for, one with enough, one stopped; an offer in each state."""
    by_state = {str(state): campaign for state, campaign in campaigns.items()}
    live = by_state["live"]
    for kind in NeedKind:
        need = NeedFactory(
            campaign=live,
            kind=kind.value,
            title=LONG_TITLE[:80],
            description=LONG_WORD,
            number=6,
        )
    NeedFactory(campaign=live, stopped_at=clock.now())
    NeedFactory(campaign=by_state["draft"], on_day=None)
    tokens, ids = [], {}
    for number, state in enumerate(OfferState):
        token = f"{number}".zfill(43)
        is_withdrawal = state is OfferState.WITHDRAWAL
        ids[state] = NeedOfferFactory(
            need=need,
            state=state.value,
            number=6 if state is OfferState.ACCEPTANCE else 1,
            name="" if is_withdrawal else LONG_NAME,
            message="" if is_withdrawal else LONG_WORD,
            email=None if is_withdrawal else f"h{number}.{LONG_EMAIL}",
            hours=200 if state is OfferState.ACCEPTANCE else None,
            token_hash=token_hash(token),
        ).id
        tokens.append(token)
    open_need = NeedFactory(campaign=live)
    session.flush()
    terms = OfferTerms(number=1, name=LONG_NAME, email=f"n.{LONG_EMAIL}", message="")
    offer_id = offers.make_offer(session, need_id=open_need.id, terms=terms, locale="nl")
    key = f"need_offer_confirm:{offer_id}"
    mail = session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    tokens.append(mailed_token(session, mail))
    about = {"campaign_id": live.id}
    return {
        "public.offer_help": [
            {"slug": live.slug, "need_id": need.id},
            {"slug": live.slug, "need_id": open_need.id},
        ],
        "public.confirm_help": [{"token": token} for token in (*tokens, "x" * 43)],
        "resident.edit_needs": [
            {"campaign_id": by_state[s].id} for s in ("draft", "submitted", "live", "failed")
        ],
        "resident.list_offers": [about, {"campaign_id": by_state["succeeded"].id}],
        "resident.answer_offer": [{**about, "offer_id": ids[OfferState.OFFER]}],
        "resident.confirm_hours": [{**about, "offer_id": ids[OfferState.ACCEPTANCE]}],
        "staff.stop_need": [about, {"campaign_id": by_state["failed"].id}],
    }
