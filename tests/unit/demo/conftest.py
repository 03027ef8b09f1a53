"""The demonstration company, loaded once for all tests that only read it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tools.data import models
from tools.data.database import Sessions, open_engine, session_factory
from tools.data.demo import load_demo
from tools.domain.names import name_key

TODAY = date(2026, 3, 16)


@pytest.fixture(scope="session")
def company(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    path = tmp_path_factory.mktemp("demo") / "kam.db"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    sessions = session_factory(engine)
    load_demo(sessions, TODAY)
    yield sessions
    engine.dispose()


@pytest.fixture
def session(company: Sessions) -> Iterator[Session]:
    with company() as opened:
        yield opened


class Finder:
    """Finds an account, a person or a unit by any of its names."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def account(self, name: str) -> int:
        alias = models.AccountAlias
        query = select(alias.account_id).where(alias.name_key == name_key(name))
        return self.session.exec(query).one()

    def person(self, name: str) -> models.Person:
        return self.session.exec(select(models.Person).where(models.Person.name == name)).one()

    def of(self, model: type, name: str) -> list:
        """The rows of a model that belong to the account of that alias."""
        query = select(model).where(model.account_id == self.account(name)).order_by(model.id)
        return list(self.session.exec(query))


@pytest.fixture
def find(session: Session) -> Finder:
    return Finder(session)
