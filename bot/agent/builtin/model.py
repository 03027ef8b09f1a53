"""The built-in model: a chat model that reads sentences without a language model."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from itertools import takewhile
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ConfigDict

from bot.agent.builtin import sentences
from bot.agent.builtin.answers import told_choice
from bot.agent.builtin.choosing import HELP, METHOD
from bot.agent.builtin.outcomes import Calls, Dropped, Idle, Lost, Outcome, Question, Thanked
from bot.agent.builtin.routes import learned_routes
from bot.agent.builtin.routing import Router
from bot.agent.builtin.thread import (
    EXPLAINS,
    REPLACES,
    Asked,
    Call,
    language_of_turn,
    thread_of,
)
from bot.agent.builtin.understanding import Understanding
from bot.agent.lexicon import Lexicon
from kam_knowledge.scripts import to_traditional
from tools.catalog.spec import Tool
from tools.once import once
from tools.text import Language

_MENDABLE = ("Ambiguous", "NotFound")


class BuiltInModel(BaseChatModel):
    """Chooses tools and fills their arguments from the words alone; keeps no state.

    `tools` answer questions, `writes` propose changes and are chosen only where a sentence asks
    for one. `lexicon` gives the names known now, `clock` the time, `default` the language where a
    message shows none; `allowed` limits the tools to those bound.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    tools: tuple[Tool, ...]
    writes: tuple[Tool, ...] = ()
    lexicon: Callable[[], Lexicon]
    clock: Callable[[], datetime]
    default: Language = Language.ENGLISH
    allowed: tuple[str, ...] | None = None

    @cached_property
    def router(self) -> Router:
        return Router(self.tools, learned_routes())

    @cached_property
    def writer(self) -> Router:
        return Router(self.writes, learned_routes())

    @property
    def _llm_type(self) -> str:
        return "built-in"

    def __repr__(self) -> str:
        """Short: the framework notes the model at each call, and writing out every tool takes
        longer than choosing one."""
        return "BuiltInModel()"

    def bind_tools(self, tools: Sequence[Any], **_kwargs: Any) -> "BuiltInModel":
        """The same model, limited to these tools; how to force a choice has no meaning here."""
        allowed = tuple(_tool_name(tool) for tool in tools)
        bound = self.model_copy(update={"allowed": allowed})
        bound.__dict__ |= {"router": self.router, "writer": self.writer}
        return bound

    def preselect(self, text: str, limit: int) -> list[str]:
        """The names of the tools nearest to the sentence, with search and help always there."""
        understanding = self._understanding()
        ranked = [c.tool.name for c in understanding.nearest(understanding.read(text))]
        always = [name for name in (METHOD, HELP) if name in ranked]
        nearest = [name for name in ranked if name not in always]
        return [*nearest[: max(0, limit - len(always))], *always]

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> ChatResult:
        if messages and isinstance(messages[-1], ToolMessage):
            answer = self._after_tools(messages)
        else:
            answer = self._understood(messages)
        answer.response_metadata["model_name"] = self._llm_type
        return ChatResult(generations=[ChatGeneration(message=answer)])

    def _understanding(self) -> Understanding:
        """One per turn, so that what several ask of a sentence is worked out once."""
        router, lexicon, today = self.router, self.lexicon(), self.clock().date()
        return once(
            ("understanding", router, lexicon, today, self.allowed),
            lambda: Understanding(router, lexicon, today, self.allowed, writer=self.writer),
        )

    def _understood(self, messages: Sequence[BaseMessage]) -> AIMessage:
        thread = thread_of(messages)
        outcome = self._understanding().of(thread)
        return _message(outcome, language_of_turn(messages, self.default))

    def _after_tools(self, messages: Sequence[BaseMessage]) -> AIMessage:
        """Nothing to add where all went well; else the error in its own words, and the
        question with its choices where the user can mend it."""
        results = list(takewhile(lambda m: isinstance(m, ToolMessage), reversed(messages)))
        failed = [
            m for m in reversed(results) if isinstance(m, ToolMessage) and m.status == "error"
        ]
        if not failed:
            return AIMessage(content="")
        errors = [(message, _error(message)) for message in failed]
        said = list(dict.fromkeys(error["message"] for _, error in errors))
        for message, error in errors:
            asked = _asked_after(messages, message, error)
            told = _told(asked, _last_said(messages)) if asked else None
            if asked and told and len(results) == 1:
                call = Call(asked.call.tool, {**asked.call.arguments, asked.slot: told})
                return _message(Calls((call,)), self.default)
            if asked:
                content = sentences.with_choices("\n".join(said), asked.choices)
                return _asking(content, asked, abstained=_knows_nothing(asked, error, results))
        return AIMessage(content="\n".join(said))


