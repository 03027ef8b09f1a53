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


SCORE = ("0.3 × 80", "composite score (K3)")
WHYS = (
    ("what is the score of {}?", "why?", *SCORE),
    ("what is the score of {}?", "how come?", *SCORE),
    ("{}的综合积分是多少", "为什么？", "0.3 × 80", "综合积分法（K3）"),
    ("{}嘅綜合積分係幾多", "點解？", "0.3 × 80", "綜合積分法（K3）"),
    ("who covers {}?", "why him?", "A recorded owner comes first", "two reporting lines"),
    ("who are our key accounts?", "why?", "rounded up", "Top share 20%"),
)


def test_why_accounts_for_the_answer_by_its_inputs_and_rule(demo: Settings, talk: Talk) -> None:
    asked = [(question.format("Merrowick Semiconductor"), why) for question, why, *_ in WHYS]
    said = talk(demo, *(line for pair in asked for line in pair))
    for (*_, steps, rule), first, told in zip(WHYS, said[::2], said[1::2], strict=True):
        assert _tools(told) == _tools(first)
        assert told.text != first.text
        assert steps in told.text
        assert rule in told.text
        assert told.cards[0].table == first.cards[0].table


def test_why_names_what_is_missing(demo: Settings, talk: Talk) -> None:
    first, told = talk(demo, "which accounts should we visit first?", "why?")
    line = first.cards[0].missing[0].render(told.language)
    assert line not in first.text
    assert line.rstrip(".") in told.text


def test_why_of_a_passage_says_whose_words_it_is(demo: Settings, talk: Talk) -> None:
    _, told = talk(demo, "what raises closeness fastest?", "why?")
    assert "nothing is computed" in told.text
    assert told.citations


def test_a_key_account_by_its_letters_is_a_term(demo: Settings, talk: Talk) -> None:
    asked = ("what is a KA?", "KA是什么？", "什麼是KA", "what is a key account?", "大客戶係咩？")
    for reply in talk(demo, *asked):
        [call] = reply.tool_calls
        assert (call.name, call.result.term.id) == ("explain_term", "key-account")


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


def test_one_of_several_is_picked_by_where_it_is_or_what_it_does(
    demo: Settings, talk: Talk
) -> None:
    asked, again, told = talk(demo, "Lihe Precision的综合积分是多少", "昆山那家", "做汽車的那個")
    assert again.question
    assert again.text.splitlines()[1:] == asked.text.splitlines()[1:]
    assert "砺和精密" in told.text
    _, person = talk(demo, "Which accounts does Wang Xiaotong cover?", "the one in Suzhou")
    assert [call.arguments["person"] for call in person.tool_calls] == ["王晓彤"]
    (named,) = talk(demo, "礪和精密跟礪禾精密，我要看做汽車的那家，負責人是誰")
    assert [call.arguments["account"] for call in named.tool_calls] == ["砺和精密机械有限公司"]


def test_what_names_nothing_is_not_what_the_thread_is_about(demo: Settings, talk: Talk) -> None:
    _, unknown, after = talk(
        demo,
        "who covers Merrowick Semiconductor?",
        "what is the score of Zzyzx Mining?",
        "what did we sell them?",
    )
    assert unknown.question
    assert [str(call.arguments["account"])[:9] for call in after.tool_calls] == ["Merrowick"]


def test_why_before_the_question_is_answered_asks_again(demo: Settings, talk: Talk) -> None:
    question, again = talk(demo, "负责人是谁", "为什么是他")
    assert again.text == question.text
    assert not again.tool_calls


def test_a_change_that_is_done_is_not_proposed_again_by_a_question(
    demo: Settings, talk: Talk
) -> None:
    *_, idle, listed = talk(
        demo,
        "call the buyer of Merrowick Semiconductor next tuesday",
        "yes",
        "ok",
        "what's on my list",
    )
    assert "No change waits" in idle.text
    assert listed.pending is None


def test_a_plan_that_is_not_there_is_not_told_from_notes(demo: Settings, talk: Talk) -> None:
    plan, notes = talk(
        demo,
        "what does the Brennhalder plan say about pricing?",
        "what do our notes on Brennhalder say about pricing?",
    )
    assert _tools(plan) == _tools(notes) == ["account_search"]
    assert plan.abstained
    assert plan.text.startswith("No plan of Brennhalder")
    assert not notes.abstained


def test_what_the_sources_leave_open_is_said_by_the_passage_itself(
    demo: Settings, talk: Talk
) -> None:
    ratio, count = talk(demo, "方法论里规定了分利比例吗", "方法裡總部要選幾家戰略客戶")
    assert "资料没有规定" in ratio.text
    assert "資料沒有確定" in count.text


def test_what_nothing_fits_is_said(demo: Settings, talk: Talk) -> None:
    (reply,) = talk(demo, "推荐一家餐厅")
    assert reply.abstained
    assert _tools(reply) == []


CONTACTS = (
    ("who decides at Merrowick?", "contact_map", ""),
    ("what's Helena Ashgrove's email?", "contact", "h.ashgrove@merrowick.example"),
    ("and her phone number?", "contact", "no phone number"),
    ("email of the head of procurement at Merrowick", "contact", "Tobias Krantz"),
    ("谁是褚一帆的上级", "contact", "闻人岚"),
    ("那他的电话呢", "contact", "电话"),
    ("霽海半導體嘅歐陽鈞電話幾多？", "contact", "沒有登記"),
    ("佢個老闆係邊個", "contact", "紀雲天"),
)


def test_one_contact_is_asked_about_and_followed_up(demo: Settings, talk: Talk) -> None:
    replies = talk(demo, *(said for said, *_ in CONTACTS))
    for (said, tool, told), reply in zip(CONTACTS, replies, strict=True):
        assert _tools(reply) == [tool], said
        assert told in reply.text, said
