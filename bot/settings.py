"""Settings: from the environment or a `.env` file, each one named in `.env.example`."""

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Typed settings. Secrets never show themselves when printed."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    home: Path = Field(default=Path(".kam"), validation_alias="KAM_HOME")
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    chroma_url: str | None = Field(default=None, validation_alias="CHROMA_URL")
    model: str = Field(default="built-in", validation_alias="KAM_MODEL")
    embedding: str = Field(default="built-in", validation_alias="KAM_EMBEDDING")
    language: Literal["auto", "en", "zh-Hans", "zh-Hant"] = Field(
        default="auto", validation_alias="KAM_LANGUAGE"
    )
    model_timeout: float = Field(default=30.0, gt=0, validation_alias="KAM_MODEL_TIMEOUT")
    model_turn_seconds: float = Field(default=60.0, gt=0, validation_alias="KAM_MODEL_TURN_SECONDS")
    model_retries: int = Field(default=2, ge=0, validation_alias="KAM_MODEL_RETRIES")
    model_rest: float = Field(default=60.0, ge=0, validation_alias="KAM_MODEL_REST")
    model_calls: int = Field(default=8, ge=1, validation_alias="KAM_MODEL_CALLS")
    model_turn_tokens: int = Field(default=100_000, ge=1, validation_alias="KAM_MODEL_TURN_TOKENS")
    model_history_tokens: int = Field(
        default=6_000, ge=600, validation_alias="KAM_MODEL_HISTORY_TOKENS"
    )
    model_tools: int = Field(default=24, ge=1, validation_alias="KAM_MODEL_TOOLS")
    audit_question: Literal["hash", "text"] = Field(
        default="hash", validation_alias="KAM_AUDIT_QUESTION"
    )
    history_days: int = Field(default=365, ge=0, validation_alias="KAM_HISTORY_DAYS")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )

    slack_client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_CLIENT_SECRET"
    )
    slack_teams: str = Field(default="", validation_alias="KAM_SLACK_TEAMS")
    slack_mode: Literal["socket", "http"] = Field(
        default="socket", validation_alias="KAM_SLACK_MODE"
    )
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    slack_file_megabytes: int = Field(default=20, ge=1, validation_alias="KAM_SLACK_FILE_MB")
    http_host: str = Field(default="127.0.0.1", validation_alias="KAM_HTTP_HOST")
    http_port: int = Field(default=3000, ge=0, le=65535, validation_alias="KAM_HTTP_PORT")
    health_port: int | None = Field(
        default=None, ge=0, le=65535, validation_alias="KAM_HEALTH_PORT"
    )
    log: Literal["text", "json"] = Field(default="text", validation_alias="KAM_LOG")

    @field_validator("database_url")
    @classmethod
    def _database_address(cls, given: str | None) -> str | None:
        return _of_form(
            given,
            r"postgresql(\+psycopg)?://[^/]*(:\d+)?/.+|sqlite://.*",
            "postgresql://user:password@host/name or sqlite:///FILE",
        )

    @field_validator("chroma_url", "openai_base_url", "slack_api_url")
    @classmethod
    def _web_address(cls, given: str | None) -> str | None:
        return _of_form(given, r"https?://[^/\s:]+(:\d+)?(/\S*)?", "http://HOST:PORT or https://…")

    @field_validator("model", "embedding")
    @classmethod
    def _model_name(cls, given: str) -> str:
        _of_form(given, r"built-in|[\w-]+:\S+", "built-in or PROVIDER:MODEL, as openai:gpt-5")
        return given

    @property
    def database(self) -> str:
        """The database's address: `DATABASE_URL`, else a SQLite file under `KAM_HOME`."""
        return self.database_url or f"sqlite:///{self.home / 'kam.db'}"


def _of_form(given: str | None, pattern: str, form: str) -> str | None:
    """Raises `ValueError`, without the value, which may hold a password, where it does not fit."""
    if given is not None and not re.fullmatch(pattern, given):
        raise ValueError(f"write it as {form}")
    return given
