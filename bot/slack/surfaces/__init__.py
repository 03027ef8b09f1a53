"""The ways in, one file each. The app listens to what stands in `SURFACES`, and the manifest is
made from it."""

from bot.slack.surface import Surface
from bot.slack.surfaces import messages, threads

SURFACES: tuple[Surface, ...] = (
    messages.SURFACE,
    threads.SURFACE,
)
