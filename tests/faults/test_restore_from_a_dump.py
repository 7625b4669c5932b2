"""After a restore from a dump: what was paid since is at the provider, and not in the books."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World
from tests.support.statements import statements, written
from voorjebuurt.audit.models import Alert
from voorjebuurt.cli.payments import command
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.tasks import compare_with_provider


def lose(world: World, *tables: str) -> None:
    """What was written after the dump is gone, and with it the jobs that followed."""
    with world.database.writing() as session:
        for table in ("procrastinate_events", "procrastinate_jobs", *tables):
            session.execute(text(f"DELETE FROM {table}"))


def paid_without_news(world: World) -> Donor:
    donor = world.giving(world.campaign())
    donor.pay()
    world.sandbox.pay(donor.checkout())
    return donor


def alerts(world: World) -> list[str]:
    with world.database.reading() as session:
        return list(session.scalars(select(Alert.kind)))


def compare(world: World) -> None:
    compare_with_provider(Runtime(world.database, world.settings))
    world.work()


def test_a_payment_that_was_lost_is_restored_and_booked_where_its_pledge_is_known(
    world: World,
) -> None:
    donor = paid_without_news(world)
    lose(world, "payments")
    compare(world)
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])
    with world.database.reading() as session:
        before = session.scalars(select(Payment.id)).all()
    compare(world)
    with world.database.reading() as session:
        assert session.scalars(select(Payment.id)).all() == before, "once is enough"
    assert_sound(world, mails=["receipt"])


def test_what_is_the_same_on_both_sides_costs_one_question_and_no_transaction(
    world: World,
) -> None:
    campaign = world.campaign()
    for _ in range(3):
        world.paid(campaign)
    world.work()
    with statements() as texts:
        compare_with_provider(Runtime(world.database, world.settings))
    assert len(texts) == 1
    assert written(texts) == []


def test_a_payment_whose_news_was_lost_is_booked(world: World) -> None:
    donor = paid_without_news(world)
    lose(world)
    compare(world)
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_a_payment_whose_id_was_lost_is_booked(world: World) -> None:
    """The dump was made between our question and the provider's answer."""
    donor = paid_without_news(world)
    lose(world)
    with world.database.writing() as session:
        session.execute(text("UPDATE payments SET provider_id = NULL, status = 'creating'"))
    compare(world)
    assert donor.state == "booked"
    assert_sound(world, mails=["receipt"])


def test_money_of_a_pledge_that_was_lost_becomes_one_alert(world: World) -> None:
    paid_without_news(world)
    lose(world, "payments", "pledges")
    compare(world)
    assert alerts(world) == ["payment_unknown"]
    with world.database.writing() as session:
        session.execute(text("UPDATE alerts SET resolved_at = now(), resolution = 'Terugbetaald.'"))
    compare(world)
    assert alerts(world) == ["payment_unknown"], "what somebody dealt with stays closed"


def test_what_is_not_paid_and_unknown_is_nobodys_worry(world: World) -> None:
    world.giving(world.campaign()).pay()
    lose(world, "payments", "pledges")
    compare(world)
    assert alerts(world) == []


def test_a_provider_that_does_not_answer_is_asked_the_next_time(world: World) -> None:
    donor = paid_without_news(world)
    lose(world, "payments")
    world.sandbox.switch("bad_gateway", "list_payments")
    compare(world)
    assert (donor.state == "booked", alerts(world)) == (False, [])


@pytest.mark.parametrize(("days", "expected"), [(0, "1 were lost"), (-3, "0 at the provider")])
def test_the_operator_compares_since_the_day_of_the_dump(
    world: World, days: int, expected: str
) -> None:
    paid_without_news(world)
    lose(world, "payments")
    since = (clock.now() - timedelta(days=days)).date().isoformat()
    environment = {
        "VJB_ENV": "test",
        "VJB_HOME": str(world.settings.home),
        "DATABASE_URL": world.settings.database_url or "",
        "VJB_SANDBOX_URL": world.settings.sandbox_url or "",
        "BASE_URL": world.site,
    }
    result = CliRunner().invoke(command, ["compare", "--since", since], env=environment)
    assert result.exit_code == 0, result.output
    assert expected in result.output
