"""What the built-in model says itself: questions, and that it does not understand."""

from collections.abc import Mapping, Sequence

from tools.text import Language, Text, text

_WHICH: Mapping[str, Text] = {
    "account": text("Which account do you mean?", "请问是哪个客户？"),
    "accounts": text("Which accounts do you mean?", "请问是哪些客户？"),
    "person": text("Whom do you mean?", "请问是哪位同事？"),
    "unit": text("Which team do you mean?", "请问是哪个部门？"),
    "region": text("Which region do you mean?", "请问是哪个区域？"),
    "segment": text("Which segment do you mean?", "请问是哪个行业？"),
    "product": text("Which product do you mean?", "请问是哪个产品？"),
    "checklist": text("Which checklist do you mean?", "请问是哪一份检查表？"),
    "term": text("Which term shall I explain?", "请问要解释哪个术语？"),
    "since": text("From which day on?", "请问从哪一天开始？"),
    "until": text("Until which day?", "请问到哪一天为止？"),
    "on": text("On which day?", "请问是哪一天？"),
    "summary": text("What was said, in a sentence or two?", "请用一两句话说说谈了什么？"),
    "description": text("How would you describe it?", "请简单描述一下？"),
    "note": text("Please paste the note.", "请把纪要内容粘贴过来。"),
    "shares": text(
        "Who gets what share, for example Anna Lee 60 %, Ben Cole 40 %?",
        "请问各人的比例是多少，例如张三 60%、李四 40%？",
    ),
    "verdict": text(
        "What is your verdict: agree, revise or disagree?", "您的意见是同意、需要修改还是不同意？"
    ),
    "comment": text("What would you like to say about it?", "请写下您的意见？"),
    "trait": text(
        "Which trait do you mean: buying, price sensitivity or payment?",
        "请问是采购方式、价格敏感度还是付款？",
    ),
    "level": text("Which level, from 1 to 4?", "请问是第几级（1 到 4）？"),
    "answer": text("What is the answer?", "请问答案是什么？"),
    "currency": text("Which currency do you mean?", "请问是哪种货币？"),
    "rate": text("What is one unit of it worth?", "请问一个单位折合多少？"),
    "activity": text("Which activity do you mean?", "请问是哪项活动？"),
    "alias": text("What is the other name?", "请问别名是什么？"),
    "name": text("What is the name?", "请问叫什么名字？"),
    "contact": text("Which contact do you mean?", "请问是哪位联系人？"),
    "item": text("Which item do you mean?", "请问是哪一项？"),
    "section": text("Which section do you mean?", "请问是哪一章节？"),
    "body": text("What shall the new text be?", "请问新的正文是什么？"),
    "supplier": text("Which supplier do you mean?", "请问是哪家供应商？"),
    "successor": text("Who takes over?", "请问由谁接手？"),
    "year": text("For which year?", "请问是哪一年？"),
    "amount": text("How much is it?", "请问金额是多少？"),
    "points": text("How many points, from 0 to 100?", "请问打多少分（0 到 100）？"),
    "value": text("What shall the value be?", "请问数值是多少？"),
    "path": text(
        "Which rule do you mean, for example score.top_share?",
        "请问是哪条规则，例如 score.top_share？",
    ),
    "kind": text(
        "What kind of risk is it: financial, compliance, industry, relationship, competitor, "
        "delivery or contract?",
        "请问是哪类风险：财务、合规、行业风险、关系、竞争、交付还是合同？",
    ),
    "factor": text(
        "Which factor do you mean: potential, demonstration or ability?",
        "请问是哪个因素：潜力、示范作用还是能赢能做？",
    ),
    "dimension": text(
        "What was evaluated: importance, needs, relationship, satisfaction, fulfilment, "
        "technical fit, or the criterion revenue, loyalty, synergy or risk?",
        "请问评估的是什么：重要性、需求、关系、满意度、履约、技术匹配，"
        "还是营收贡献、忠诚、战略协同或风险可控？",
    ),
    "measure": text(
        "Which figure do you mean: our revenue, cost of goods, a cost of sales, presales, "
        "delivery or service, rebates, receivables financing, company revenue, company profit "
        "or addressable spend?",
        "请问是哪项数据：我方收入、销货成本、销售费用、售前费用、交付费用、服务费用、返利、"
        "应收账款融资、客户营业收入、客户利润还是可触达支出？",
    ),
}
_OTHER = text("What shall I use for “{slot}”?", "请问“{slot}”填什么？")
THANKED = text("You are welcome.", "不客气，随时可以再问我。")
IDLE = text("All right. No change waits for your word here.", "好的。这里没有等待您确认的修改。")
DROPPED = text("All right, I leave it at that.", "好的，先不查了。")
_LOST = text(
    "I could not match this to anything I can look up. You could ask, for instance:",
    "我没有能回答这个问题的记录或文档。您可以这样问，例如：",
)


def which(slot: str) -> Text:
    """The question for a missing argument."""
    return _WHICH.get(slot) or text(_OTHER.en, _OTHER.zh, slot=slot.replace("_", " "))


def several(name: str) -> Text:
    """The question where a name fits several."""
    return text(
        "Several go by “{name}”. Which one do you mean?",
        "“{name}”对应多个，您指的是哪一个？",
        name=name,
    )


def with_choices(question: str, choices: Sequence[str]) -> str:
    """A question with its numbered choices, one a line."""
    return "\n".join([question, *(f"{n}. {choice}" for n, choice in enumerate(choices, 1))])


def lost(examples: Sequence[str], language: Language) -> str:
    """That nothing fits, with the nearest things that can be asked."""
    return "\n".join([_LOST.render(language), *(f"- {example}" for example in examples)])
