"""A long-lived process returns the memory that it has freed."""

import platform
import subprocess
import sys

import pytest

_WORK = """
from pathlib import Path
from bot.allocator import give_back_memory

def held():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024

give_back_memory()
bytearray(30_000_000)  # once it is freed, glibc takes blocks of this size from its heap
begun = held()
large, small = [], []
for _ in range(100):
    large.append(bytearray(2_000_000))
    small.append(bytearray(600))
large.clear()
print(held() - begun)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library than glibc")
def test_what_is_freed_goes_back() -> None:
    run = subprocess.run([sys.executable, "-c", _WORK], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 20, "of 200 MB"
