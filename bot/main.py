"""The composition root: everything is built here, from the settings, when it is asked for."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, closing
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.settings import Settings
from tools.data.database import SessionFactory, Sessions, migrate, open_engine, session_factory

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

    from bot.assistant import Assistant, Observer
    from bot.late import BuiltBeside, LateLibrary
    from kam_knowledge.library import IndexedLibrary
    from tools.feed import FreshLibrary, RecordFeed


def now() -> datetime:
    """This instant, with the local time zone, so that its date is the reader's today."""
    return datetime.now(UTC).astimezone()


def open_records(settings: Settings) -> SessionFactory:
    """The database with its schema brought up to date."""
    engine = open_engine(settings.database)
    migrate(engine)
    return session_factory(engine)


def open_index(settings: Settings, sessions: Sessions) -> "tuple[IndexedLibrary, RecordFeed]":
    """The index of the configured folder, which takes in the documents that people hand in, and
    what carries the records into it."""
    from bot.agent.embeddings import embedding_of
    from kam_knowledge.library import open_library as open_documents
    from tools.data.organisation import unit_id_of
    from tools.documents import FOLDER
    from tools.feed import RecordFeed

    def unit_of(name: str) -> int | None:
        with sessions() as session:
            return unit_id_of(session, name)

    library = open_documents(
        settings.home,
        chroma_url=settings.chroma_url,
        embedding=embedding_of(settings),
        units=unit_of,
    )
    handed_in = settings.home / FOLDER
    handed_in.mkdir(parents=True, exist_ok=True)
    library.folders.add([handed_in])
    return library, RecordFeed(sessions, library.index, settings.home / "index")


def open_library(settings: Settings, sessions: Sessions) -> "LateLibrary":
    """The searchable passages: documents, and what people wrote about accounts.

    The index is opened, and brought up to date, by the first use.
    """
    from bot.late import LateLibrary

    def opened() -> "FreshLibrary":
        from tools.feed import FreshLibrary

        return FreshLibrary(*open_index(settings, sessions))

    return LateLibrary(opened)


def open_served_library(settings: Settings, sessions: Sessions) -> "BuiltBeside":
    """The same for a process that serves many: where much is to be indexed, another process
    does it."""
    from bot.building import Builder
    from bot.late import BuiltBeside

    opened = partial(open_index, settings, sessions)
    return BuiltBeside(settings.home, Builder(settings), opened)


@asynccontextmanager
async def open_assistant(
    settings: Settings,
    clock: Callable[[], datetime] = now,
    observers: "Sequence[Observer]" = (),
    *,
    ahead: bool = False,
    served: bool = False,
) -> AsyncIterator["Assistant"]:
    """The assistant over the configured database, index and model; `clock` tells the time,
    `observers` hear of each turn.

    With `ahead`, what the first question needs is loaded in the background, for processes that
    stay. With `served`, nobody waits for an index that takes minutes to build.
    """
    from bot.agent.build import LanguageModel, build_agent
    from bot.agent.builtin.model import BuiltInModel
    from bot.agent.grounding.middleware import Grounding
    from bot.agent.method_names import method_names
    from bot.agent.models import BUILT_IN, limits_of, provider_model, takes_strict_schemas
    from bot.agent.recorded_names import LexiconProvider
    from bot.ahead import Ahead
    from bot.assistant import Assistant
    from bot.trail import open_trail
    from kam_knowledge.lexicon import load_lexicon
    from tools.catalog import READS, WRITES
    from tools.text import Language

    tools = (*READS, *WRITES)
    with (
        closing(open_records(settings)) as sessions,
        closing((open_served_library if served else open_library)(settings, sessions)) as library,
        open_trail(settings, sessions, clock) as trail,
        ExitStack() as background,
    ):
        lexicon = LexiconProvider(sessions, method_names)
        built_in = BuiltInModel(tools=READS, writes=WRITES, lexicon=lexicon, clock=clock)
        if ahead:
            loading = Ahead(partial(built_in.preselect, "", 0), library.load)
            background.enter_context(closing(loading)).start()
            background.callback(library.stop)
        words = partial(load_lexicon, settings.home / "index")
        language_model = None
        if settings.model != BUILT_IN:
            language_model = LanguageModel(
                provider_model(settings),
                Grounding(lexicon, words),
                limits_of(settings),
                strict=takes_strict_schemas(settings),
            )
        async with open_checkpointer(settings) as checkpointer:
            yield Assistant(
                build_agent(built_in, tools, checkpointer, language_model=language_model),
                sessions,
                library,
                clock,
                trail=trail,
                model=settings.model,
                language=None if settings.language == "auto" else Language(settings.language),
                observers=observers,
            )


@asynccontextmanager
async def open_checkpointer(settings: Settings) -> AsyncIterator["BaseCheckpointSaver[Any]"]:
    """Where conversations are kept: the configured database itself."""
    from sqlalchemy.engine import make_url

    from bot.checkpoints import postgres_conversations, sqlite_conversations

    url = make_url(settings.database)
    if url.get_backend_name() == "postgresql":
        async with postgres_conversations(url) as saver:
            yield saver
        return
    async with sqlite_conversations(url.database or ":memory:") as kept:
        yield kept
