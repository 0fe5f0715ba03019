"""Every setting, read once from the environment (`ETAPE_…`); production refuses to start badly."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    IPvAnyNetwork,
    SecretStr,
    StringConstraints,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from etape.core.signatures import key_of
from etape.core.texts import Language

DEVELOPMENT_SECRET = "a development secret, refused in production"  # noqa: S105 - refused below
_DEMO = Path(__file__).parents[1] / "demo" / "data" / "fictitious"
DEMO_NOTICE, DEMO_SITE = _DEMO / "notice.yaml", _DEMO / "site.yaml"


class Environment(StrEnum):
    """Where the process runs: `demo` and `test` start an embedded PostgreSQL, production never."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


def _in_order(value: Any) -> Any:
    """Return what an environment variable lists between commas."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _signing(secret: SecretStr) -> SecretStr:
    """Refuse a secret that signs nothing."""
    key_of(secret)
    return secret


class Settings(BaseSettings):
    """The settings of one process. Durations are in the unit that their name ends with."""

    model_config = SettingsConfigDict(env_prefix="ETAPE_", extra="ignore", frozen=True)

    environment: Environment = Environment.DEMO
    secret: SecretStr = Field(default=SecretStr(DEVELOPMENT_SECRET), min_length=32)
    former_secret: SecretStr | None = Field(default=None, min_length=32)
    public_url: AnyHttpUrl = AnyHttpUrl("http://localhost:8000")
    data_directory: Path = Path(".etape")

    drain_seconds: Annotated[float, Field(ge=0, le=3)] = 0

    database_url: Annotated[str, StringConstraints(pattern="^postgresql://")] | None = None
    database_pool_size: Annotated[int, Field(ge=2)] = 10
    writes_at_once: Annotated[int, Field(ge=1)] = 2
    writes_waiting: Annotated[int, Field(ge=0)] = 2_000
    postgres_bin: Path | None = None

    limits: bool = True
    limits_scale: Annotated[float, Field(gt=0)] = 1
    redis_url: Annotated[str, StringConstraints(pattern="^rediss?://")] | None = None
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_in_order)] = ()

    smtp_host: str | None = None
    smtp_port: int = 25
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_starttls: bool = False
    mail_from: str = "Étape <ne-pas-repondre@etape.example>"
    mail_inbound_secret: Annotated[SecretStr, AfterValidator(_signing)] | None = None

    oidc_issuer: Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$")] | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str | None = None
    oidc_scopes: Annotated[str, StringConstraints(pattern=r"(^| )openid( |$)")] = (
        "openid email given_name usual_name"
    )
    oidc_pkce: bool = True
    oidc_userinfo_signed: bool = True
    oidc_emails_verified: bool = False
    oidc_acr_values: str = ""
    oidc_second_factor_acrs: str = ""

    site: Path | None = None
    privacy_notice: Path | None = None
    retention_days: Annotated[int, Field(ge=1, le=1095)] = 90

    document_max_mib: Annotated[int, Field(ge=1, le=100)] = 15
    import_max_mib: Annotated[int, Field(ge=1, le=100)] = 15
    storage_url: Annotated[str, StringConstraints(pattern=r"^s3://[^/?#@]+(/[^?#]*)?$")] | None = (
        None
    )
    storage_endpoint: AnyHttpUrl | None = None
    storage_region: str | None = None
    storage_access_key_id: str | None = None
    storage_secret_access_key: SecretStr | None = None

    @property
    def sealing_keys(self) -> Sequence[SecretStr]:
        """What opens what is sealed; the first seals (core.sealing)."""
        return [key for key in (self.secret, self.former_secret) if key is not None]

    @property
    def notice_file(self) -> Path | None:
        """The privacy notice; outside production, without one, that of the demonstration."""
        return self.privacy_notice or (None if self.is_production else DEMO_NOTICE)

    @property
    def site_file(self) -> Path | None:
        """Whose site this is; outside production, without one, that of the demonstration."""
        return self.site or (None if self.is_production else DEMO_SITE)

    @property
    def is_production(self) -> bool:
        """Whether real people use this process."""
        return self.environment is Environment.PRODUCTION

    @model_validator(mode="after")
    def refuse_half_a_provider(self) -> Self:
        """Refuse an identity provider that nobody could sign in at."""
        needed = ("oidc_client_id", "oidc_client_secret", "oidc_name")
        missing = [f"ETAPE_{name}".upper() for name in needed if getattr(self, name) is None]
        if self.oidc_issuer is not None and missing:
            raise ValueError(f"ETAPE_OIDC_ISSUER needs {', '.join(missing)}")
        if self.is_production and (self.oidc_issuer or "").startswith("http:"):
            raise ValueError("ETAPE_OIDC_ISSUER must begin with https: in production")
        return self

    @model_validator(mode="after")
    def refuse_half_a_storage(self) -> Self:
        """Refuse a bucket without its credentials or its place, and those without a bucket."""
        given = {
            "ETAPE_STORAGE_URL": self.storage_url,
            "ETAPE_STORAGE_ACCESS_KEY_ID": self.storage_access_key_id,
            "ETAPE_STORAGE_SECRET_ACCESS_KEY": self.storage_secret_access_key,
            "ETAPE_STORAGE_ENDPOINT or ETAPE_STORAGE_REGION": (
                self.storage_endpoint or self.storage_region
            ),
        }
        missing = [name for name, value in given.items() if not value]
        if missing and len(missing) < len(given):
            raise ValueError(f"a storage that is half set: {', '.join(missing)} missing")
        return self

    @model_validator(mode="after")
    def refuse_unsafe_production(self) -> Self:
        """Refuse, in production, what is only good for a demonstration."""
        if not self.is_production:
            return self
        missing = [
            name
            for name, is_bad in {
                "ETAPE_SECRET": self.secret.get_secret_value() == DEVELOPMENT_SECRET,
                "ETAPE_DATABASE_URL": self.database_url is None,
                "ETAPE_SMTP_HOST": self.smtp_host is None,
                "ETAPE_PUBLIC_URL": self.public_url.host == "localhost",
            }.items()
            if is_bad
        ]
        if not self.limits:
            raise ValueError("production keeps ETAPE_LIMITS on; ETAPE_LIMITS_SCALE raises them")
        if missing:
            raise ValueError(f"production needs its own {', '.join(missing)}")
        return self


def page_url(path: str, *, settings: Settings, language: Language) -> str:
    """Return the address of a page in a language."""
    prefix = "en/" if language is Language.EN else ""
    return f"{str(settings.public_url).rstrip('/')}/{prefix}{path}"
