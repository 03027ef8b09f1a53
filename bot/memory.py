"""What the assistant remembers of a person between conversations, and how it is told.

Preferences about oneself are no records of accounts: they are set at once, told in the reply,
and taken back by a sentence that the reply names.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from langchain_core.messages import AIMessage, AnyMessage
from sqlmodel import Session

from bot.agent.default_scope import DefaultScope
from bot.conversations import Conversations, key_of
from bot.memory_words import Forget, Narrow, Recall, Speak, means_earlier, resumed, wish_of
from bot.turn import ToolCall, Turn
from tools import resolve
from tools.changes import pending
from tools.data import memory as kept
from tools.data.memory import Memory
from tools.data.models import Unit
from tools.deps import Deps
from tools.errors import NotFound
from tools.text import Language, Text, text

_NAMES = {
    Language.ENGLISH: text("English", "英文"),
    Language.SIMPLIFIED: text("Simplified Chinese", "简体中文"),
    Language.TRADITIONAL: text("Traditional Chinese", "繁体中文"),
}
_SPEAKS = text(
    "From now on I answer you in {language}, whatever language you write in. To take that back, "
    "say “answer in the language I write in”.",
    "从现在起，无论您用什么语言提问，我都用{language}回答。如要恢复，请说“按我提问的语言回答”。",
)
_SPEAKS_ANY = text(
    "I answer each message in its own language again.", "我会重新按每条消息所用的语言回答。"
)
_NARROWED = text(
    "Where a question names no place, person or account, I now look at {name} only. For everything "
    "say “all regions” in a question; to take this back, say “no default region”.",
    "今后问题里没有指明区域、团队、人员或客户时，我只看“{name}”。想看全部时，请在问题中说“所有区域”；"
    "如要取消，请说“取消默认范围”。",
)
_WIDE = text(
    "No default narrows your questions any more; I look at everything that you may read.",
    "已没有默认范围，我会查看您有权查看的全部数据。",
)
_NO_CONVERSATION = text("Nothing of this conversation was kept.", "本次对话没有保留任何内容。")
_CONVERSATION = text(
    "Forgotten: this conversation, with {count} messages of yours and their answers.",
    "已忘记：本次对话，包括您的 {count} 条消息及其回答。",
)
_PREFERENCES = text("Forgotten: {what}.", "已忘记：{what}。")
_NO_PREFERENCES = text("I kept no preferences of yours.", "我没有保留您的任何偏好。")
_STAYS = text(
    "What stays: {what}the records, the changes proposed or made, and the audit trail.",
    "仍然保留：{what}业务记录、已提出或已执行的修改，以及审计记录。",
)
_AND_PREFERENCES = text("your preferences, ", "您的偏好、")
_AND_CONVERSATIONS = text(
    "your conversations, your reminder settings, ", "您的对话、您的提醒设置、"
)
_AND_OTHERS = text(
    "your other conversations, your reminder settings, ", "您的其他对话、您的提醒设置、"
)
_WAITING = text(
    "Of this conversation {count} proposed changes still wait for your word.",
    "本次对话中仍有 {count} 项修改等待您确认。",
)
_KEPT = text("I keep of you: {what}.", "我记得：{what}。")
_KEPT_NOTHING = text(
    "I keep nothing of you but this conversation.", "除本次对话外，我没有记住任何内容。"
)
_LANGUAGE = text("answers in {language}", "用{language}回答")
_SCOPE = text("{name} as your default scope", "默认范围“{name}”")
_LAST = text("{name} as the account last spoken of", "最近谈到的客户“{name}”")


def scope_in(memory: Memory) -> DefaultScope | None:
    """The default scope that is remembered, if any."""
    if memory.unit:
        return DefaultScope("unit", memory.unit)
    return DefaultScope("region", memory.region) if memory.region else None


def language_in(memory: Memory) -> Language | None:
    """The language that the person asked to be answered in, if any."""
    return Language(memory.language) if memory.language else None


@dataclass(frozen=True)
class Told:
    """What was done about a wish, in sentences and the language for them."""

    text: str
    language: Language


class Remembrance:
    """Fulfils wishes about memory, and follows what a person speaks of."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def told(self, turn: Turn, deps: Deps, memory: Memory) -> Told | None:
        """The answer to a plain wish about memory; None where the message is none."""
        match wish_of(turn.text):
            case Speak(language):
                await asyncio.to_thread(_speak, deps, language)
                said = _SPEAKS_ANY
                if language:
                    said = replace(_SPEAKS, values={"language": _NAMES[language]})
                return _told([said], language or deps.language)
            case Narrow() as wish:
                narrowed = await asyncio.to_thread(_narrow, wish, deps)
                return _told([narrowed], deps.language) if narrowed else None
            case Recall():
                return _told([_recalled(memory)], deps.language)
            case Forget() as what:
                return _told(await self._forgotten(what, turn, deps, memory), deps.language)
            case _:
                return None

    async def resumed(self, turn: Turn, memory: Memory) -> Turn:
        """The turn with the account of an earlier conversation named, where the person speaks
        of it and this conversation has none yet."""
        if not memory.account or not means_earlier(turn.text):
            return turn
        if _speaks_of_account(await self._conversations.messages(turn)):
            return turn
        return replace(turn, text=resumed(turn.text, memory.account))

    async def _forgotten(self, what: Forget, turn: Turn, deps: Deps, memory: Memory) -> list[Text]:
        said: list[Text] = []
        if what is not Forget.PREFERENCES:
            count = await self._conversations.forget(turn)
            said.append(_conversation(count))
            if memory.thread == key_of(turn):
                await asyncio.to_thread(_forget_account, deps)
        if what is not Forget.CONVERSATION:
            await asyncio.to_thread(_forget_preferences, deps)
            said.append(_preferences(memory))
        stays = {
            Forget.CONVERSATION: _AND_PREFERENCES,
            Forget.PREFERENCES: _AND_CONVERSATIONS,
            Forget.EVERYTHING: _AND_OTHERS,
        }
        said.append(replace(_STAYS, values={"what": stays[what]}))
        waiting = len(await asyncio.to_thread(pending, deps))
        return said + ([replace(_WAITING, values={"count": waiting})] if waiting else [])


