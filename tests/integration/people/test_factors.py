"""The second step of signing in, as the domain does it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import (
    PersonFactory,
    RoleGrantFactory,
    actor_of,
    signed_in_as,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people import queries, sign_ins
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.factors.queries import factor_state, practice_codes
from voorjebuurt.people.models import Person, RecoveryCode, SignIn, TotpFactor
from voorjebuurt.people.rules import DESK_IDLE, RESIDENT_LONGEST, WRONG_CODES

SEALER = Sealer(("a key of at least thirty-two characters",))
LATER = timedelta(minutes=5)


def set_up(session: Session, person: Person) -> tuple[str, list[str]]:
    """The secret of a new second step, and its recovery codes."""
    secret = factors.new_secret()
    codes = factors.add_totp(
        session,
        person_id=person.id,
        secret=secret,
        code=code_at(secret, clock.now()),
        sealer=SEALER,
        actor=actor_of(person),
    )
    return secret, codes


def opened(session: Session, person: Person) -> SignIn:
    """A sign-in that has not passed the second step."""
    sign_in_id = sign_ins.open_sign_in(
        session, person_id=person.id, version=person.session_version, device="Edge, Windows"
    )
    return certain(session.get(SignIn, sign_in_id))


def passes(session: Session, sign_in: SignIn, code: str) -> bool:
    return sign_ins.pass_factor(session, sign_in_id=sign_in.id, code=code, sealer=SEALER)


def code_of(call: Any, *arguments: Any, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(*arguments, **keywords)
    return error.value.code


def test_a_role_is_nothing_before_the_second_step(session: Session) -> None:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="staff")
    secret, _ = set_up(session, person)
    sign_in = opened(session, person)
    before = certain(queries.person_of_sign_in(session, sign_in.id))
    assert (before.roles, before.held_roles, before.has_factor) == (
        frozenset(),
        frozenset({"staff"}),
        True,
    )
    with clock.at(clock.now() + LATER):
        assert passes(session, sign_in, code_at(secret, clock.now()))
        session.flush()
        after = certain(queries.person_of_sign_in(session, sign_in.id))
    assert after.roles == frozenset({"staff"})


def test_the_secret_is_sealed_and_the_recovery_codes_are_hashes(session: Session) -> None:
    person = PersonFactory()
    secret, codes = set_up(session, person)
    factor = session.scalars(select(TotpFactor)).one()
    assert secret not in factor.sealed_secret
    assert SEALER.open(factor.sealed_secret) == secret
    hashes = session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(hashes) == len(codes) == len(set(codes)) == 10
    assert not set(hashes) & set(codes)


def test_an_app_is_tied_by_a_right_code_and_once(session: Session) -> None:
    person = PersonFactory()
    arguments: dict[str, Any] = {
        "person_id": person.id,
        "secret": factors.new_secret(),
        "sealer": SEALER,
        "actor": actor_of(person),
    }
    assert code_of(factors.add_totp, session, code="000000", **arguments) == "code_wrong"
    assert factor_state(session, person.id) is None
    set_up(session, person)
    assert code_of(factors.add_totp, session, code="000000", **arguments) == "factor_exists"


def test_a_code_works_once_on_all_devices_together(session: Session) -> None:
    person = PersonFactory()
    secret, _ = set_up(session, person)
    with clock.at(clock.now() + LATER):
        code = code_at(secret, clock.now())
        assert passes(session, opened(session, person), code)
        assert not passes(session, opened(session, person), code)


def test_a_recovery_code_works_once(session: Session) -> None:
    person = PersonFactory()
    _, codes = set_up(session, person)
    assert passes(session, opened(session, person), codes[3].lower())
    assert not passes(session, opened(session, person), codes[3])
    assert certain(factor_state(session, person.id)).recovery_codes == 9
    new_codes = factors.renew_recovery_codes(session, person_id=person.id, actor=actor_of(person))
    assert not passes(session, opened(session, person), codes[4])
    assert passes(session, opened(session, person), new_codes[4])


def test_a_code_of_somebody_else_opens_nothing(session: Session) -> None:
    person, other = PersonFactory(), PersonFactory()
    (secret, codes), _ = set_up(session, person), set_up(session, other)
    sign_in = opened(session, other)
    with clock.at(clock.now() + LATER):
        assert not passes(session, sign_in, code_at(secret, clock.now()))
        assert not passes(session, sign_in, codes[0])


def test_who_guesses_is_signed_out_and_nobody_else(session: Session) -> None:
    person = PersonFactory()
    secret, _ = set_up(session, person)
    elsewhere, guessing = signed_in_as(session, person), opened(session, person)
    for _ in range(WRONG_CODES):
        assert queries.person_of_sign_in(session, guessing.id) is not None
        assert not passes(session, guessing, "000000")
        session.flush()
    assert queries.person_of_sign_in(session, guessing.id) is None
    assert queries.person_of_sign_in(session, elsewhere) is not None
    with clock.at(clock.now() + LATER):
        code = code_at(secret, clock.now())
        assert not passes(session, guessing, code), "its sign-in is over"
        assert passes(session, opened(session, person), code), "its owner still comes in"


def test_who_holds_a_role_keeps_the_second_step(session: Session) -> None:
    person, resident = PersonFactory(), PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    set_up(session, person)
    set_up(session, resident)
    refusal = code_of(factors.remove_totp, session, person_id=person.id, actor=actor_of(person))
    assert refusal == "factor_needed"
    for _ in range(2):
        factors.remove_totp(session, person_id=resident.id, actor=actor_of(resident))
    assert factor_state(session, resident.id) is None
    assert factor_state(session, person.id) is not None


def test_staff_let_a_colleague_begin_again_but_not_themselves(session: Session) -> None:
    person, colleague = PersonFactory(), PersonFactory()
    set_up(session, person)
    sign_in_id = signed_in_as(session, person)
    staff = actor_of(colleague, "staff")
    arguments: dict[str, Any] = {"person_id": person.id, "reason": "Telefoon kwijt."}
    with pytest.raises(ForbiddenError):
        factors.reset_factor(session, actor=actor_of(colleague), **arguments)
    own = actor_of(person, "staff")
    assert code_of(factors.reset_factor, session, actor=own, **arguments) == "not_on_yourself"
    factors.reset_factor(session, actor=staff, **arguments)
    session.flush()
    assert factor_state(session, person.id) is None
    assert queries.person_of_sign_in(session, sign_in_id) is None


def test_new_keys_open_what_is_there_and_seal_it_anew(session: Session) -> None:
    person = PersonFactory()
    secret, _ = set_up(session, person)
    newest = "another key of at least thirty-two characters"
    both = Sealer((newest, "a key of at least thirty-two characters"))
    assert factors.renew_seals(session, sealer=both) == 1
    session.flush()
    factor = session.scalars(select(TotpFactor)).one()
    assert Sealer((newest,)).open(factor.sealed_secret) == secret


def test_where_people_practise_the_code_of_now_is_the_next_one_that_works(
    session: Session,
) -> None:
    person = PersonFactory()
    set_up(session, person)
    [code] = practice_codes(session, sealer=SEALER, moment=clock.now(), person_id=person.id)
    assert code.email == person.email
    assert passes(session, opened(session, person), code.code)


def test_a_sign_in_is_ended_by_its_owner_only(session: Session) -> None:
    person, other = PersonFactory(), PersonFactory()
    first, second = signed_in_as(session, person), signed_in_as(session, person)
    with pytest.raises(NotFoundError):
        sign_ins.end_sign_in(session, sign_in_id=first, actor=actor_of(other))
    for _ in range(2):
        sign_ins.end_sign_in(session, sign_in_id=first, actor=actor_of(person))
    session.flush()
    assert queries.person_of_sign_in(session, first) is None
    assert queries.person_of_sign_in(session, second) is not None
    assert [each.id for each in queries.open_sign_ins(session, person.id)] == [second]


def test_an_unused_sign_in_of_a_desk_is_over_and_a_used_one_is_not(session: Session) -> None:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="auditor")
    sign_in_id, start = signed_in_as(session, person), clock.now() - timedelta(seconds=1)
    with clock.at(start + DESK_IDLE):
        assert queries.person_of_sign_in(session, sign_in_id) is not None
        sign_ins.note_use(session, sign_in_id)
    with clock.at(start + 2 * DESK_IDLE):
        assert queries.person_of_sign_in(session, sign_in_id) is not None
        assert len(queries.open_sign_ins(session, person.id)) == 1
    with clock.at(start + 3 * DESK_IDLE):
        assert queries.person_of_sign_in(session, sign_in_id) is None
        assert queries.open_sign_ins(session, person.id) == []


def test_sign_ins_that_nobody_can_use_any_more_are_thrown_away(session: Session) -> None:
    person = PersonFactory()
    sign_in_id = signed_in_as(session, person)
    with clock.at(clock.now() + RESIDENT_LONGEST + timedelta(days=1)):
        newer_id = signed_in_as(session, person)
        before = clock.now() - RESIDENT_LONGEST
        assert sign_ins.forget_sign_ins(session, before=before, limit=5) == 1
    assert session.scalars(select(SignIn.id)).all() == [newer_id]
    assert sign_in_id != newer_id
