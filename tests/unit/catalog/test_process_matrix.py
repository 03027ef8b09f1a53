"""The five processes and their matrices."""

import pytest

from tests.unit.catalog.world import World, english, facts, renders, table_rows
from tools.catalog.process_matrix import EXAMPLES, process_matrix
from tools.domain.vocabulary import Role


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("key process matrix of acquisition", "acquisition"),
        ("关键流程矩阵：客户获取", "acquisition"),
        ("客戶獲取流程由誰負責", "acquisition"),
        ("matrix for coverage and channel", "coverage_and_channel"),
        ("渗透流程", "penetration"),
        ("how is targeting set up", "targeting"),
        ("监控流程的指标", "monitoring"),
        ("the five processes", None),
        ("", None),
    ],
)
def test_the_process_that_a_question_names(world: World, question: str, key: str | None) -> None:
    result = process_matrix(world.deps(), question)
    assert (result.process.key if result.process else None) == key
    renders(result.card())


def test_a_filled_matrix(world: World) -> None:
    card = process_matrix(world.deps(), "targeting").card()
    assert english(card.headline) == (
        "Targeting has 4 steps in its matrix, from Collect the values of the four factors to Set "
        "the priorities; they are house, the source names the columns only."
    )
    assert table_rows(card)[1] == [
        "2",
        "Score and rank",
        "sales operations",
        "raw values",
        "ranked list",
        "accounts ranked on time",
    ]
    assert facts(card)["Result"] == "a priority list"
    assert card.missing == ()


def test_an_open_matrix_says_so_and_invents_nothing(world: World) -> None:
    card = process_matrix(world.deps(), "penetration").card()
    assert english(card.headline).startswith("The matrix of Penetration is open")
    assert all(row[2:] == ["open"] * 4 for row in table_rows(card))
    assert len(table_rows(card)) == 6
    assert "the methodology does not say them" in english(card.missing[0])


def test_the_overview(world: World) -> None:
    newcomer = world.deps(world.asker(world.person("N", Role.NEWCOMER)))
    card = process_matrix(newcomer).card()
    assert english(card.headline) == (
        "Key account management has 5 processes: Targeting, Acquisition, Coverage and channel, "
        "Monitoring, Penetration; matrices filled in: 1, open: 4."
    )
    assert [row[3] for row in table_rows(card)] == ["4", "open", "open", "open", "open"]
    assert len(card.missing) == 4


def test_its_own_examples_are_answered(world: World) -> None:
    for sentence in (*EXAMPLES.en, *EXAMPLES.zh):
        renders(process_matrix(world.deps(), sentence).card())
