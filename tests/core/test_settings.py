"""Production refuses to start on what is only good for a demonstration (T40)."""

import pytest
from pydantic import ValidationError

from etape.core.settings import DEVELOPMENT_SECRET, Settings

SOUND = {
    "environment": "production",
    "secret": "forty characters that nobody could guess!",
    "database_url": "postgresql://etape@db/etape",
    "smtp_host": "mail.example.org",
    "public_url": "https://etape.example.org",
}

PROVIDER = {
    "oidc_issuer": "https://auth.example.org/api/v2",
    "oidc_client_id": "etape",
    "oidc_client_secret": "a secret of the provider's",
    "oidc_name": "ProConnect",
}


def test_what_is_set_in_full_is_accepted() -> None:
    assert Settings.model_validate(SOUND).is_production


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", DEVELOPMENT_SECRET),
        ("secret", None),
        ("secret", "too short"),
        ("database_url", None),
        ("smtp_host", None),
        ("public_url", None),
        ("public_url", "http://localhost:8000"),
    ],
)
def test_what_is_missing_or_a_default_is_refused_by_its_name(name: str, value: object) -> None:
    given = {key: kept for key, kept in SOUND.items() if key != name}
    with pytest.raises(ValidationError, match=f"(?i){name}"):
        Settings.model_validate(given if value is None else {**given, name: value})


def test_production_keeps_its_limits() -> None:
    with pytest.raises(ValidationError, match="ETAPE_LIMITS"):
        Settings.model_validate({**SOUND, "limits": "off"})
    assert Settings.model_validate({**SOUND, "limits": "on", "limits_scale": 2}).limits


def test_proxies_are_listed_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAPE_TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8,192.0.2.1")
    trusted = [str(network) for network in Settings().trusted_proxies]
    assert trusted == ["10.0.0.0/8", "fd00::/8", "192.0.2.1/32"]
    monkeypatch.setenv("ETAPE_TRUSTED_PROXIES", "everybody")
    with pytest.raises(ValidationError, match="trusted_proxies"):
        Settings()


@pytest.mark.parametrize("url", ["sqlite:///etape.db", "mysql://etape@db/etape", ""])
def test_there_is_one_kind_of_database(url: str) -> None:
    with pytest.raises(ValidationError, match="database_url"):
        Settings.model_validate({"database_url": url})


STORAGE = {
    "storage_url": "s3://bucket/prefix",
    "storage_endpoint": "https://s3.example.org",
    "storage_access_key_id": "key",
    "storage_secret_access_key": "a secret of the bucket",
}


def test_a_bucket_set_in_full_is_accepted_whether_by_its_address_or_its_region() -> None:
    assert Settings.model_validate({**SOUND, **STORAGE}).storage_url == "s3://bucket/prefix"
    by_region = {**STORAGE, "storage_endpoint": None, "storage_region": "eu-west-3"}
    assert Settings.model_validate({**SOUND, **by_region}).storage_region == "eu-west-3"


@pytest.mark.parametrize("missing", STORAGE)
def test_a_bucket_half_set_is_refused_by_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in STORAGE.items() if name != missing}
    with pytest.raises(ValidationError, match=f"(?i)half set: ETAPE_{missing}"):
        Settings.model_validate({**SOUND, **given})


@pytest.mark.parametrize(
    "url", ["https://bucket", "s3://", "s3://key:secret@bucket", "s3://bucket?a=b", "file:///tmp"]
)
def test_a_bucket_is_named_by_an_s3_url_without_its_secret(url: str) -> None:
    with pytest.raises(ValidationError, match="storage_url"):
        Settings.model_validate({**SOUND, **STORAGE, "storage_url": url})


def test_no_secret_is_shown_by_what_prints_settings() -> None:
    settings = Settings.model_validate(
        {**SOUND, **PROVIDER, **STORAGE, "smtp_password": "another secret"}
    )
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert SOUND["secret"] not in shown
        assert "another secret" not in shown
        assert PROVIDER["oidc_client_secret"] not in shown
        assert STORAGE["storage_secret_access_key"] not in shown


def test_an_identity_provider_is_accepted_whole() -> None:
    assert Settings.model_validate({**SOUND, **PROVIDER}).oidc_pkce


@pytest.mark.parametrize("name", ["oidc_client_id", "oidc_client_secret", "oidc_name"])
def test_half_an_identity_provider_is_refused_by_what_is_missing(name: str) -> None:
    given = {key: value for key, value in PROVIDER.items() if key != name}
    with pytest.raises(ValidationError, match=f"ETAPE_{name}".upper()):
        Settings.model_validate(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("oidc_issuer", "http://auth.example.org"),
        ("oidc_issuer", "auth.example.org"),
        ("oidc_issuer", "https://auth.example.org?tenant=1"),
        ("oidc_scopes", "email given_name"),
    ],
)
def test_an_identity_provider_that_could_not_be_trusted_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=f"(?i){name}"):
        Settings.model_validate({**SOUND, **PROVIDER, name: value})
