"""The built-in model in whole turns over the demo company."""

from collections.abc import Callable

from bot.settings import Settings
from bot.turn import Reply

Talk = Callable[..., list[Reply]]


def _tools(reply: Reply) -> list[str]:
    return [call.name for call in reply.tool_calls]


def test_a_thread_keeps_its_account_through_follow_ups_and_a_correction(
    demo: Settings, talk: Talk
) -> None:
    replies = talk(
        demo,
        "Who covers Merrowick Semiconductor?",
        "and what is its score?",
        "why?",
        "no, I meant Orvane Rail Systems",
    )
    assert [_tools(reply) for reply in replies] == [
        ["coverage_owner"],
        ["composite_score"],
        ["composite_score"],
        ["composite_score"],
    ]
    assert "Merrowick" in replies[2].text
    assert "Orvane" in replies[3].text


def test_one_sentence_with_two_questions_gets_two_answers(demo: Settings, talk: Talk) -> None:
    (reply,) = talk(demo, "霁川半导体由谁负责，评分多少？")
    assert _tools(reply) == ["coverage_owner", "composite_score"]


def test_an_ambiguous_name_is_asked_about_and_a_number_answers(demo: Settings, talk: Talk) -> None:
    question, answer = talk(demo, "Lihe Precision的综合积分是多少", "2")
    assert question.question
    assert "\n2. " in question.text
    chosen = question.text.split("\n2. ")[1].split("\n")[0]
    assert _tools(answer) == ["composite_score"]
    assert chosen in answer.cards[0].headline.render(answer.language)


def test_two_people_of_one_sound_are_told_apart_by_number(demo: Settings, talk: Talk) -> None:
    question, answer = talk(demo, "Which accounts does Wang Xiaotong cover?", "1")
    assert question.question
    assert ("王晓彤" in question.text, "王筱桐" in question.text) == (True, True)
    assert [call.arguments["person"] for call in answer.tool_calls] == ["王晓彤"]


def test_what_nothing_fits_is_said(demo: Settings, talk: Talk) -> None:
    (reply,) = talk(demo, "推荐一家餐厅")
    assert reply.abstained
    assert _tools(reply) == []
