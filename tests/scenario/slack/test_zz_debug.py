from tests.scenario.slack.test_proposals import *
import asyncio, json
async def test_dbg(slack, staff, slack_settings):
    body = slack.said(CITY, staff.operations, "D1")
    print(await slack.deliver(body))
    await asyncio.sleep(8)
    for c in slack.calls: print(c.method, str(c.given)[:700])
    print(slack.violations)
