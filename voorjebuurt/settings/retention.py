"""For how long personal data are kept, in days."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RetentionSettings:
    """After how many days something is thrown away; a timer looks each day.

    ``unpaid_gift_days``: who a gift was from that was never paid, after it was made.
    ``mail_days``: what a mail said, after it was written. ``unconfirmed_mail_days``: a mail to an
    address that nobody confirmed. ``unsubscription_days``: that an address wants no mail of a kind,
    once nothing was written to it for so long. ``sign_in_days``: where somebody was signed in,
    after its last use. ``import_days``: an official file that was uploaded, when no job took it.
    ``place_wish_days``: an address that waits for a municipality. ``mailed_fact_days``: about what
    somebody who works here was mailed, once it waits for nobody any more.
    ``unsent_file_days``: a file that was added to a form that was never sent.
    ``visit_days``: how often a page was opened on a day; nothing of who did.
    """

    unpaid_gift_days: int
    mail_days: int
    unconfirmed_mail_days: int
    unsubscription_days: int
    sign_in_days: int
    import_days: int
    place_wish_days: int
    mailed_fact_days: int
    unsent_file_days: int
    visit_days: int
