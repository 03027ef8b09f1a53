"""Files shared with the bot: asked about, fetched after a choice, kept in the library."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.main import open_index
from bot.slack.blocks import files as views
from bot.slack.downloading import is_slacks
from kam_knowledge.library import open_library
from kam_knowledge.readers import read_file
from tests.homes import with_dictionary
from tests.scenario.slack.acting import elements, has, submitted
from tests.scenario.slack.bench import (
    GUEST,
    MANAGER,
    NEWCOMER,
    OPERATIONS,
    OTHER,
    REP,
    UNKNOWN,
    Bench,
)
from tests.scenario.slack.handing import chosen, entries, kept, locked, scan, shared, taught
from tests.scenario.slack.peer import BOT_USER, TEAM
from tools.access import scope_of
from tools.data.models import Person, Unit
from tools.domain.vocabulary import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

GUIDE = "# Couplings\n\nA zephyr coupling is torqued to 40 newton metres before a visit.\n"


@pytest.mark.parametrize(
    ("user", "library", "accounts"),
    [
        (REP, False, True),
        (MANAGER, False, True),
        (NEWCOMER, False, True),
        (OPERATIONS, True, False),
    ],
)
async def test_the_card_offers_what_the_person_may_do(
    bench: Bench, user: str, library: bool, accounts: bool
) -> None:
    file, card = await shared(bench, "guide.md", b"# x", user)
    assert "guide.md" in card.text
    assert (has(card, views.LIBRARY), has(card, views.ACCOUNT)) == (library, accounts)
    assert file["id"] not in bench.slack.downloads
    assert file["id"] not in [call["file"] for call in bench.slack.named("files.info")]


async def test_whose_role_keeps_nothing_is_told(bench: Bench) -> None:
    bench.people["UDIR"] = bench.world.person("Fay Moss", Role.DIRECTOR)
    bench.slack.add_user("UDIR")

    def link(session: Session) -> None:
        session.get_one(Person, bench.people["UDIR"]).slack_user = f"{TEAM}:UDIR"

    bench.write(link)
    _, card = await shared(bench, "guide.md", b"# x", "UDIR")
    assert "your role keeps none" in card.text
    assert card.blocks == []


@pytest.mark.parametrize(
    ("user", "part"), [(UNKNOWN, "do not know you"), (GUEST, "cannot help guests")]
)
async def test_strangers_are_refused(bench: Bench, user: str, part: str) -> None:
    _, card = await shared(bench, "guide.md", b"# x", user)
    assert part in card.text
    assert not list(elements(card.blocks))


async def test_in_a_channel_its_sharer_alone_is_asked(bench: Bench) -> None:
    bench.slack.channels["C7"] = [REP, OTHER, BOT_USER]
    mention = f"<@{BOT_USER}> take this"
    _, card = await shared(bench, "guide.md", b"# x", REP, channel="C7", said=mention)
    assert card.only == REP
    before = len(bench.slack.messages)
    file = bench.slack.add_file("other.md", b"# x", REP)
    quiet = bench.slack.said("", REP, "C7", subtype="file_share", files=[file])
    await bench.slack.deliver(quiet)
    await bench.slack.deliver(bench.slack.event({"type": "file_shared", "file_id": file["id"]}))
    _, card = await shared(bench, "next.md", b"# x", REP)
    assert bench.slack.messages[before:] == [card]


async def test_each_file_is_asked_about_once(bench: Bench) -> None:
    two = [bench.slack.add_file(f"part {n}.md", b"# x", REP) for n in (1, 2)]
    body = bench.slack.said("", REP, subtype="file_share", files=two)
    await asyncio.gather(*(bench.slack.deliver(body, retry=n) for n in range(3)))
    root = body["event"]["ts"]
    await bench.slack.until(lambda: len(bench.slack.thread("D1", root)) == 2)
    _, _ = await shared(bench, "last.md", b"# x", REP)
    assert len(bench.slack.thread("D1", root)) == 2


async def test_a_document_is_kept_with_its_level_and_unit(bench: Bench) -> None:
    east = str(bench.one(select(Unit).where(Unit.name == "East")).id)
    told = await taught(bench, "Torque guide.md", GUIDE.encode(), level="3", unit=east)
    assert "Torque guide.md" in told
    assert "East" in told
    path = kept(bench)["Torque guide"]
    assert path.read_text("utf-8") == GUIDE
    document = read_file(path)
    assert (document.level, document.unit, document.title) == (3, "East", "Torque guide")
    entry = entries(bench, "document kept")[-1]
    assert entry.actor == "Emre Aydin"
    assert entry.subject == f"file:{path.stem}"
    assert entry.detail == {"level": 3, "unit": "East"}


async def test_the_next_search_finds_it_for_those_it_is_for(
    bench: Bench, index_folder: Path, tmp_path: Path
) -> None:
    words = "A quillback gasket is replaced each second year by the vendor of the pump."
    south = str(bench.world.unit("South"))
    await taught(bench, "Gaskets.md", f"# Gaskets\n\n{words}\n".encode(), unit=south)
    home = bench.settings.home
    with_dictionary(home / "index", index_folder)
    opened, _ = open_index(bench.settings, bench.sessions)
    opened.index.close()
    assert (home / "documents").resolve() in opened.folders.added
    # Without the methodology, which takes long to index and is tested elsewhere.
    library = open_library(home, library=tmp_path, units=opened.folders.units)
    with closing(library.index):
        found = {}
        for user in (REP, OPERATIONS):
            deps = bench.deps(user)
            with deps.sessions() as session:
                readable = scope_of(session, deps.asker, deps.today).readable()
            finding = library.search("quillback gasket", readable, language="en")
            found[user] = [hit.passage.text for hit in finding.hits]
    assert words in found[OPERATIONS]
    assert words not in found[REP]


async def test_the_same_file_is_kept_once(bench: Bench) -> None:
    content = b"# Twice\n\nThe same words under two names.\n"
    assert "knowledge library" in await taught(bench, "one.md", content, level="4")
    told = await taught(bench, "another.md", content, level="1")
    assert "has another.md already" in told
    assert read_file(kept(bench)["one"]).level == 4
    assert "another" not in kept(bench)


async def test_a_submission_counts_once(bench: Bench) -> None:
    _, card = await shared(bench, "once.md", b"# Once\n\nOnly once.\n", OPERATIONS)
    modal = await chosen(bench, card, views.LIBRARY, OPERATIONS)
    before = len(entries(bench, "document kept"))
    body = submitted(modal, OPERATIONS, {"level": "1", "unit": "all"})
    await bench.sent(asyncio.gather(*(bench.slack.click(body) for _ in range(3))))
    assert len(entries(bench, "document kept")) == before + 1


@pytest.mark.parametrize(
    ("own", "refused"),
    [("level: 1", True), ("unit: East", True), ("id: account-plan", True), ("level: 4", False)],
)
async def test_a_file_does_not_decide_who_reads_it(bench: Bench, own: str, refused: bool) -> None:
    content = f"---\n{own}\n---\n# Secret\n\nPrices of {own}.\n".encode()
    told = await taught(bench, f"{own.replace(': ', '-')}.md", content, level="4")
    assert ("set its own level" in told) == refused
    assert (own.replace(": ", "-") in kept(bench)) != refused


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("scan.pdf", scan, "it is a scan"),
        ("locked.pdf", locked, "protected by a password"),
        ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        ("broken.pdf", lambda: b"%PDF-1.7 and then nothing", "broken"),
        ("program.exe", lambda: b"MZ", "not known"),
        ("report.doc", lambda: b"\xd0\xcf", "Save it as .docx"),
        ("empty.md", lambda: b"  \n", "no text in it"),
        ("noise.txt", lambda: bytes(range(256)) * 9, "cannot be taken in"),
    ],
)
async def test_what_cannot_be_read_is_said_in_words(
    bench: Bench, name: str, content: Any, part: str
) -> None:
    told = await taught(bench, name, content())
    assert part in told
    assert name in told
    assert str(bench.settings.home) not in told
    assert "/tmp" not in told
    assert Path(name).stem not in kept(bench)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"size": 21_000_000}, "larger than 20 MB"),
        ({"mode": "tombstone"}, "not there any more"),
        ({"mode": "external", "is_external": True}, "outside Slack"),
        ({"url_private_download": "https://evil.example/x.md"}, "outside Slack"),
        ({"url_private_download": "http://127.0.0.1:1/x.md"}, "outside Slack"),
    ],
)
async def test_what_cannot_be_had_is_said_in_words(
    bench: Bench, more: dict[str, Any], part: str
) -> None:
    before = len(bench.slack.downloads)
    assert part in await taught(bench, "x.md", b"# x", **more)
    assert len(bench.slack.downloads) == before


async def test_a_file_larger_than_slack_said_is_cut_off(bench: Bench) -> None:
    content = b"# Large\n" + b"many words " * 2_000_000
    assert "larger than 20 MB" in await taught(bench, "x.md", content, size=100)


async def test_a_page_to_sign_in_is_no_document(bench: Bench) -> None:
    file, card = await shared(bench, "x.md", b"# x", OPERATIONS)
    bench.slack.withheld.add(file["id"])
    modal = await chosen(bench, card, views.LIBRARY, OPERATIONS)
    told = await bench.sent(bench.submit(modal, OPERATIONS, level="1", unit="all"))
    assert "files:read" in told.text


async def test_a_deleted_file_is_gone(bench: Bench) -> None:
    file, card = await shared(bench, "x.md", b"# x", OPERATIONS)
    modal = await chosen(bench, card, views.LIBRARY, OPERATIONS)
    del bench.slack.files[file["id"]]
    told = await bench.sent(bench.submit(modal, OPERATIONS, level="1", unit="all"))
    assert "not there any more" in told.text


async def test_only_sales_operations_teach_the_library(bench: Bench) -> None:
    """Not even with the button and the modal of somebody who may."""
    _, card = await shared(bench, "x.md", b"# mine\n\nMy own rules.\n", OPERATIONS)
    modal = await chosen(bench, card, views.LIBRARY, OPERATIONS)
    told = await bench.whispered(bench.press(card, views.LIBRARY, REP))
    assert "Only sales operations" in told["text"]
    answer = await bench.submit(modal, REP, level="1", unit="all")
    assert answer is not None
    assert "Only sales operations" in str(answer)
    assert "x" not in kept(bench)


async def test_the_token_goes_to_slack_alone() -> None:
    api = "https://slack.com/api/"
    assert is_slacks("https://files.slack.com/files-pri/T1-F1/download/x.md", api)
    assert is_slacks("https://acme.slack.com/files/x", api)
    for url in (
        "http://files.slack.com/x",
        "https://slack.com.evil.example/x",
        "https://evilslack.com/x",
        "https://files.slack.com:8443/x",
        "https://user@files.slack.com/x",
        "https://evil.example/?u=slack.com",
        "file:///etc/passwd",
        "",
    ):
        assert not is_slacks(url, api), url
    peer = "http://127.0.0.1:8000/api/"
    assert is_slacks("http://127.0.0.1:8000/files/x", peer)
    assert not is_slacks("http://127.0.0.1:8001/files/x", peer)
    assert not is_slacks("https://files.slack.com/x", peer)
