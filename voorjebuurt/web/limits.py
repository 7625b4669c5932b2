"""How often every form may be sent: the one table. What anybody may send and is not in it does not
start; what only some may send has the limit of its kind of guard.

Nobody can use up somebody else's: what is counted by an address of mail is counted per network too,
and where it isn't, another way in stays. A whole room on one Wi-Fi, eighty people within an hour,
can give and sign in.
"""

from flask import Flask

from voorjebuurt.web.guards import GUARDS, OPTIONAL, GuardTableError
from voorjebuurt.web.kit import limits
from voorjebuurt.web.kit.limits import (
    Limit,
    by_campaign,
    by_email,
    by_email_here,
    by_network,
    by_person,
    by_token,
)

UNCOUNTED = ""
"""The rate of what is not counted, because of the reason beside it."""

FOLLOWING = (
    Limit("10 per hour", by_email_here, "each may mail its address"),
    Limit("240 per hour", by_network, "many mailboxes; a room follows a campaign"),
)

LIMITS: dict[str, tuple[Limit, ...]] = {
    "auth.ask_own_data": (
        Limit("5 per hour", by_email_here, "each mails its address"),
        Limit("240 per hour", by_network, "many mailboxes"),
    ),
    "auth.ask_own_gifts": (
        Limit("5 per hour", by_email_here, "each mails its address"),
        Limit("240 per hour", by_network, "many mailboxes"),
    ),
    "auth.choose_mailed_news": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "auth.confirm_address": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "auth.erase_mailed_data": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "auth.show_link": (Limit("300 per 15 minutes", by_network, "links can't be guessed: load"),),
    "auth.show_password": (
        Limit("20 per 15 minutes", by_person, "an open session must not guess the password"),
    ),
    "auth.show_password_sign_in": (
        Limit("8 per 15 minutes", by_email_here, "guessing; from elsewhere its owner gets in"),
        Limit("120 per 15 minutes", by_network, "one password for many accounts; a room signs in"),
        Limit("100 per hour", by_email, "guessing from many networks; a link by mail stays"),
    ),
    "auth.show_sign_in": (
        Limit("5 per hour", by_email_here, "a mailbox full of links, and the allowance of others"),
        Limit("240 per hour", by_network, "many mailboxes; a room of eighty signs in, twice"),
    ),
    "auth.sign_out": (Limit("600 per hour", by_network, "load"),),
    "auth.stop_address": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "auth.use_passkey": (Limit("240 per hour", by_network, "a signature can't be guessed: load"),),
    "hooks.take_webhook": (
        Limit(UNCOUNTED, by_network, "news of money; counting would write for every stranger"),
    ),
    "public.answer_place_wish": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.ask_about_fund": (
        Limit("5 per hour", by_email_here, "each mails its address"),
        Limit("120 per hour", by_network, "many mailboxes, and officers who must read it"),
    ),
    "public.answer_own_question": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.ask_about_campaign": (
        Limit("5 per hour", by_email_here, "each mails its address"),
        Limit("120 per hour", by_network, "many mailboxes, and initiators who must read it"),
    ),
    "public.add_abuse_proof": (
        Limit("6 per hour", by_token, "three files; a slip or two is human"),
        Limit("20 per hour", by_network, "each may be twelve megabytes, and nobody need be known"),
    ),
    "public.look_along": (
        Limit("20 per hour", by_token, "who makes the plan must read it"),
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.report_abuse": (
        Limit("5 per hour", by_email_here, "each may mail its address"),
        Limit("60 per hour", by_network, "staff must read it; a street reports the same scam"),
    ),
    "public.follow_abuse_report": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.reply_about_abuse": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.remove_own_question": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.ask_follows": (
        Limit("5 per hour", by_email_here, "each may mail its address"),
        Limit("240 per hour", by_network, "many mailboxes"),
    ),
    "public.confirm_follow": (Limit("240 per hour", by_network, "links can't be guessed: load"),),
    "public.end_follow": (Limit("240 per hour", by_network, "links can't be guessed: load"),),
    "public.follow_area": FOLLOWING,
    "public.follow_campaign": FOLLOWING,
    "public.follow_from_gift": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("240 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.follow_theme": FOLLOWING,
    "public.confirm_question": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "public.take_question_back": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.ask_for_place": (
        Limit("5 per hour", by_email_here, "each may mail its address"),
        Limit("240 per hour", by_network, "many mailboxes"),
    ),
    "public.choose_gift": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.change_gift_address": (
        Limit("5 per hour", by_token, "each mails an address"),
        Limit("120 per hour", by_network, "many mailboxes"),
    ),
    "public.confirm_gift_address": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.change_gift_words": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.change_monthly": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.show_monthly": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.stop_monthly": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.change_dedication_of_gift": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.change_gift_logo": (
        Limit("10 per hour", by_token, "one logo; a slip or two is human"),
        Limit("60 per hour", by_network, "each is a picture to unpack, from who need not be known"),
    ),
    "public.withdraw_gift_logo": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.follow_present": (Limit("240 per hour", by_network, "links can't be guessed: load"),),
    "public.refuse_present": (Limit("240 per hour", by_network, "links can't be guessed: load"),),
    "public.take_cash_back": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.take_gift_back": (
        Limit("30 per hour", by_token, "one gift; a slip or two is human"),
        Limit("600 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.pay_gift": (
        Limit("30 per hour", by_token, "each is a payment at the provider"),
        Limit("600 per hour", by_network, "as many as may give"),
    ),
    "public.confirm_help": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "public.offer_help": (
        Limit("5 per hour", by_email_here, "each mails its address"),
        Limit("120 per hour", by_network, "many mailboxes, and an initiator who must read it"),
    ),
    "public.take_help_back": (Limit("120 per hour", by_network, "links can't be guessed: load"),),
    "public.remove_place_wish": (
        Limit("120 per hour", by_network, "links can't be guessed: load"),
    ),
    "public.start_pledge": (
        Limit("20 per hour", by_email_here, "gifts in one name; each may mail its address"),
        Limit("600 per hour", by_network, "a room of eighty gives, with slips and corrections"),
    ),
    "resident.mail_link": (
        Limit("30 per 15 minutes", by_network, "many mailboxes"),
        Limit("4 per hour", by_campaign, "who begins a draft can't use up its owner's links"),
    ),
    "resident.start_campaign": (
        Limit("60 per hour", by_network, "drafts that nobody goes on with"),
        Limit("10 per hour", by_email_here, "each may mail its address"),
    ),
    "sandbox.pass_on": (Limit(UNCOUNTED, by_network, "never mounted in production"),),
    "unsubscribing.subscribe": (
        Limit("6000 per hour", by_network, "signed; the servers of a mail provider press for all"),
    ),
    "unsubscribing.unsubscribe": (
        Limit("6000 per hour", by_network, "signed; the servers of a mail provider press for all"),
    ),
}
"""Endpoint -> how many POSTs, counted by what, and why."""

MEMBERS = (Limit("600 per hour", by_person, "a person at work sends one in six seconds at most"),)
"""Of every form that a guard keeps for some; in the drafts of guests it is the network's."""


def limits_of(endpoint: str) -> tuple[Limit, ...]:
    """The limits of a form. Raises ``GuardTableError`` for one of anybody's that has none."""
    if endpoint in LIMITS:
        return LIMITS[endpoint]
    if GUARDS[endpoint].anonymous:
        raise GuardTableError(f"Anybody may send {endpoint}, and nothing says how often.")
    return MEMBERS


def init_limits(app: Flask) -> None:
    """Put the limits on the views of this application."""
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())
    }
    surplus = sorted(
        endpoint
        for endpoint in LIMITS.keys() - endpoints
        if endpoint.partition(".")[0] not in OPTIONAL - app.blueprints.keys()
    )
    if surplus:
        raise GuardTableError(f"Limits without a form: {surplus}.")
    table = {endpoint: limits_of(endpoint) for endpoint in sorted(endpoints)}
    limits.init_limits(app, table)
