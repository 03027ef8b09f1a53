"""What is remembered: across restarts and processes, never across people; and what is forgotten."""

import asyncio
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.main import open_assistant, open_records
from bot.memory_words import (
    Forget,
    Narrow,
    Recall,
    Speak,
    Wish,
    everywhere,
    means_earlier,
    resumed,
    wish_of,
)
from bot.settings import Settings
from bot.turn import Reply, Turn
from tests.homes import with_dictionary
from tests.scenario.openai_peer import calls, on_model, openai_peer, says
from tools.access import OPERATOR, Asker
from tools.data.models import Account, Coverage, Person, Unit
from tools.domain.vocabulary import CoverageRole, Role, UnitKind
from tools.text import Language

EN, HANS, HANT = Language.ENGLISH, Language.SIMPLIFIED, Language.TRADITIONAL
ADA = Asker(1, "Ada Brant", Role.SALES_OPERATIONS)
BEN = Asker(2, "Ben Clyde", Role.SALES_OPERATIONS)
_ASK = [sys.executable, "-c", "from bot.cli import main; main()", "ask"]


@pytest.fixture
def company(database_url: str, tmp_path: Path, index_folder: Path) -> Settings:
    """Two accounts in two regions, two people who read everything."""
    settings = Settings(KAM_HOME=tmp_path / "home", DATABASE_URL=database_url)
    with_dictionary(settings.home / "index", index_folder)
    with closing(open_records(settings)) as sessions, sessions() as session:
        for person in (ADA, BEN):
            session.add(
                Person(
                    name=person.name,
                    name_key=person.name.lower().replace(" ", ""),
                    role=person.role,
                )
            )
        for name, kind in (("East", UnitKind.REGION), ("Harbour Team", UnitKind.BRANCH)):
            session.add(Unit(name=name, name_key=name.lower().replace(" ", ""), kind=kind))
        for name, region in (("Konex", "East"), ("Lumora", "West")):
            session.add(Account(name=name, name_key=name.lower(), region=region))
        session.flush()
        for number in (1, 2):
            session.add(Coverage(account_id=number, person_id=number, role=CoverageRole.OWNER))
        session.commit()
    return settings


def talk(settings: Settings, *said: tuple[str, Asker, str]) -> list[Reply]:
    """Says the lines, each in its thread, to one process' assistant."""

    async def conversation() -> list[Reply]:
        async with open_assistant(settings) as assistant:
            return [await assistant.answer(Turn(*line)) for line in said]

    replies = asyncio.run(conversation())
    assert not [reply for reply in replies if reply.failure]
    return replies


def accounts_of(reply: Reply) -> list[object]:
    return [call.arguments.get("account") for call in reply.tool_calls]


@pytest.mark.heavy
def test_a_conversation_goes_on_in_another_process(company: Settings) -> None:
    home = {"KAM_HOME": str(company.home), "DATABASE_URL": company.database}
    for line in ("who covers Konex?", "and what is its revenue?"):
        done = subprocess.run(
            [*_ASK, line, "--thread", "shared", "--json"],
            env=os.environ | home,
            capture_output=True,
            text=True,
            check=True,
        )
    assert "Konex" in done.stdout
    (reply,) = talk(company, ("shared", OPERATOR, "who covers it?"))
    assert accounts_of(reply) == ["Konex"]


def test_threads_and_people_know_nothing_of_each_other(company: Settings) -> None:
    _, thread, person = talk(
        company,
        ("a", ADA, "who covers Konex?"),
        ("b", ADA, "who covers it?"),
        ("a", BEN, "who covers it?"),
    )
    assert thread.question
    assert not thread.tool_calls
    assert person.question
    assert not person.tool_calls


def test_a_language_asked_for_lasts_in_every_thread_and_is_ones_own(company: Settings) -> None:
    told, mine, others = talk(
        company,
        ("a", ADA, "以后用繁體中文回答"),
        ("b", ADA, "who covers Konex?"),
        ("b", BEN, "who covers Konex?"),
    )
    assert "繁體中文" in told.text
    assert (mine.language, others.language) == (HANT, EN)
    (again,) = talk(company, ("c", ADA, "who covers Konex?"))
    assert again.language is HANT
    undone, plain = talk(
        company, ("c", ADA, "answer in the language I write in"), ("c", ADA, "who covers Konex?")
    )
    assert undone.language is HANT
    assert plain.language is EN


