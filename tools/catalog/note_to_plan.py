"""A meeting note, turned into one change: the contact record and all that follows from it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from tools.access import Scope, scope_of
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data import accounts
from tools.data.models import Account, WalletShare
from tools.data.profile import contacts
from tools.deps import Deps
from tools.domain.names import keys, name_key
from tools.domain.vocabulary import Level
from tools.errors import Ambiguous, BadInput, NotFound
from tools.forms import needed
from tools.labels import listing
from tools.notes import Note, NoteLine, is_order, read_note, settled
from tools.notes.rows import NoteRows
from tools.text import Text, text


def note_to_plan(
    deps: Deps,
    note: str,
    *,
    account: str = "",
    on: date | None = None,
    lines: list[NoteLine] | None = None,
) -> Proposal:
    """Propose everything a meeting note says as one change: contact, people, needs, risks, deals.

    Args:
        note: The note as it was written, whole, e.g. "Met Ms Chen, CTO, they plan a new line".
        account: The customer, e.g. "Merrowick Semiconductor"; found in the note where not said.
        on: The day of the contact; read from the note where not said, else today.
        lines: What the note says, line by line, each with the sentence of the note it comes
            from, word for word; read by rules where not given.

    Source: K3 (needs), K4 (layers), house (how notes are read).
    """
    said = needed(note, text("note", "纪要内容"))
    base = deps.rules.company.base_currency
    with drafting(deps) as draft:
        found = _account(draft, account, said)
        account_id = found.id or 0
        names = [found.name, *accounts.aliases_of(draft.session, account_id)]
        rivals = _rivals(draft.session, account_id)
        known = [c.name for c in contacts(draft.session, account_id, Level.PRIVATE_TOP)]
        read = read_note(said, deps.today, base, rivals=rivals, account_names=names, contacts=known)
        if not read.lines[0].sentence:
            raise BadInput(
                text("The note reports nothing of a customer.", "纪要中没有客户会谈内容。")
            )
        if lines is not None:
            read = _given(lines, read, deps.today)
        rows = NoteRows(draft, found, said, [])
        held = rows.add(read.lines, on)
        return draft.propose(
            text(
                "Note of {day} on {account}",
                "{account} {day} 的纪要",
                day=held,
                account=found.name,
            ),
            remarks=(*rows.remarks, *_remarks(read)),
        )


def _account(draft: Draft, account: str, note: str) -> Account:
    """The account named, or the only one of the asker's whose name is in the note.

    Raises `NotAllowed` where the note names only accounts of others.
    """
    if account:
        return draft.account(account)
    scope = scope_of(draft.session, draft.deps.asker, draft.deps.today)
    named = _named(draft.session, note, scope)
    own = [found for found in named if scope.reads_fully(found.id or 0)]
    if not named:
        raise NotFound(
            text("Which customer is the note about?", "请说明这份纪要是哪个客户的。"),
            parameter="account",
        )
    if len(own) > 1:
        raise Ambiguous(
            text("Which customer is the note about?", "这份纪要是哪个客户的？"),
            "account",
            tuple(found.name for found in own),
        )
    found = (own or named)[0]
    scope.require_full(found.id or 0, found.name)
    return found


def _named(session: Session, note: str, scope: Scope) -> list[Account]:
    """The accounts that the asker may know of whose names are in the note, longest names only."""
    key = name_key(note)
    named = {
        name: number
        for name, number in accounts.names(session).items()
        if (scope.elsewhere >= 1 or scope.reads_fully(number))
        and any(len(k) > 1 and k in key for k in keys([name]))
    }
    ids = {number for name, number in named.items() if not _part_of_another(name, named)}
    return [session.get_one(Account, number) for number in sorted(ids)]


def _part_of_another(name: str, names: Collection[str]) -> bool:
    key = name_key(name)
    return any(key != name_key(other) and key in name_key(other) for other in names)


def _rivals(session: Session, account_id: int) -> list[str]:
    """The other suppliers recorded at the account."""
    query = select(WalletShare.supplier).where(
        WalletShare.account_id == account_id, col(WalletShare.ours).is_(False)
    )
    return sorted(set(session.exec(query)))


def _given(lines: Sequence[NoteLine], read: Note, today: date) -> Note:
    """The lines that were given in place of those read by rules, without any that comes from
    a sentence addressed to the assistant; the record of the contact is always among them."""
    kept = [settled(line, today) for line in lines if not is_order(line.sentence)]
    opening = next((line for line in kept if line.kind == "interaction"), read.lines[0])
    first = replace(opening, text=read.lines[0].text, on=opening.on or read.lines[0].on)
    facts = [line for line in kept if line.kind != "interaction"]
    used = name_key("\n".join(line.sentence for line in kept))
    unused = [said for said in read.clauses if name_key(said) not in used]
    return replace(read, lines=(first, *facts), unused=tuple(unused))


def _remarks(read: Note) -> tuple[Text, ...]:
    """The pieces of the note that nothing was made of."""
    rest = [said for said in read.unused if said not in read.left_out]
    remarks = []
    if rest:
        remarks.append(
            text(
                "Only in the summary: {list}",
                "仅保留在摘要中：{list}",
                list=listing(_quoted(said) for said in rest),
            )
        )
    if read.left_out:
        remarks.append(
            text(
                "Left out, as it is no report of a meeting: {list}",
                "未采用（不是会议内容）：{list}",
                list=listing(_quoted(said) for said in read.left_out),
            )
        )
    return tuple(remarks)


def _quoted(said: str) -> Text:
    return text("“{said}”", "“{said}”", said=said)


EXAMPLES = Examples(
    en=(
        "turn this meeting note into records: {note}",
        "here is my note of the meeting with {account}: {note}",
        "enter my meeting notes for {account}",
        "read this note and propose the updates",
        "take over my visit report of {account}",
        "note of {on}: {note}",
        "add this to {account}: {note}",
        "process my meeting notes for {account}",
        "process the minutes of the meeting with {account}",
    ),
    zh=(
        "把这份会议纪要录入系统：{note}",
        "这是与{account}会面的纪要：{note}",
        "根据纪要更新{account}的资料",
        "读取这份纪要并提出修改建议",
        "把这段记录到{account}：{note}",
        "整理{account}的拜访纪要",
        "整理{account}的拜访记录并录入",
        "{on}的纪要：{note}",
        "把这段会谈内容转成客户记录",
    ),
)
