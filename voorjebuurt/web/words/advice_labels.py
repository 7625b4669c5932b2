"""What an initiator can best do, how people came to a page, and what lines of money are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from voorjebuurt.advice.rules import Advice, Situation
from voorjebuurt.campaigns.visits.rules import VisitSource
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.web.words.money_labels import BOOKINGS

_l = lazy_gettext


@dataclass(frozen=True)
class AdviceWords:
    """What to do, why, and the button that leads there."""

    heading: LazyString
    reason: LazyString
    button: LazyString
    endpoint: str


ADVICE: Mapping[Advice, AdviceWords] = {
    Advice.PLAN: AdviceWords(
        _l("Send your changed plan"),
        _l(
            "There was almost enough. With a smaller plan, or by asking for the rest, it can go on."
        ),
        _l("Go to your second chance"),
        "resident.plan_near_miss",
    ),
    Advice.VIEWS: AdviceWords(
        _l("Answer the municipality"),
        _l("It intends to decide something against your campaign, and first asks what you say."),
        _l("Read the letter and answer"),
        "resident.show_intention",
    ),
    Advice.ANSWER: AdviceWords(
        _l("Answer a question"),
        _l("Somebody asks something and waits for you. Everybody can read your answer."),
        _l("Read the questions"),
        "resident.list_questions",
    ),
    Advice.OFFER: AdviceWords(
        _l("Answer an offer of help"),
        _l("Somebody wants to help and waits for your answer."),
        _l("Read the offers"),
        "resident.list_offers",
    ),
    Advice.PAYEE: AdviceWords(
        _l("Tell us your bank account"),
        _l("We check it before we pay. Do it now, then the money comes sooner."),
        _l("Give the account"),
        "resident.show_payee",
    ),
    Advice.ACCOUNTING: AdviceWords(
        _l("Show what you did with the match money"),
        _l("The municipality waits for your account, with the receipts. Donors read it too."),
        _l("Account for the money"),
        "resident.account_for_match",
    ),
    Advice.FINISH: AdviceWords(
        _l("Ask for the last part"),
        _l("These are the last days. Tell how much is still needed, and ask people in person."),
        _l("Write a last message"),
        "resident.write_update",
    ),
    Advice.START: AdviceWords(
        _l("Ask ten people you know"),
        _l("People give sooner when others did. Ask family, friends and neighbours yourself."),
        _l("Share your campaign"),
        "resident.show_material",
    ),
    Advice.UPDATE: AdviceWords(
        _l("Tell how it goes"),
        _l("It has been quiet on your page for a while. Donors and followers get your message."),
        _l("Write a message"),
        "resident.write_update",
    ),
    Advice.THANKS: AdviceWords(
        _l("Thank your donors"),
        _l("There are donors who have not had a word of thanks from you yet."),
        _l("Write your thanks"),
        "resident.thank_donors",
    ),
    Advice.REWARD: AdviceWords(
        _l("Hand over the rewards"),
        _l("There are donors who wait for their reward. Tick off what you have handed over."),
        _l("See who gets what"),
        "resident.list_deliveries",
    ),
    Advice.SHARE: AdviceWords(
        _l("Tell more people"),
        _l("Put up posters, send your campaign to group apps, and ring doorbells."),
        _l("Posters and sharing"),
        "resident.show_material",
    ),
}

SOURCES: Mapping[VisitSource, LazyString] = {
    VisitSource.PAGE: _l("Another way"),
    VisitSource.SHORT: _l("By the short address: posters, flyers and shared links"),
    VisitSource.WIDGET: _l("From another website that shows your campaign"),
}

LINES: Mapping[str, LazyString] = {
    BookingKind.PAYMENT_PAID: _l("Gifts received"),
    BookingKind.REFUND_ASKED: _l("Gifts that went back to donors"),
    BookingKind.CHARGEBACK: _l("Taken back by the bank of a donor"),
    BookingKind.CHARGEBACK_REVERSED: _l("Taken back by a bank, and given back to you"),
    BookingKind.MATCH_COMMITTED: _l("Match money of the municipality"),
    BookingKind.MATCH_PROMISED_AGAIN: _l("Match money that is only reserved again"),
    BookingKind.MATCH_LOWERED: _l("Match money that became less"),
    BookingKind.MATCH_CLAWED_BACK: _l("Match money that must go back"),
    BookingKind.INTEREST_OWED: _l("Interest of the municipality, as it paid late"),
    BookingKind.INTEREST_OWED_RECEIVED: _l("Interest of the municipality, as it paid late"),
    BookingKind.PAYOUT_EXPORTED: _l("Paid to your account"),
    BookingKind.PAYOUT_RETURNED: _l("Payout that your bank sent back"),
}


def waiting_line(advice: Advice, situation: Situation) -> str:
    """How many wait for it, where that is a number; else nothing."""
    numbers: Mapping[Advice, Callable[[], str]] = {
        Advice.ANSWER: lambda: ngettext(
            "%(num)s question waits.", "%(num)s questions wait.", situation.questions
        ),
        Advice.OFFER: lambda: ngettext(
            "%(num)s offer waits.", "%(num)s offers wait.", situation.offers
        ),
        Advice.THANKS: lambda: ngettext(
            "%(num)s gift without thanks.", "%(num)s gifts without thanks.", situation.gifts
        ),
        Advice.REWARD: lambda: ngettext(
            "%(num)s reward waits.", "%(num)s rewards wait.", situation.deliveries
        ),
    }
    return numbers[advice]() if advice in numbers else ""


def line_name(kind: BookingKind) -> str:
    """What a line of a campaign's money is called to its initiator."""
    return str(LINES.get(kind) or BOOKINGS.get(kind, kind))


FILTERS: dict[str, Callable[..., object]] = {
    "advice_words": lambda advice: ADVICE[advice],
    "money_line": line_name,
    "visit_source": lambda source: str(SOURCES[source]),
}
"""What the templates of residents may call."""
