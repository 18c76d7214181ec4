"""Which instructions of the processor the arithmetic uses, and how a new process is held to fewer. Standard library."""

import os
import platform
from collections.abc import Mapping
from functools import cache
from pathlib import Path

AVX2_ONLY: Mapping[str, str] = {
    # oneDNN's kernels and OpenVINO's own; both variables have to say the same.
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "OV_CPU_MAX_ISA": "AVX2",
    # numpy's functions such as pow give other last digits with AVX-512; OpenBLAS has kernels of its own for it.
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",
    "OPENBLAS_CORETYPE": "Haswell",
}
"""Environment of a new process that is to compute as on an x86-64 processor without AVX-512 and VNNI. Means nothing on
other architectures. Read when the libraries are loaded: a running process does not change."""

# What tells apart how int8 products are computed, the best first; the last two are those of arm64.
_FEATURES = ("amx_int8", "avx512_vnni", "avx_vnni", "avx512f", "avx2", "i8mm", "asimddp")
_CPU_INFO = Path("/proc/cpuinfo")


@cache
def machine_kind() -> str:
    """The kind of machine that vectors are computed on, as `x86_64 avx512_vnni`.

    Vectors of one model are the same bits on machines of one kind, and nearly the same between kinds (decision 0005).
    Architecture, then the best of the instructions that int8 products gain from (Linux only), then the limit that the
    environment sets.
    """
    kind = platform.machine()
    best = next((feature for feature in _FEATURES if feature in _read_cpu_flags()), None)
    if best is not None:
        kind += f" {best}"
    limit = os.environ.get("ONEDNN_MAX_CPU_ISA")
    return f"{kind}, limited to {limit.lower()}" if limit else kind


def _read_cpu_flags() -> frozenset[str]:
    try:
        lines = _CPU_INFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    stated = (line.partition(":") for line in lines)
    return frozenset(next((flags.split() for name, _, flags in stated if name.strip() in {"flags", "Features"}), ()))
