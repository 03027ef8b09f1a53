"""Files as people hand them in: shared, asked about, chosen for."""

from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import col, select

from bot.slack.blocks import files as views
from tests.scenario.slack.bench import OPERATIONS, REP, Bench
from tests.scenario.slack.peer import Json, Message
from tools import documents
from tools.data.models import AuditEntry


async def shared(
    bench: Bench,
    name: str,
    content: bytes,
    user: str,
    *,
    channel: str = "D1",
    said: str = "",
    **more: Any,
) -> tuple[Json, Message]:
    """A file that somebody shares, and what the bot says to it."""
    file = bench.slack.add_file(name, content, user, **more)
    body = bench.slack.said(
        said,
        user,
        channel,
        subtype="file_share",
        files=[{"id": file["id"], "name": name}],
    )
    return file, await bench.sent(bench.slack.deliver(body))


async def chosen(bench: Bench, card: Message, action: str, user: str) -> Json:
    """The modal behind a button of the card."""
    return await bench.opened(bench.press(card, action, user))


async def taught(
    bench: Bench, name: str, content: bytes, *, level: str = "3", unit: str = "all", **more: Any
) -> str:
    """What sales operations hear after putting a file into the library."""
    _, card = await shared(bench, name, content, OPERATIONS, **more)
    modal = await chosen(bench, card, views.LIBRARY, OPERATIONS)
    assert modal["callback_id"] == views.KEPT
    told = await bench.sent(bench.submit(modal, OPERATIONS, level=level, unit=unit))
    return told.text


async def handed(
    bench: Bench, account: str, name: str, content: bytes, user: str = REP, **said: Any
) -> Message:
    """What the person gets who hands a file in for an account: a card, or why not."""
    _, card = await shared(bench, name, content, user)
    modal = await chosen(bench, card, views.ACCOUNT, user)
    assert modal["callback_id"] == views.PROPOSED
    number = str(bench.id_of(account))
    return await bench.sent(bench.submit(modal, user, account=number, **said))


def kept(bench: Bench) -> dict[str, Path]:
    """The documents on the shelf, by title."""
    shelf = bench.settings.home / documents.FOLDER
    sides = list(shelf.glob("*.yaml"))
    return {yaml.safe_load(p.read_text("utf-8"))["title"]: p.with_suffix("") for p in sides}


def entries(bench: Bench, action: str) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.action == action).order_by(col(AuditEntry.id))
    return bench.all(query)


def pdf(draw: Any, **more: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    into = BytesIO()
    canvas = Canvas(into, **more)
    draw(canvas)
    canvas.save()
    return into.getvalue()


def scan() -> bytes:
    from PIL import Image

    picture = Image.new("RGB", (40, 40), "white")
    return pdf(lambda canvas: canvas.drawInlineImage(picture, 0, 0, 500, 700))


def locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    password = StandardEncryption("user", "owner", strength=128)
    return pdf(lambda canvas: canvas.drawString(72, 700, "x"), encrypt=password)
