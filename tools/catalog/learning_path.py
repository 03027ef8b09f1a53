"""The learning path of the one who asks: what is done, what comes next, and its questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kam_knowledge.lessons import Lesson, Question, lessons, title_of
from kam_knowledge.practice import Phrase
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import learning as data
from tools.deps import Deps
from tools.domain.learning import READY, Progress, Taken, progress
from tools.labels import listing
from tools.learning import learner, meant, path, phrase
from tools.text import Percent, Text, Value, text


@dataclass(frozen=True)
class LearningPath:
    """A person's lessons; `shown` is the one to take now, None where all are done."""

    taken: Mapping[str, Taken]
    progress: Progress
    shown: Lesson | None

    def card(self) -> Card:
        rows = tuple(self._rows())
        return Card(
            title=text("Learning path", "学习路径"),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)),
            why=(
                text(
                    "Readiness: lessons finished ({finished} of {lessons}) and right answers "
                    "({right} of {questions}) count equally; ready from {limit}.",
                    "准备度：完成的课程（{finished} / {lessons}）和答对的题"
                    "（{right} / {questions}）各占一半，{limit} 起为已准备好。",
                    finished=self.progress.finished,
                    lessons=self.progress.lessons,
                    right=self.progress.right,
                    questions=self.progress.questions,
                    limit=Percent(READY),
                ),
            ),
            basis=(text("Learning path and level: house.", "路径与界线：内部规则。"),),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        if self.shown is None:
            return text(
                "All {lessons} lessons are finished; your readiness is {share}.",
                "{lessons} 节课已全部完成，准备度 {share}。",
                lessons=self.progress.lessons,
                share=Percent(self.progress.readiness),
            )
        return text(
            "Lesson {number} of {lessons}: {name}. Your readiness is {share}.",
            "第 {number} 课（共 {lessons} 课）：{name}。您的准备度为 {share}。",
            number=_number(self.shown),
            lessons=self.progress.lessons,
            name=phrase(self.shown.name),
            share=Percent(self.progress.readiness),
        )

    def _facts(self) -> Iterator[Fact]:
        if self.shown is None:
            return
        yield Fact(text("To do", "任务"), phrase(self.shown.do))
        yield Fact(text("To read", "阅读"), listing(map(_title, self.shown.read)))
        for number, question in enumerate(self.shown.questions, 1):
            label = text("Question {number}", "第 {number} 题", number=number)
            yield Fact(label, _asked(question))

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        for lesson in lessons():
            known = self.taken.get(lesson.key, Taken(None, None))
            yield (
                _number(lesson),
                phrase(lesson.name),
                lesson.week,
                known.finished_on,
                None if known.points is None else f"{known.points}/{len(lesson.questions)}",
            )

    def _next(self) -> Iterator[Text]:
        if self.shown is not None:
            yield text(
                "When you are done, say “finish lesson {number} with answers 1a 2b 3c 4a”, "
                "with your own letters.",
                "学完后回复“完成第 {number} 课，答案 1a 2b 3c 4a”，换成您自己的选择。",
                number=_number(self.shown),
            )


_COLUMNS = (
    Column(text("No.", "序号"), "right"),
    Column(text("Lesson", "课程")),
    Column(text("Week", "周"), "right"),
    Column(text("Finished", "完成日期")),
    Column(text("Right answers", "答对"), "right"),
)


def learning_path(deps: Deps, lesson: str = "") -> LearningPath:
    """Answers which lesson comes next for the one who asks, what to read, its quiz and progress.

    Args:
        lesson: A lesson by number or name, e.g. "2"; the next one when left out.

    Source: house.
    """
    person = learner(deps)
    with deps.sessions() as session:
        taken = data.taken(session, person)
    open_ones = (
        one for one in lessons() if one.key not in taken or taken[one.key].finished_on is None
    )
    shown = meant(lesson) if lesson else next(open_ones, None)
    return LearningPath(taken, progress(taken, path()), shown)


def _number(lesson: Lesson) -> int:
    return lessons().index(lesson) + 1


def _title(document: str) -> Text:
    en, zh = (title_of(document, language) for language in ("en", "zh"))
    return phrase(Phrase(en, f"《{zh}》"))


def _asked(question: Question) -> Text:
    lettered = zip(question.letters, question.choices, strict=True)
    choices = [text("({letter}) {choice}", "（{letter}）{choice}", letter=letter,
                    choice=phrase(choice)) for letter, choice in lettered]  # fmt: skip
    return text("{ask} {choices}", "{ask}{choices}", ask=phrase(question.ask),
                choices=listing(choices))  # fmt: skip


EXAMPLES = Examples(
    en=(
        "what is my next lesson",
        "show me my learning path",
        "how far am I with the lessons",
        "quiz me",
        "give me a quiz",
        "show lesson {lesson}",
        "I want to take lesson {lesson}",
        "am I ready for a first account",
        "what should a newcomer like me learn next",
        "start the training",
        "questions of lesson {lesson}",
    ),
    zh=(
        "我的下一课是什么",
        "看看我的学习路径",
        "我的课程学到哪了",
        "考考我",
        "来做个测验",
        "打开第{lesson}课",
        "我要上第{lesson}课",
        "我准备好接第一家客户了吗",
        "新人接下来该学什么课",
        "开始培训",
        "第{lesson}课的题目",
    ),
)
