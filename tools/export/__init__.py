"""Tables of records as CSV and XLSX files, within what the asking person may read."""

from tools.export.contents import CONTENTS, Content
from tools.export.files import FORMATS, write

__all__ = ["CONTENTS", "FORMATS", "Content", "write"]
