"""Settings: from the environment or a `.env` file, each one named in `.env.example`."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )

    @property
    def database(self) -> str:
        """The database's address: `DATABASE_URL`, else a SQLite file under `KAM_HOME`."""
        return self.database_url or f"sqlite:///{self.home / 'kam.db'}"