def test_the_operator_keeps_a_language_too(company: Settings) -> None:
    talk(company, ("a", OPERATOR, "answer me in English from now on"))
    (asked,) = talk(company, ("b", OPERATOR, "那谁负责呢？"))
    assert asked.language is EN
    assert "Which" in asked.text


def test_a_default_region_narrows_what_names_no_place_and_says_so(company: Settings) -> None:
    told, narrow, wide, named, off, after = talk(
        company,
        ("a", ADA, "default to the East region"),
        ("b", ADA, "revenue this year"),
        ("b", ADA, "revenue this year in all regions"),
        ("b", ADA, "revenue this year in the West region"),
        ("b", ADA, "取消默认范围"),
        ("c", ADA, "revenue this year"),
    )
    assert "East" in told.text
    assert [call.arguments.get("region") for call in narrow.tool_calls] == ["East"]
    assert "your default" in narrow.text
    assert "your default" not in wide.text
    assert not any(call.arguments.get("region") for call in wide.tool_calls)
    assert [call.arguments.get("region") for call in named.tool_calls] == ["West"]
    assert not off.tool_calls
    assert "your default" not in after.text


def test_a_default_may_be_a_team_and_must_exist(company: Settings) -> None:
    team, unknown, kept = talk(
        company,
        ("a", ADA, "set my default team to Harbour"),
        ("a", ADA, "default to the Qwxyz region"),
        ("a", ADA, "my preferences"),
    )
    assert "Harbour Team" in team.text
    assert "Qwxyz".lower() in unknown.text.lower()
    assert "Harbour Team" in kept.text


def test_an_earlier_account_is_taken_up_where_it_is_asked_for(company: Settings) -> None:
    _, plain, english, chinese, other = talk(
        company,
        ("a", ADA, "who covers Konex?"),
        ("b", ADA, "who covers it?"),
        ("c", ADA, "same account as before: who covers it?"),
        ("d", ADA, "還是剛才那個客戶，誰負責？"),
        ("e", BEN, "same account as before: who covers it?"),
    )
    assert plain.question
    assert accounts_of(english) == accounts_of(chinese) == ["Konex"]
    assert not other.tool_calls


def test_a_conversation_is_forgotten_and_nothing_else(company: Settings) -> None:
    replies = talk(
        company,
        ("a", ADA, "answer me in English from now on"),
        ("a", ADA, "who covers Konex?"),
        ("b", ADA, "who covers Lumora?"),
        ("a", ADA, "forget this conversation"),
        ("a", ADA, "who covers it?"),
        ("b", ADA, "who covers it?"),
        ("c", ADA, "who covers Konex?"),
    )
    told, gone, other, records = replies[3:]
    assert "1 messages" in told.text
    assert "preferences" in told.text
    assert "audit" in told.text
    assert gone.question
    assert accounts_of(other) == ["Lumora"]
    assert accounts_of(records) == ["Konex"]


def test_preferences_are_forgotten_by_name(company: Settings) -> None:
    replies = talk(
        company,
        ("a", ADA, "以后用英文回答"),
        ("a", ADA, "默认看East"),
        ("a", ADA, "who covers Konex?"),
        ("a", ADA, "forget what you know about my preferences"),
        ("a", ADA, "你记得我什么"),
        ("a", ADA, "and its revenue?"),
    )
    told, nothing, goes_on = replies[3:]
    assert all(part in told.text for part in ("English", "East", "Konex", "stays"))
    assert nothing.language is HANS
    assert "没有" in nothing.text
    assert accounts_of(goes_on) in (["Konex"], [["Konex"]])


