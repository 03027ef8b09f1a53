"""Backups: records, conversations and documents in one file, alike for every database."""

from tools.backup.archive import Archive, Manifest, opened
from tools.backup.restoring import restore
from tools.backup.writing import HISTORY, back_up

__all__ = ["HISTORY", "Archive", "Manifest", "back_up", "opened", "restore"]
