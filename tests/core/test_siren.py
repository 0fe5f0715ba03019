"""The numbers of bodies and of their establishments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etape.core.siren import is_siren, is_siret

DIGITS = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize("number", ["73282932000074", "35600000049837", "35600000000048"])
def test_an_establishment_is_recognised(number: str) -> None:
    assert is_siret(number)
    assert is_siren(number[:9])


@pytest.mark.parametrize(
    "number",
    ["12345678901234", "35600000049838", "7328293200007", "73282932O00074", "", "٧٣٢٨٢٩٣٢٠"],
)
def test_what_is_no_number_of_an_establishment_is_refused(number: str) -> None:
    assert not is_siret(number)


@given(DIGITS)
def test_one_check_digit_fits_and_no_other(first: str) -> None:
    assert sum(is_siren(first + last) for last in "0123456789") == 1


@given(DIGITS, st.integers(0, 7))
def test_a_mistyped_digit_is_found(first: str, place: int) -> None:
    good = next(first + last for last in "0123456789" if is_siren(first + last))
    wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
    assert not is_siren(wrong)
