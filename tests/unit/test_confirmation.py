"""Which messages decide about a proposed change, and which do not."""

import pytest

from bot.confirmation import Answer, Word, answer_of


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("yes", Answer(Word.YES)),
        ("Yes!", Answer(Word.YES)),
        (" OK. ", Answer(Word.YES)),
        ("确认", Answer(Word.YES)),
        ("確認", Answer(Word.YES)),
        ("好的。", Answer(Word.YES)),
        ("是", Answer(Word.YES)),
        ("no", Answer(Word.NO)),
        ("Cancel", Answer(Word.NO)),
        ("取消", Answer(Word.NO)),
        ("don’t", Answer(Word.NO)),
        ("不要了", Answer(Word.NO)),
        ("那就算了吧", Answer(Word.NO)),
        ("还是不改了", Answer(Word.NO)),
        ("唔要喇", Answer(Word.NO)),
        ("都係唔使喇，唔該", Answer(Word.NO)),
        ("never mind", Answer(Word.NO)),
        ("oh, forget about it", Answer(Word.NO)),
        ("actually no", Answer(Word.NO)),
        ("那就确认吧", Answer(Word.YES)),
        ("ok, do it please", Answer(Word.YES)),
        ("undo", Answer(Word.UNDO)),
        ("撤销", Answer(Word.UNDO)),
        ("撤銷", Answer(Word.UNDO)),
        ("confirm 12", Answer(Word.YES, change=12)),
        ("确认 #12", Answer(Word.YES, change=12)),
        ("取消第3号", Answer(Word.NO, change=3)),
        ("confirm all", Answer(Word.YES, all=True)),
        ("all", Answer(Word.YES, all=True)),
        ("全部取消", Answer(Word.NO, all=True)),
        ("remove line 2", Answer(Word.REMOVE, line=2)),
        ("Leave out the line 3.", Answer(Word.REMOVE, line=3)),
        ("drop line 1 of change 12", Answer(Word.REMOVE, change=12, line=1)),
        ("删除第2行", Answer(Word.REMOVE, line=2)),
        ("去掉第 3 條", Answer(Word.REMOVE, line=3)),
        ("删除修改 12 的第 2 行", Answer(Word.REMOVE, change=12, line=2)),
    ],
)
def test_a_plain_word_decides(message: str, answer: Answer) -> None:
    assert answer_of(message) == answer


@pytest.mark.parametrize(
    "message",
    [
        "",
        "2",
        "no 2",
        "好了",
        "不要了，改成里昂",
        "对了",
        "我是",
        "那就好",
        "ok then",
        "yes but make it 40",
        "yes, confirm that Acme is a key account?",
        "confirm the owner of Acme",
        "好的客户有哪些",
        "取消了哪些商机",
        "is it ok",
        "what can you undo",
        "all accounts",
        "remove the risk on line 2 of the plan",
        "删除第二条风险",
        "yes" + " " * 7_000 + "please",
        "confirm " + "1" * 7_000,
    ],
)
def test_anything_else_decides_nothing(message: str) -> None:
    assert answer_of(message) is None