def follow(deps: Deps, turn: Turn, memory: Memory, calls: Sequence[ToolCall]) -> None:
    """Keeps the account that the turn was about, for "the same account as before"."""
    named = [str(call.arguments["account"]) for call in calls if call.arguments.get("account")]
    if not named or (memory.account, memory.thread) == (named[-1], key_of(turn)):
        return
    with deps.sessions() as session:
        kept.set_account(session, deps.asker.person_id, named[-1], key_of(turn))
        session.commit()


def _told(said: Sequence[Text], language: Language) -> Told:
    return Told("\n".join(line.render(language) for line in said), language)


def _speak(deps: Deps, language: Language | None) -> None:
    with deps.sessions() as session:
        kept.set_language(session, deps.asker.person_id, language.value if language else None)
        session.commit()


def _narrow(wish: Narrow, deps: Deps) -> Text | None:
    """Sets the scope and says so; None where the words may mean something else."""
    with deps.sessions() as session:
        try:
            unit, region = _resolved(session, wish, deps)
        except NotFound:
            if wish.sure:
                raise
            return None
        kept.set_scope(
            session, deps.asker.person_id, unit.id if unit else None, None if unit else region
        )
        session.commit()
    name = unit.name if unit else region
    return replace(_NARROWED, values={"name": name}) if name else _WIDE


def _resolved(session: Session, wish: Narrow, deps: Deps) -> tuple[Unit | None, str | None]:
    """The unit or the region meant; a region where the words leave it open."""
    if not wish.name:
        return None, None
    if wish.kind == "unit":
        return resolve.unit(session, wish.name, deps.asker), None
    try:
        return None, resolve.region(session, wish.name)
    except NotFound:
        return resolve.unit(session, wish.name, deps.asker), None


def _forget_account(deps: Deps) -> None:
    with deps.sessions() as session:
        kept.set_account(session, deps.asker.person_id, None, None)
        session.commit()


def _forget_preferences(deps: Deps) -> None:
    person = deps.asker.person_id
    with deps.sessions() as session:
        kept.set_language(session, person, None)
        kept.set_scope(session, person, None, None)
        kept.set_account(session, person, None, None)
        session.commit()


def _conversation(count: int) -> Text:
    return replace(_CONVERSATION, values={"count": count}) if count else _NO_CONVERSATION


def _preferences(memory: Memory) -> Text:
    held = _listed(memory)
    return replace(_PREFERENCES, values={"what": held}) if held else _NO_PREFERENCES


def _recalled(memory: Memory) -> Text:
    held = _listed(memory)
    return replace(_KEPT, values={"what": held}) if held else _KEPT_NOTHING


def _listed(memory: Memory) -> Text | None:
    """What is remembered, one thing after the other."""
    language, scope = language_in(memory), scope_in(memory)
    held = [
        *([replace(_LANGUAGE, values={"language": _NAMES[language]})] if language else []),
        *([replace(_SCOPE, values={"name": scope.name})] if scope else []),
        *([replace(_LAST, values={"name": memory.account})] if memory.account else []),
    ]
    names = [f"held{n}" for n, _ in enumerate(held)]
    slots = [f"{{{name}}}" for name in names]
    values = dict(zip(names, held, strict=True))
    return Text("; ".join(slots), "；".join(slots), values) if held else None


def _speaks_of_account(messages: Sequence[AnyMessage]) -> bool:
    calls = [c for m in messages if isinstance(m, AIMessage) for c in m.tool_calls]
    return any(call["args"].get("account") for call in calls)
