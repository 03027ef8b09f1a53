"""The modal that asks what was wrong with an answer."""

from bot.slack.blocks import inputs
from bot.slack.blocks.elements import Json
from tools.text import Language, show, text

GIVEN = "kam_feedback_given"
"""The modal."""
REASON, WORDS = "reason", "words"

REASONS = {
    "wrong_figure": text("A figure is wrong", "数字不对"),
    "wrong_account": text("It is about another account or person", "客户或人员不对"),
    "misunderstood": text("My question was not understood", "没有理解我的问题"),
    "missing": text("Something is missing", "内容不全"),
    "no_answer": text("It should have had an answer", "应当能回答"),
    "language": text("The wording or language is bad", "表述或语言不好"),
    "other": text("Something else", "其他"),
}
_TITLE = text("What was wrong?", "哪里不好？")
_WHY, _MORE = text("Reason", "原因"), text("In your words", "补充说明")
_SEND, _SKIP = text("Send", "提交"), text("Skip", "跳过")


def reason_view(language: Language, metadata: str) -> Json:
    choices = [(key, show(said, language)) for key, said in REASONS.items()]
    words = inputs.text_input(long=True, most=1_000)
    return inputs.modal(
        GIVEN,
        show(_TITLE, language),
        [
            inputs.field(REASON, show(_WHY, language), inputs.select(choices)),
            inputs.field(WORDS, show(_MORE, language), words, optional=True),
        ],
        close=show(_SKIP, language),
        submit=show(_SEND, language),
        metadata=metadata,
    )
