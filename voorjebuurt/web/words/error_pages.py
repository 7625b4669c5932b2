"""What the pages say on which a request ends when something went wrong, by HTTP status."""

from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _l


class ErrorPage(NamedTuple):
    """The texts of one page: its title, what is the matter, and what to do about it.

    ``sign_in``: it has a link to signing in, which opens beside it.
    """

    title: str
    reason: str
    advice: str
    sign_in: bool = False


EXPIRED = ErrorPage(
    _l("This form was open for too long"),
    _l("To keep your data safe, a form works for a limited time, and only with cookies."),
    _l("Go back, load the page again and send it once more."),
)
"""The token of a form was missing or too old."""
SESSION_OVER = ErrorPage(
    _l("Sign in to go on"),
    _l("You are not signed in any more. Nothing has been saved yet, and nothing is lost."),
    _l("Sign in in a new window. Come back to this page and send it once more."),
    sign_in=True,
)
"""The session of who sent a form is over; what was typed stands on the page."""
BLOCKED = ErrorPage(
    _l("Nothing has been saved"),
    _l("Your account was blocked while you were typing. What you typed stands below."),
    _l("Keep a copy of it. Ask us on the contact page why, and whether it can be undone."),
)
"""Who sent a form is kept out since."""
VIEWING = ErrorPage(
    _l("You only look along"),
    _l("While you look along with somebody, you can't do or open this. Nothing was changed."),
    _l("Go back to look on, or stop with the button at the top of this page."),
)
"""Staff who see the site as a resident does asked for what is not shown or would change it."""
SENT_FROM_ELSEWHERE = _l(
    "This page was opened a long time ago, or before you signed in. What you typed is still here. "
    "Send it once more."
)
"""Why a form comes back whose token is of another session."""
_UNREADABLE = ErrorPage(
    _l("This did not work"),
    _l(
        "Your browser sent something that we could not read. Perhaps the page had been open for a "
        "long time."
    ),
    _l("Go back, load the page again and send it once more. What you did before that is kept."),
)
_NOT_FOUND = ErrorPage(
    _l("We can’t find this page"),
    _l("Perhaps the address has a typing error, or the page has moved."),
    _l("Search the campaigns, or start at the front page."),
)
_DEFECT = ErrorPage(
    _l("Something went wrong on our side"),
    _l("We were told about it automatically and will look at it. You did nothing wrong."),
    _l(
        "Try again in a few minutes. If you were paying: no payment is lost. You will get an "
        "email as soon as your bank has confirmed it."
    ),
)

_PAGES = {
    403: ErrorPage(
        _l("You can't open this page"),
        _l(
            "You are signed in with an account that may not open this page, or you are not "
            "signed in."
        ),
        _l("Sign in with the right account, or go to the front page."),
    ),
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    410: ErrorPage(
        _l("This page is no longer there"),
        _l("The link was used before or has expired, or the page was taken away."),
        _l("Ask for a new link, or start at the front page."),
    ),
    413: ErrorPage(
        _l("This is too much at once"),
        _l("The server can’t take a file or a form of this size."),
        _l("Go back, choose a smaller file or shorten your text, and try again."),
    ),
    503: ErrorPage(
        _l("The website is temporarily unavailable"),
        _l("We are working on it, or it is very busy."),
        _l("Try again in a few minutes. No payment is lost."),
    ),
}


def texts_of_status(status: int) -> ErrorPage:
    """The page of an HTTP status, whichever it is."""
    return _PAGES.get(status, _UNREADABLE if status < 500 else _DEFECT)


def refused(reason: str) -> ErrorPage:
    """The page for what a service refused and no form could show."""
    return ErrorPage(_UNREADABLE.title, reason, _l("Go back to see how things are now."))


def too_large_page(megabytes: int) -> ErrorPage:
    """The page when files are together larger than may be sent where files may."""
    return ErrorPage(
        _PAGES[413].title,
        gettext("On this page you can send at most %(most)s MB at once.", most=megabytes),
        _l("Nothing was sent. Go back, and choose a smaller file or fewer files."),
    )


def too_often(seconds: int) -> str:
    """Why a form comes back when a limit is reached that begins again after so many seconds."""
    text: str = gettext(
        "This was asked very often in a short time. What you typed is still here. Send it once "
        "more in %(minutes)s minutes.",
        minutes=_whole_minutes(seconds),
    )
    return text


def too_often_page(seconds: int) -> ErrorPage:
    """The page when there is no form to come back."""
    return ErrorPage(
        _l("Too many requests"),
        _l("We received many requests from you in a short time. That is why we wait for a moment."),
        gettext("Try again in %(minutes)s minutes.", minutes=_whole_minutes(seconds)),
    )


def _whole_minutes(seconds: int) -> int:
    """Two at least, which takes no other form of the word; one second more is no minute."""
    return max(-(-(seconds - 1) // 60), 2)
