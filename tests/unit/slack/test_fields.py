"""Forms made from the parameters of tools."""

from bot.slack.fields import fields_of
from bot.slack.opening import FORMS
from bot.slack.records import checklist_items, item_words
from tools.catalog import WRITES
from tools.checklists import find
from tools.text import Language


def test_every_parameter_and_choice_of_a_form_has_words() -> None:
    for key, one in FORMS.items():
        for language in Language:
            assert len(one.title.render(language)) <= 24, key
        for field in one.fields:
            assert field.label.en != field.name or field.label.zh != field.name, field.name
            for choice, words in field.choices:
                assert words.zh != choice, (key, field.name, choice)


def test_fields_follow_the_parameters() -> None:
    tool = next(one for one in WRITES if one.name == "add_risk")
    kinds = {f.name: (f.kind, f.required, f.default) for f in fields_of(tool)}
    assert kinds["description"] == ("long", True, None)
    assert kinds["kind"] == ("choice", True, None)
    assert kinds["impact"] == ("integer", False, "3")
    assert kinds["owner"] == ("person", False, None)


def test_every_item_of_a_checklist_is_found_by_what_the_form_says() -> None:
    for _, items in checklist_items(Language.ENGLISH):
        for picked, label in items:
            words = item_words(picked)
            assert words["item"] == label
            assert find(words["checklist"]).key == picked.split(":")[0]
