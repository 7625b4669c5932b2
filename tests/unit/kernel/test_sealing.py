"""Secrets at rest."""

import pytest

from voorjebuurt.kernel.errors import InvariantError
from voorjebuurt.kernel.sealing import Seal, Sealer

OLD, NEW = "an old key of more than thirty-two characters", "a new key of more than thirty-two"


def test_what_is_sealed_says_nothing_and_comes_back() -> None:
    sealer = Sealer((OLD,))
    seals = {sealer.seal("JBSWY3DPEHPK3PXP") for _ in range(3)}
    assert len(seals) == 3
    assert all("JBSWY" not in seal for seal in seals)
    assert {sealer.open(seal) for seal in seals} == {"JBSWY3DPEHPK3PXP"}


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed() -> None:
    seal = Sealer((OLD,)).seal("geheim")
    both = Sealer((NEW, OLD))
    assert both.open(seal) == "geheim"
    newer = both.renew(seal)
    assert Sealer((NEW,)).open(newer) == "geheim"


@pytest.mark.parametrize("slip", ["", "gAAAA", "x" * 100])
def test_a_wrong_key_or_a_changed_seal_opens_nothing(slip: str) -> None:
    seal = Sealer((OLD,)).seal("geheim")
    with pytest.raises(InvariantError):
        Sealer((NEW,)).open(seal)
    with pytest.raises(InvariantError):
        Sealer((OLD,)).open(Seal(seal[:-4] + "AAAA" if slip == "" else slip))
