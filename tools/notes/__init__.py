"""Meeting notes in plain words, read into lines of a change set.

Reading is by cues kept as data; what a line says is always a piece of the note itself.
"""

from tools.notes.lines import NoteLine
from tools.notes.reading import Note, is_order, read_note, settled

__all__ = ["Note", "NoteLine", "is_order", "read_note", "settled"]