def test_a_language_model_needs_no_part_in_it(company: Settings, tmp_path: Path) -> None:
    script = [
        calls("covers", ("coverage_owner", {"account": "Konex"})),
        says("covers", "Konex: Ada Brant."),
        calls("accounts", ("account_list", {})),
        says("accounts", "East."),
    ]
    with openai_peer(script, tmp_path, strict=False) as peer:
        told, _, listed, forgot = talk(
            on_model(company, peer.url),
            ("a", ADA, "以后用简体中文回答"),
            ("a", ADA, "default to the East region"),
            ("b", ADA, "list our accounts"),
            ("b", ADA, "forget this conversation"),
        )
        asked = peer.requests()
    assert told.language is HANS
    assert all("Simplified Chinese" in body["messages"][0]["content"] for body in asked)
    assert [call.arguments.get("region") for call in listed.tool_calls] == ["East"]
    assert "East" in listed.text
    assert "已忘记" in forgot.text
    assert len(asked) == 2


def test_fifty_threads_at_once_and_one_thread_in_order(company: Settings) -> None:
    async def at_once() -> tuple[list[Reply], list[Reply]]:
        async with open_assistant(company) as assistant:
            many = [
                assistant.answer(Turn(f"t{n}", (ADA, BEN)[n % 2], "who covers Konex?"))
                for n in range(50)
            ]
            threads = await asyncio.gather(*many)
            lines = ("who covers Konex?", "who covers Lumora?", "and what is its revenue?")
            one = [assistant.answer(Turn("one", ADA, line)) for line in lines]
            return threads, await asyncio.gather(*one)

    threads, one = asyncio.run(at_once())
    assert [accounts_of(reply) for reply in threads] == [["Konex"]] * 50
    assert accounts_of(one[2]) in (["Lumora"], [["Lumora"]])


def test_a_database_that_drops_its_connections_costs_no_turn(company: Settings) -> None:
    if not company.database.startswith("postgresql"):
        pytest.skip("SQLite has no connections to lose")
    dropping = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def dropped() -> Reply:
        async with open_assistant(company) as assistant:
            await assistant.answer(Turn("a", ADA, "who covers Konex?"))
            with closing(open_records(company)) as sessions, sessions() as session:
                session.connection().exec_driver_sql(dropping)
            return await assistant.answer(Turn("a", ADA, "who covers it?"))

    assert accounts_of(asyncio.run(dropped())) == ["Konex"]


def test_two_processes_in_one_thread_leave_it_readable(company: Settings) -> None:
    async def both() -> None:
        async with open_assistant(company) as first, open_assistant(company) as second:
            for _ in range(5):
                turns = [Turn("both", ADA, "who covers Konex?"), Turn("both", ADA, "and Lumora?")]
                await asyncio.gather(first.answer(turns[0]), second.answer(turns[1]))

    asyncio.run(both())
    (reply,) = talk(company, ("both", ADA, "who covers it?"))
    assert reply.tool_calls


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("Always reply in Traditional Chinese.", Speak(HANT)),
        ("English please", Speak(EN)),
        ("以後請用中文回答我", Speak(HANT)),
        ("今后都用英文跟我说", Speak(EN)),
        ("我用什么语言问，你就用什么语言回答", Speak(None)),
        ("by default show me East", Narrow("east")),
        ("預設看華東區", Narrow("华东区", "region")),
        ("以后只看华东的客户", Narrow("华东", None, sure=False)),
        ("by default show me everything", Narrow("")),
        ("no default region", Narrow("")),
        ("把这个对话忘掉", Forget.CONVERSATION),
        ("忘記我的偏好設定", Forget.PREFERENCES),
        ("forget everything", Forget.EVERYTHING),
        ("what do you remember about me?", Recall()),
        ("你记得我什么", Recall()),
        ("记得以后用英文回答", Speak(EN)),
        ("show me East", None),
        ("forget it", None),
        ("区域是华东的客户", None),
        ("how do I set the default region?", None),
        ("English Tea Company", None),
    ],
)
def test_only_plain_sentences_are_wishes(message: str, wish: Wish | None) -> None:
    assert wish_of(message) == wish


def test_the_earlier_account_stands_where_its_words_stood() -> None:
    assert resumed("還是剛才那個客戶，評分是多少", "Konex") == "Konex，評分是多少"
    assert not means_earlier("之前的客户数")
    assert everywhere("revenue in all regions")
    assert everywhere("全公司的收入")
    assert not everywhere("revenue by region")
