"""The ways in, one file each. The app listens to what stands in `SURFACES`, and the manifest is
made from it."""

from bot.slack.surface import Surface
from bot.slack.surfaces import (
    cards,
    commands,
    feedback,
    files,
    forms,
    home,
    messages,
    pickers,
    proposals,
    shortcuts,
    threads,
)

SURFACES: tuple[Surface, ...] = (
    messages.SURFACE,
    threads.SURFACE,
    home.SURFACE,
    proposals.SURFACE,
    cards.SURFACE,
    commands.SURFACE,
    shortcuts.SURFACE,
    forms.SURFACE,
    pickers.SURFACE,
    feedback.SURFACE,
    files.SURFACE,
)
