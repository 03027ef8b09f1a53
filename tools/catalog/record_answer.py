"""An answer to a question of the customer analysis or of the strategic assessment."""

from kam_knowledge.checklists import checklists
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Answer
from tools.deps import Deps
from tools.domain.names import name_key
from tools.forms import needed, pick, provenance
from tools.known import ANALYSIS, SELECTION
from tools.strategic_labels import QUESTIONS
from tools.text import Language, Text, text


def record_answer(
    deps: Deps, account: str, question: str, answer: str, *, source: str = ""
) -> Proposal:
    """Propose an answer to a question of the customer analysis or strategic assessment.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        question: The question, in its words, e.g. "how does a purchase run".
        answer: What is known, e.g. "a committee decides above 1 million".
        source: Where this is known from, e.g. "talk with the purchasing manager".

    Source: K2 (customer analysis), K5 (strategic assessment).
    """
    words = needed(answer, text("answer", "答案"))
    asked = needed(question, text("question", "问题"))
    known = [(ANALYSIS, i.key, text(i.en, i.zh)) for i in checklists()[ANALYSIS].items]
    known += [(SELECTION, key.value, label) for key, label in QUESTIONS.items()]
    topic, key, label = pick(known, asked, lambda entry: _spoken(entry[2], asked), "question")
    with drafting(deps) as draft:
        found = draft.account(account)
        row = Answer(
            account_id=found.id or 0,
            topic=topic,
            question=key,
            answer=words,
            **provenance(deps, source),
        )
        draft.put(row, ("account_id", "topic", "question", "as_of"), assumed=("level",))
        return draft.propose(
            text(
                "Answer for {account}: {question}",
                "{account}的答案：{question}",
                account=found.name,
                question=label,
            )
        )


def _spoken(label: Text, said: str) -> str:
    """The question in the language, and script, in which it is asked."""
    chinese = not name_key(said).isascii()
    return label.render(Language.SIMPLIFIED if chinese else Language.ENGLISH)


EXAMPLES = Examples(
    en=(
        "record an answer of the customer analysis of {account}",
        "answer the question {question} for {account}",
        "enter what we know about the market of {account}",
        "note the purchasing procedure of {account} in the analysis",
        "fill in the strategic assessment of {account}",
        "record how a purchase runs at {account}",
    ),
    zh=(
        "登记{account}客户分析的答案",
        "回答{account}的分析问题{question}",
        "录入{account}的市场分析",
        "把{account}的采购流程填入客户分析",
        "填写{account}的战略客户评估",
        "补充{account}客户分析的内容",
    ),
)
