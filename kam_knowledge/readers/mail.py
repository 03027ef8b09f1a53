"""E-mails (.eml): who wrote to whom and when, the body, and the names of the attachments.

Attachments are named only; one that matters is saved as a file of its own.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from kam_knowledge.documents import Section
from kam_knowledge.readers.content import Content, Unreadable, label, language_in
from kam_knowledge.readers.encoding import decode
from kam_knowledge.readers.html import html_content
from kam_knowledge.readers.prose import clean, one_line

_HEADERS = ("from", "to", "cc")
_SHORTEST_PLAIN = 20


def read_mail(data: bytes) -> Content:
    message = message_from_bytes(data, policy=policy.default)
    if not any(message[name] for name in (*_HEADERS, "subject")):
        raise Unreadable("it is no e-mail; save the message as .eml anew")
    subject = one_line(str(message["subject"] or ""))
    body = _body(message)
    language = language_in([subject, *(part.text for part in body)])
    head = "\n".join(_head(message, language))
    path = (subject,) if subject else ()
    parts = [Section((*path, *part.path), part.text) for part in body]
    return Content((Section(path, head), *parts), title=subject)


def _head(message: EmailMessage, language: str) -> Iterator[str]:
    for name in _HEADERS:
        if message[name]:
            yield label(name, language, one_line(str(message[name])))
    if message["date"]:
        yield label("date", language, _date(str(message["date"])))
    names = [one_line(part.get_filename() or "") for part in message.walk()]
    attached = ", ".join(name for name in names if name)
    if attached:
        yield label("attachments", language, attached)


def _date(header: str) -> str:
    try:
        return parsedate_to_datetime(header).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return one_line(header)


def _body(message: EmailMessage) -> tuple[Section, ...]:
    """The plain body, or the web page where there is none or it only points to the page."""
    plain = message.get_body(("plain",))
    page = message.get_body(("html",))
    text = "" if plain is None else clean(_text(cast("EmailMessage", plain)))
    if page is not None and len(text) < _SHORTEST_PLAIN:
        sections = html_content(_text(cast("EmailMessage", page))).sections
        if sections:
            return sections
    return (Section((), text),) if text else ()


def _text(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    return decode(data, part.get_content_charset()) if isinstance(data, bytes) else ""
