"""Which kernels numpy's matrix products use, chosen before numpy is loaded. Standard library.

OpenBLAS chooses by the processor's model, and takes AMD's newest for one without AVX-512. Its kernels for Haswell and
for Skylake-X give the same claims; nothing depends on which of them runs.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_VARIABLE = "OPENBLAS_CORETYPE"
_NEEDED = frozenset(("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"))
_CPU_INFO = Path("/proc/cpuinfo")


def kernels() -> Mapping[str, str]:
    """Environment that a process is to be started with, beside what it has; nothing where OpenBLAS chooses well."""
    if _VARIABLE in os.environ:
        return {}
    try:
        return kernels_for(_CPU_INFO.read_text(encoding="utf-8"))
    except OSError:
        return {}


def kernels_for(cpu_info: str) -> Mapping[str, str]:
    """The same for processors described as Linux does."""
    described: dict[str, str] = {}
    for line in cpu_info.splitlines():
        name, _, value = line.partition(":")
        described.setdefault(name.strip(), value.strip())
    if described.get("vendor_id") == "AuthenticAMD" and set(described.get("flags", "").split()) >= _NEEDED:
        return {_VARIABLE: "SkylakeX"}
    return {}


def choose_kernels() -> None:
    """For this process, which has not loaded numpy yet."""
    os.environ.update(kernels())
