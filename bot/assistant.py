"""Turn in, reply out: the one path that every surface takes."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from bot.agent.build import Agent
from bot.agent.builtin.language import language_of_thread
from bot.agent.builtin.thread import EXPLAINS, MARK, REPLACES, asked_in
from bot.agent.context import TurnContext
from bot.agent.failures import describe, failure_text
from bot.agent.grounding.answers import Answer
from bot.agent.grounding.middleware import NOTHING_STANDS, in_order
from bot.agent.grounding.sentences import pieces_of
from bot.agent.models import BUILT_IN
from bot.agent.provider.preselection import FIND_TOOLS
from bot.confirmation import Word, answer_of
from bot.conversations import Conversations, config_of
from bot.decisions import decided, plain_pending, superseded
from bot.explaining import explained
from bot.memory import Remembrance, follow, language_in, scope_in
from bot.memory_words import everywhere
from bot.references import new_reference, turn_reference
from bot.trail import TurnTrail
from bot.turn import LONGEST, Reply, ToolCall, Turn, check_length
from kam_knowledge.search import Library
from tools.access import require_known
from tools.cards import Card, Quote
from tools.changes import Proposal, pending
from tools.data.database import Sessions
from tools.data.memory import Memory, memory_of
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.domain.rules import RuleSet
from tools.errors import KamError
from tools.once import fresh, kept
from tools.text import Language, text

log = logging.getLogger(__name__)

_STEPPED_IN = text(
    "(The language model did not answer; the built-in model did.)",
    "（语言模型没有应答，由内置模型回答。）",
)

Steps = Callable[[str, dict[str, Any]], None]
Words = Callable[[str], None]
Observer = Callable[[Turn, Reply, float], None]


class Assistant:
    """Answers turns. One instance serves every thread and person of a process."""

    def __init__(
        self,
        agent: Agent,
        sessions: Sessions,
        library: Library,
        clock: Callable[[], datetime],
        *,
        trail: TurnTrail,
        model: str,
        language: Language | None = None,
        observers: Sequence[Observer] = (),
    ) -> None:
        """`observers` hear of each turn, its reply and the seconds it took. The trail takes
        what surfaces show without a turn, too; the library is theirs as well."""
        self._agent = agent
        self._sessions = sessions
        self.library = library
        self._clock = clock
        self.trail = trail
        self._model = model
        self._language = language
        self._observers = observers
        self._conversations = Conversations(agent)
        self._remembrance = Remembrance(self._conversations)

    async def answer(
        self, turn: Turn, on_step: Steps | None = None, on_text: Words | None = None
    ) -> Reply:
        """The reply to a turn; never raises, a failure is told with a reference.

        `on_step` hears of each tool call before it runs, `on_text` each sentence of a language
        model once its whole answer is checked: what was said is never taken back, and together it
        is the reply's text. Headlines, questions and failures come with the reply alone. Nothing
        is said before the turn is in the audit trail.
        """
        said: list[str] = []
        began = time.perf_counter()
        with turn_reference(), kept():
            async with self._conversations.alone(turn):
                reply = await self.trail.kept(turn, await self._answered(turn, on_step, said))
            self._observed(turn, reply, time.perf_counter() - began)
        if on_text is not None and reply.failure is None:
            for sentence in said:
                on_text(sentence)
        return reply

    def _observed(self, turn: Turn, reply: Reply, seconds: float) -> None:
        """Tells the observers; one that fails costs nobody their answer."""
        for observer in self._observers:
            try:
                observer(turn, reply, seconds)
            except Exception:
                log.exception("an observer of turns failed")

    async def _answered(self, turn: Turn, on_step: Steps | None, said: list[str]) -> Reply:
        language = self._language or language_of_thread([turn.text[:LONGEST]], Language.ENGLISH)
        try:
            check_length(turn.text)
            memory, rules = await asyncio.to_thread(self._known, turn)
            language = (
                language_in(memory) or self._language or await self._conversations.language(turn)
            )
            deps = self._deps(turn, rules, language)
            reply = await self._decided(turn, deps)
            reply = reply or await self._wished(turn, deps, memory)
            reply = reply or await self._run(turn, deps, memory, on_step, said)
            return await asyncio.to_thread(_ended, deps, turn, memory, reply)
        except KamError as error:
            return self._plain(str(describe(error, language)["message"]), language)
        except Exception:
            reference = new_reference()
            log.exception("turn in %s failed, reference %s", turn.thread, reference)
            return self._plain(failure_text(reference, language), language, reference)

    def _known(self, turn: Turn) -> tuple[Memory, RuleSet]:
        """What is remembered of the person, and the rules in force."""
        require_known(turn.asker)
        with self._sessions() as session:
            return memory_of(session, turn.asker.person_id), current_rules(session)

    def _deps(self, turn: Turn, rules: RuleSet, language: Language) -> Deps:
        return Deps(
            self._sessions,
            self._clock,
            rules,
            turn.asker,
            language,
            self.library,
            surface=turn.place,
            thread=turn.thread,
        )

    async def _decided(self, turn: Turn, deps: Deps) -> Reply | None:
        """The reply to a plain word about a proposed change, which no model hears of."""
        answer = answer_of(turn.text)
        if answer is None or (answer.word is Word.NO and await self._asks(turn)):
            return None
        with fresh():
            done = await asyncio.to_thread(decided, answer, deps)
        if done is None:
            return None
        reply = Reply(
            *(done.text, done.cards, (), (), deps.language, self._model),
            question=done.question,
            changes=done.changes,
        )
        await self._remember(turn, reply)
        return reply

    async def _asks(self, turn: Turn) -> bool:
        """Whether the thread ends with a question of the model's, which a plain no answers."""
        said = await self._conversations.messages(turn)
        return bool(said) and isinstance(said[-1], AIMessage) and asked_in(said[-1]) is not None

    async def _remember(self, turn: Turn, reply: Reply) -> None:
        """Tells a language model's thread what was decided; the built-in model needs no word."""
        if self._model != BUILT_IN:
            said = {"messages": [HumanMessage(turn.text), AIMessage(reply.text)]}
            await self._agent.aupdate_state(config_of(turn), said, as_node="model")

    async def _wished(self, turn: Turn, deps: Deps, memory: Memory) -> Reply | None:
        """The reply to a plain word about language, default scope or memory."""
        told = await self._remembrance.told(turn, deps, memory)
        return self._plain(told.text, told.language) if told else None

    async def _run(
        self, turn: Turn, deps: Deps, memory: Memory, on_step: Steps | None, said: list[str]
    ) -> Reply:
        """The agent's reply; `said` takes its sentences where they are a language model's."""
        turn = await self._remembrance.resumed(turn, memory)
        context = TurnContext(deps, scope=None if everywhere(turn.text) else scope_in(memory))
        messages: list[AnyMessage] = []
        async for update in self._agent.astream(
            {"messages": [HumanMessage(turn.text, additional_kwargs={MARK: deps.language.value})]},
            config_of(turn),
            context=context,
            stream_mode="updates",
            durability="exit",
        ):
            for message in _messages_of(update):
                messages.append(message)
                _tell(message, on_step)
        reply = self._reply(messages, context)
        if _flagged(messages, REPLACES):
            reply = await asyncio.to_thread(_replacing, deps, reply)
        if context.answer is not None and context.answer.text == reply.text:
            said.extend(pieces_of(reply.text))
        return reply

    def _reply(self, messages: Sequence[AnyMessage], context: TurnContext) -> Reply:
        """Words of a language model leave only as `context.answer`, which is grounded."""
        language = context.deps.language
        runs = in_order(messages, context.runs)
        cards = tuple(run.result.card() for run in runs)
        if _flagged(messages, EXPLAINS):
            cards = tuple(map(explained, cards))
        last = next((m for m in messages[-1:] if isinstance(m, AIMessage)), AIMessage(""))
        headlines = "\n".join(card.headline.render(language) for card in cards)
        flags = last.additional_kwargs
        model = str(last.response_metadata.get("model_name") or self._model)
        built_in = model == BUILT_IN
        answer = (None if built_in else context.answer) or Answer("")
        said = _joined(headlines, last.text.strip()) if built_in else answer.text or headlines
        stepped_in = model == BUILT_IN != self._model
        silent = not built_in and not said
        said = NOTHING_STANDS.render(language) if silent else said
        return Reply(
            text=_joined(
                said,
                _STEPPED_IN.render(language) if stepped_in else "",
                context.scope.note().render(language) if context.scope and context.narrowed else "",
            ),
            cards=cards,
            tool_calls=tuple(ToolCall(r.name, r.arguments, r.result) for r in runs),
            citations=answer.citations if answer.text else _quotes(cards),
            language=language,
            model=model,
            abstained=silent
            or bool(flags.get("abstained"))
            or (bool(runs) and all(getattr(r.result, "abstained", False) for r in runs)),
            question=bool(flags.get("asked")),
            dropped=answer.dropped,
        )

    def _plain(self, message: str, language: Language, failure: str | None = None) -> Reply:
        return Reply(message, (), (), (), language, self._model, failure=failure)


