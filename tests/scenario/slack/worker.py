"""One process of the bot, as `kam serve` runs it, with a lease that a test can wait for."""

import asyncio
import logging
import sys

from bot.settings import Settings
from bot.slack.serve import serve

if __name__ == "__main__":
    lease = float(sys.argv[1])
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(
        serve(
            Settings(),
            upkeep_every=lease / 5,
            lease=lease,
            ready=lambda where: print(where, flush=True),
        )
    )
