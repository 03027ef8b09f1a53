"""Records from CSV, TSV and XLSX files: recognised by their headers, imported as streams."""

from tools.data.importing.dates import DateOrder
from tools.data.importing.mapping import FileMapping, ImportOptions, read_mapping
from tools.data.importing.report import ImportReport, as_json
from tools.data.importing.run import Progress, import_paths

__all__ = [
    "DateOrder",
    "FileMapping",
    "ImportOptions",
    "ImportReport",
    "Progress",
    "as_json",
    "import_paths",
    "read_mapping",
]