def _told(asked: Asked, message: str) -> str | None:
    """The choice that the message tells, by other words than those of the call's other names."""
    others = [str(value) for name, value in asked.call.arguments.items() if name != asked.slot]
    return told_choice(asked.choices, message, others)


def _last_said(messages: Sequence[BaseMessage]) -> str:
    """The newest message of the user."""
    return next(str(m.text) for m in reversed(messages) if isinstance(m, HumanMessage))


def _tool_name(tool: Any) -> str:
    """The name of a tool as frameworks pass them: an object, a function, or a schema."""
    if isinstance(tool, dict):
        return str(tool.get("function", tool)["name"])
    return str(getattr(tool, "name", None) or tool.__name__)


def _message(outcome: Outcome, language: Language) -> AIMessage:
    match outcome:
        case Calls(calls, explains, replaces):
            told = {EXPLAINS: explains, REPLACES: replaces}
            made = [_called(call) for call in calls]
            return AIMessage(content="", tool_calls=made, additional_kwargs=told)
        case Question(asked, named):
            text = sentences.several(named) if named else sentences.which(asked.slot)
            question = text.render(language)
            return _asking(sentences.with_choices(question, asked.choices), asked)
        case Lost(nearest):
            said = sentences.lost(_offers(nearest, language), language)
            return AIMessage(content=said, additional_kwargs={"abstained": True})
        case Thanked():
            return AIMessage(content=sentences.THANKED.render(language))
        case Idle():
            return AIMessage(content=sentences.IDLE.render(language))
        case Dropped():
            return AIMessage(content=sentences.DROPPED.render(language))


def _called(call: Call) -> Any:
    return tool_call(name=call.tool, args=call.arguments, id=f"call_{uuid4().hex[:16]}")


def _knows_nothing(asked: Asked, error: dict[str, Any], results: Sequence[Any]) -> bool:
    """Whether nothing in the records goes by the only name asked about, or nearly so."""
    return error.get("error") == "NotFound" and not asked.choices and len(results) == 1


def _asking(content: str, asked: Asked, *, abstained: bool = False) -> AIMessage:
    entry = {
        "tool": asked.call.tool,
        "args": asked.call.arguments,
        "slot": asked.slot,
        "choices": list(asked.choices),
    }
    told = {"asked": entry} | ({"abstained": True} if abstained else {})
    return AIMessage(content=content, additional_kwargs=told)


def _offers(tools: Sequence[Tool], language: Language) -> list[str]:
    """One example per tool that can be asked as it stands."""
    offers = []
    for tool in tools:
        examples = tool.examples.en if language is Language.ENGLISH else tool.examples.zh
        plain = next((example for example in examples if "{" not in example), None)
        if plain:
            offers.append(to_traditional(plain) if language is Language.TRADITIONAL else plain)
    return offers


def _error(message: ToolMessage) -> dict[str, Any]:
    """The error as the tools report it; a text that is no such report is shown as it is."""
    text = str(message.text)
    try:
        error = json.loads(text)
    except ValueError:
        return {"message": text}
    return error if isinstance(error, dict) and "message" in error else {"message": text}


def _asked_after(
    messages: Sequence[BaseMessage], failed: ToolMessage, error: dict[str, Any]
) -> Asked | None:
    if error.get("error") not in _MENDABLE:
        return None
    calls = [c for m in messages if isinstance(m, AIMessage) for c in m.tool_calls]
    made = next((c for c in reversed(calls) if c["id"] == failed.tool_call_id), None)
    if made is None:
        return None
    call = Call(made["name"], dict(made["args"]))
    slot = error.get("parameter") or _slot_named(call, error["message"])
    return Asked(call, slot, tuple(error.get("choices") or ())) if slot else None


def _slot_named(call: Call, message: str) -> str | None:
    """The parameter whose value the message speaks of."""
    return next((k for k, v in call.arguments.items() if isinstance(v, str) and v in message), None)
