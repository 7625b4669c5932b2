"""``voorjebuurt people``: the first members of staff; all others get their role on the site."""

import os
import sys

import click

from voorjebuurt import settings
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.mail_addresses import mail_address
from voorjebuurt.kernel.site_address import site_environment
from voorjebuurt.kernel.site_database import working
from voorjebuurt.mail import links
from voorjebuurt.people.first_staff import invite_first_staff
from voorjebuurt.people.rules import Role
from voorjebuurt.schema import metadata

MOST = 5
_REFUSED = (
    "Refused: two people work here as staff already. Roles are given on the site, under"
    " 'People and roles', where a second person can see it."
)


class MailAddress(click.ParamType[str]):
    """An address of mail, as it is spelled here."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address; fails when mail can't be sent to it."""
        try:
            return mail_address(value)
        except ValueError:
            self.fail(f"{value} is not an address of mail", param, ctx)


@click.group(name="people")
def command() -> None:
    """People and their roles."""


@command.command()
@click.option("--role", type=click.Choice([Role.STAFF.value]), required=True, help="Their role.")
@click.argument("addresses", metavar="ADDRESS...", type=MailAddress(), nargs=-1, required=True)
def invite(role: str, addresses: tuple[str, ...]) -> None:
    """Make the first members of staff and mail them, once: name two, because money takes two.

    Refuses when two have signed in as staff. Until then it can be given again, with the right
    ADDRESS after a wrong one.
    """
    if len(addresses) > MOST:
        raise click.UsageError(f"Name at most {MOST} people; they give others their role.")
    config = settings.load(site_environment(os.environ))
    try:
        with working(config, tables=metadata) as runtime, runtime.database.writing() as session:
            invite_first_staff(session, emails=addresses, actor=SYSTEM)
    except DomainError as error:
        sys.exit(_REFUSED if error.code == "staff_appointed" else f"Refused: {error.code}.")
    for address in addresses:
        click.echo(f"{address} is {role}, and gets a mail.")
    click.echo(f"They sign in at {config.base_url}{links.sign_in_page()} with that address.")
