"""Dates and amounts are read exactly, or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etape.exchange.formats.places import commune_of
from etape.exchange.formats.values import Unclear, cents_of, day_of, moment_of, siren_of

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SPACES = st.sampled_from([" ", "\u00a0", "\u202f"])
CENTS = st.integers(0, 10**15)


@given(CENTS, SPACES, SPACES)
def test_an_amount_is_read_to_the_cent_whatever_spaces_group_it(
    cents: int, group: str, before_sign: str
) -> None:
    euros = f"{cents // 100:,}".replace(",", group)
    assert cents_of(f"{euros},{cents % 100:02}{before_sign}€") == cents


@given(st.text("0123456789,. \u00a0\u202f€-", max_size=14))
def test_an_amount_that_is_read_is_the_one_that_is_written(written: str) -> None:
    try:
        cents = cents_of(written)
    except Unclear:
        return
    assert "." not in written
    assert "-" not in written
    plain = "".join(it for it in written if it in "0123456789,").replace(",", ".")
    assert Decimal(plain) * 100 == cents


@pytest.mark.parametrize(
    "written", ["1.450,00 €", "1,5 €", "12 34,00 €", "-5,00 €", "1 450.00", "N/A", "\u0665,00 €"]
)
def test_an_amount_that_may_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(Unclear):
        cents_of(written)


@given(DAYS)
def test_a_day_is_read_in_the_two_forms_that_mean_one_thing(day: date) -> None:
    assert day_of(day.isoformat()).on == day
    assert day_of(f"{day:%d/%m}/{day.year:04}").on == day


@given(st.text("0123456789/-. T:Z+", max_size=20))
def test_a_day_that_is_read_is_the_one_that_is_written(written: str) -> None:
    try:
        day = day_of(written).on
    except Unclear:
        return
    assert written in {day.isoformat(), f"{day.day:02}/{day.month:02}/{day.year:04}"}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31 mai à minuit", "ni AAAA-MM-JJ ni JJ/MM/AAAA"),
        ("03/04/23", "deux chiffres"),
        ("2024-31-05", "échangés"),
        ("12/31/2024", "échangés"),
        ("2023-02-29", "n’existe pas"),
        ("2024-05-31T00:00", "pas de fuseau"),
        ("2024-05-31T12:00", "pas de fuseau"),
        ("2024-05-31T00:00:00Z", "Minuit"),
        ("2024-05-31T22:00:00Z", "Minuit"),  # midnight in Paris
        ("2024-05-31T25:00:00Z", "n’existe pas"),
        ("5/6/2024", "ni AAAA-MM-JJ ni JJ/MM/AAAA"),
        ("45443", "ni AAAA-MM-JJ ni JJ/MM/AAAA"),
    ],
)
def test_a_date_that_may_mean_two_things_is_refused_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(Unclear) as refused:
        moment_of(written)
    assert why in refused.value.sentence.fr
    assert refused.value.sentence.en


def test_an_instant_with_its_zone_is_that_instant_in_paris() -> None:
    moment = moment_of("2025-10-15T22:30:00Z")
    assert (moment.on, moment.at) == (date(2025, 10, 16), moment.at)
    assert moment.at is not None
    assert moment.at.isoformat() == "2025-10-15T22:30:00+00:00"


@pytest.mark.parametrize(
    ("written", "siren", "is_remarked"),
    [
        ("200078004", "200078004", False),
        ("88443903500012", "884439035", False),
        ("58502329", "058502329", True),
        ("5720113900045", "057201139", True),
        ("782698001", None, True),
        ("#", None, True),
    ],
)
def test_a_siren_is_kept_when_its_check_digit_proves_it(
    written: str, siren: str | None, *, is_remarked: bool
) -> None:
    read, remark = siren_of(written)
    assert (read, remark is not None) == (siren, is_remarked)


@pytest.mark.parametrize(
    ("written", "department", "code"),
    [("1004", "1", "01004"), ("74012", "1", "74012"), ("2A017", "2A", "2A017")],
)
def test_a_zero_comes_back_where_the_department_proves_it(
    written: str, department: str, code: str
) -> None:
    assert commune_of(written, department=department) == code


def test_a_zero_that_nothing_proves_does_not_come_back() -> None:
    with pytest.raises(Unclear):
        commune_of("2173", department="59")
