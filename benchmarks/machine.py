"""What a figure was measured on: a figure without its machine says little."""

import os
import platform
import sys
from pathlib import Path

_FEATURES = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd", "i8mm")
"""What int8 arithmetic and BLAS gain from."""


def machine_line() -> str:
    """Processor, cores that this process may use, Python, and how busy the machine was in the last minute."""
    model, flags = _processor()
    features = " ".join(feature for feature in _FEATURES if feature in flags)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f"load {os.getloadavg()[0]:.1f} of the last minute" if hasattr(os, "getloadavg") else "load unknown"
    described = f"{model} ({features})" if features else model
    return f"machine: {described}, {cores} cores, Python {sys.version.split()[0]}, {platform.system()}, {load}"


def _processor() -> tuple[str, frozenset[str]]:
    """Name and feature flags; outside Linux only the name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine(), frozenset()
    stated: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        stated.setdefault(name.strip(), value.strip())
    flags = stated.get("flags") or stated.get("Features") or ""
    return stated.get("model name") or platform.machine(), frozenset(flags.split())
