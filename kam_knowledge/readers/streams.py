"""How much the streams of a PDF unpack to, before a parser that cannot be stopped sees them."""

import re
import zlib

from kam_knowledge.readers.content import Unreadable

_STREAM = re.compile(rb"stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_HEAD = 2_000
_PART = 1 << 20
_LARGEST, _LARGEST_IMAGE, _TOTAL = 48 << 20, 256 << 20, 1 << 30
_STAGES = 3
_LZW = re.compile(rb"/LZW(?:Decode)?\b")
_LARGEST_LZW = 1 << 18


def check_streams(data: bytes) -> None:
    """Raises `Unreadable` for a PDF whose streams unpack to far more than a document's do.

    What is no zlib data is passed over: other filters unpack to little, but for LZW, of which
    only short streams are taken. A filter may be applied several times over.
    """
    total = 0
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        head = data[max(0, found.start() - _HEAD) : found.start()].rpartition(b" obj")[2]
        limit = _LARGEST_IMAGE if _IMAGE.search(head) else _LARGEST
        size = _unpacked(data, found.end(), limit, _STAGES)
        total += size
        if size >= limit or total > _TOTAL or _long_lzw(data, found.end(), head):
            megabytes = max(size, total) >> 20
            raise Unreadable(
                f"its parts unpack to {megabytes} MB or more, too much for a document; split it"
            )


def _unpacked(data: bytes, start: int, limit: int, stages: int) -> int:
    """How many bytes the zlib data from there unpacks to, at most `limit`."""
    unpacker, size, first = zlib.decompressobj(), 0, b""
    # A view: the data behind a stream is neither copied nor read further than it lasts.
    rest: bytes | memoryview = memoryview(data)[start : start + _PART]
    start += _PART
    kept = bytearray()
    try:
        while not unpacker.eof and size < limit:
            part = unpacker.decompress(rest, _PART)
            size += len(part)
            first = first or part[:2]
            if _is_packed(first) and len(kept) < limit:
                kept += part
            rest = unpacker.unconsumed_tail
            if not rest and not part:
                rest = memoryview(data)[start : start + _PART]
                start += _PART
                if not rest:
                    break
    except zlib.error:
        pass
    if kept and stages > 1:
        return max(size, _unpacked(bytes(kept), 0, limit, stages - 1))
    return size


def _is_packed(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 15 == 8 and int.from_bytes(head, "big") % 31 == 0


def _long_lzw(data: bytes, start: int, head: bytes) -> bool:
    return bool(_LZW.search(head)) and data.find(b"endstream", start) - start > _LARGEST_LZW