def _ended(deps: Deps, turn: Turn, memory: Memory, reply: Reply) -> Reply:
    """The reply with the changes that wait in the thread; what it was about is remembered."""
    follow(deps, turn, memory, reply.tool_calls)
    return replace(reply, pending=plain_pending(pending(deps), deps.language))


def _flagged(messages: Sequence[AnyMessage], name: str) -> bool:
    """Whether the built-in model said this of the calls that it made."""
    return any(isinstance(m, AIMessage) and m.additional_kwargs.get(name) for m in messages)


def _replacing(deps: Deps, reply: Reply) -> Reply:
    """The reply, its proposals in the place of the one that was made last before them."""
    made = [call.result for call in reply.tool_calls if isinstance(call.result, Proposal)]
    return replace(reply, replaced=superseded(deps, made)) if made else reply


def _messages_of(update: dict[str, Any]) -> list[AnyMessage]:
    """The messages that one step of the graph added."""
    return [
        message
        for step in update.values()
        if isinstance(step, dict)
        for message in step.get("messages", ())
        if isinstance(message, AIMessage | ToolMessage)
    ]


def _tell(message: AnyMessage, on_step: Steps | None) -> None:
    if on_step is not None and isinstance(message, AIMessage):
        for call in message.tool_calls:
            if call["name"] != FIND_TOOLS:
                on_step(call["name"], call["args"])


def _quotes(cards: Sequence[Card]) -> tuple[Quote, ...]:
    return tuple(quote for card in cards for quote in card.quotes)


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
