"""Whatever a reply holds, what is sent keeps Slack's limits and shows text as it is."""

import json

from hypothesis import HealthCheck, Phase, given, settings

from bot.slack.blocks import messages, simpler
from bot.slack.limits import message_violations
from bot.turn import Reply
from tests.unit.slack.random_cards import replies

few = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@few
@given(replies())
def test_replies_of_any_content_keep_the_limits_in_every_form(reply: Reply) -> None:
    for message in messages(reply):
        form = message
        forms = 0
        while form is not None:
            assert message_violations(form.text, form.blocks) == []
            json.dumps(form.blocks, ensure_ascii=False).encode()
            form.text.encode()
            form, forms = simpler(form), forms + 1
        assert 2 <= forms <= 3
