"""What the assistant says it can do."""

from tests.unit.catalog.world import World, english, renders
from tools.catalog.capabilities import capabilities
from tools.domain.vocabulary import Role


def titles(world: World, role: Role) -> list[str]:
    asker = world.asker(world.person(f"a {role.value}", role=role))
    return [english(ability.title) for ability in capabilities(world.deps(asker)).abilities]


def test_each_role_is_told_what_it_may_ask(world: World) -> None:
    assert titles(world, Role.NEWCOMER) == ["Learn the method", "Know an account"]
    assert "Follow sales" in titles(world, Role.REP)
    assert "Lead a team" not in titles(world, Role.REP)
    assert "Lead a team" in titles(world, Role.MANAGER)


def test_the_questions_name_an_account_the_asker_reads(world: World) -> None:
    world.account("Alpha")
    own = world.account("Zeta")
    anna = world.person("Anna")
    world.covers(anna, own)
    everybody = capabilities(world.deps())
    mine = capabilities(world.deps(world.asker(anna)))
    assert (everybody.account, mine.account) == ("Alpha", "Zeta")
    card = mine.card()
    assert card.table is not None
    assert "Tell me about Zeta" in [english(row[1]) for row in card.table.rows]
    renders(card)


def test_without_accounts_the_questions_stay_general(world: World) -> None:
    card = capabilities(world.deps()).card()
    assert card.table is not None
    assert "Who covers an account?" in [english(row[1]) for row in card.table.rows]
    renders(card)
