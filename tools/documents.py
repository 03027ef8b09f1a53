"""Documents that people hand in: read, kept in a folder of the library with a side file each.

A file is known by its content: handed in twice, it is kept once. What the person chose, its
information level and unit, stands in the side file; a file that says otherwise of itself is
refused, so that no text decides who reads it.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kam_knowledge.documents import Document, DocumentError
from kam_knowledge.lock import locked
from kam_knowledge.readers import READERS, read_file
from tools.errors import BadInput
from tools.text import Text, text

FOLDER = "documents"
"""Where documents are kept, in `KAM_HOME`."""
_WAIT = 30.0
_NAME = 16


class AlreadyThere(BadInput):
    """The library has this very file."""


@dataclass(frozen=True)
class Placing:
    """Who may read a document: its information level (K2), and the unit it is for, if one."""

    level: int
    unit: str | None = None


def digest_of(content: bytes) -> str:
    """What a file is known by."""
    return hashlib.sha256(content).hexdigest()[:_NAME]


def read_handed_in(content: bytes, name: str) -> Document:
    """The file as a document; raises `BadInput` with the reason where it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{digest_of(content)}{_ending(name)}"
        path.write_bytes(content)
        return _read(path, name)


def keep(home: Path, content: bytes, name: str, placing: Placing) -> Document:
    """Keeps the file where the library finds it at its next look.

    Raises `AlreadyThere`, and `BadInput` where it cannot be read or says itself who reads it.
    """
    shelf = home / FOLDER
    shelf.mkdir(parents=True, exist_ok=True)
    kept = shelf / f"{digest_of(content)}{_ending(name)}"
    with locked(shelf / ".lock", wait=_WAIT):
        if any(path.stem == kept.stem for path in shelf.iterdir() if path.suffix in READERS):
            raise AlreadyThere(
                text(
                    "The library has {name} already, under this or another name.",
                    "知识库中已有 {name}（内容相同）。",
                    name=name,
                )
            )
        with _pending(kept, content, name, placing) as (pending, side):
            document = _read(pending, name)
            _require_placed(document, name, placing, kept.stem)
            # The side file first: without it the document would be for everybody.
            side.replace(f"{kept}.yaml")
            pending.replace(kept)
    return document


@contextmanager
def _pending(
    kept: Path, content: bytes, name: str, placing: Placing
) -> Iterator[tuple[Path, Path]]:
    """The file and its side file under names that the library does not read, on the same disk;
    what is left of them in the end goes."""
    import yaml

    pending = kept.with_name(f".{kept.name}")
    side = kept.with_name(f".{kept.name}.yaml")
    said: dict[str, object] = {
        "id": f"handed-in-{kept.stem}",
        "title": Path(name).stem.strip() or kept.stem,
        "level": placing.level,
    }
    if placing.unit is not None:
        said["unit"] = placing.unit
    try:
        side.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
        pending.write_bytes(content)
        yield pending, side
    finally:
        for path in (pending, side):
            path.unlink(missing_ok=True)


def words_of(document: Document) -> str:
    """The text of a document, its headings in Markdown."""
    return "\n\n".join(
        "\n\n".join(filter(None, [_heading(section.path), section.text.strip()]))
        for section in document.sections
        if section.text.strip()
    )


def _heading(path: tuple[str, ...]) -> str:
    return f"## {' / '.join(path)}" if path else ""


def _require_placed(document: Document, name: str, placing: Placing, stem: str) -> None:
    """What the file says of itself must not stand against what the person chose."""
    own = (document.level, document.unit, document.id)
    if own != (placing.level, placing.unit, f"handed-in-{stem}"):
        raise BadInput(
            text(
                "{name} begins with lines that set its own level, unit or id. Take these lines "
                "out, or choose the same.",
                "{name} 开头的设置行自行指定了级别、部门或编号。请删除这些行，或选择相同的设置。",
                name=name,
            )
        )


def _read(path: Path, name: str) -> Document:
    try:
        return read_file(path)
    except DocumentError as error:
        raise BadInput(
            text(
                "{name} cannot be taken in: {reason}",
                "无法接收 {name}：{reason}",
                name=name,
                reason=_reason(str(error.__cause__ or error)),
            )
        ) from error


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _reason(said: str) -> Text:
    """The reader's reason in both languages."""
    for begins, reason in REASONS.items():
        if said.startswith(begins):
            return reason
    _, other, kind = said.partition(_SAVE_AS)
    return replace(_OLD_KIND, values={"kind": kind}) if other else _BROKEN


_BROKEN = text(
    "it is broken. Open it in its own program and save it anew.",
    "文件已损坏，请用原程序打开并重新保存。",
)
_KINDS = ", ".join(sorted(READERS))
REASONS: dict[str, Text] = {
    "it is a scan": text(
        "it is a scan, pictures without text. Run text recognition (OCR) on it first.",
        "这是扫描件，只有图片没有文字，请先做文字识别（OCR）。",
    ),
    "it is protected by a password or in an old": text(
        "it is protected by a password, or in an old Office format. Save it without a password "
        "as .docx, .pptx or .xlsx.",
        "文件有密码保护，或是旧版 Office 格式。请去除密码并另存为 .docx、.pptx 或 .xlsx。",
    ),
    "it is protected by a password": text(
        "it is protected by a password. Save it without one.",
        "文件有密码保护，请去除密码后再发。",
    ),
    "it is larger than": text(
        "it is too large. Split it, or leave out its pictures.", "文件过大，请拆分或去掉图片。"
    ),
    "it unpacks to": text("it unpacks to too much. Split it.", "解压后过大，请拆分。"),
    "its parts unpack to": text("it unpacks to too much. Split it.", "解压后过大，请拆分。"),
    "it is broken": _BROKEN,
    "it is empty": text("there is no text in it.", "文件中没有文字。"),
    "no reader for this kind": text(
        "this kind of file is not known. Save it as one of {kinds}.",
        "不支持这种文件。请另存为以下格式之一：{kinds}。",
        kinds=_KINDS,
    ),
    "this is no text": text(
        "it is no text, whatever its name says.", "内容不是文本，与扩展名不符。"
    ),
    "its characters cannot be told": text(
        "its characters cannot be told. Save it as UTF-8.", "无法识别字符编码，请另存为 UTF-8。"
    ),
    "its fonts hide": text(
        "its fonts hide which characters they show. Export it from its program anew.",
        "字体未包含文字信息，请从原程序重新导出。",
    ),
    "it is no e-mail": text(
        "it is no e-mail. Save the message as .eml anew.", "这不是邮件，请重新另存为 .eml。"
    ),
    "it declares XML entities": text(
        "it is built as no Office program builds it, and is refused.",
        "文件结构异常，已拒绝。",
    ),
    "its elements stand": text(
        "it is too deeply nested. Save its text instead.", "嵌套层级过深，请只保存文字。"
    ),
}
_OLD_KIND = text(
    "this kind of file cannot be read. Save it as {kind}.",
    "无法读取这种文件，请另存为 {kind}。",
)
_SAVE_AS = "files cannot be read; save it as "
