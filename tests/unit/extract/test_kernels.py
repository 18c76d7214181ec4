"""Kernels for AVX-512 are chosen where OpenBLAS does not, and nowhere else."""

import subprocess
import sys

import pytest

from services.extract.kernels import kernels, kernels_for

AVX512 = "fpu avx2 avx512f avx512cd avx512bw avx512dq avx512vl"


def info(vendor: str, flags: str) -> str:
    return f"processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: {flags}\n\nprocessor\t: 1\n"


def test_an_amd_processor_with_avx512_gets_the_kernels_that_it_can_run() -> None:
    assert kernels_for(info("AuthenticAMD", AVX512)) == {"OPENBLAS_CORETYPE": "SkylakeX"}


@pytest.mark.parametrize(
    "described",
    [
        info("AuthenticAMD", "fpu avx2"),
        info("AuthenticAMD", "fpu avx2 avx512f"),
        info("GenuineIntel", AVX512),
        "processor : 0\nFeatures : asimd\n",
        "",
    ],
)
def test_any_other_processor_is_left_to_openblas(described: str) -> None:
    assert kernels_for(described) == {}


def test_what_the_operator_has_chosen_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    assert kernels() == {}


def test_choosing_loads_no_numpy() -> None:
    program = "import sys, services.extract.kernels; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
