"""The kind of machine that vectors were computed on, told in a few words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.dedupe.embedding import cpu_instructions
from services.dedupe.embedding.cpu_instructions import machine_kind


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`/proc/cpuinfo` of another x86-64 machine, to be written."""
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    monkeypatch.setattr(cpu_instructions, "_CPU_INFO", tmp_path / "cpuinfo")
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    machine_kind.cache_clear()
    yield tmp_path / "cpuinfo"
    machine_kind.cache_clear()


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ("fpu avx avx2 fma", "x86_64 avx2"),
        ("avx2 avx_vnni", "x86_64 avx_vnni"),
        ("avx2 avx512f", "x86_64 avx512f"),
        ("avx2 avx512f avx_vnni avx512_vnni", "x86_64 avx512_vnni"),
        ("sse4_2", "x86_64"),
    ],
)
def test_the_best_instructions_for_int8_name_the_kind(flags: str, kind: str, machine: Path) -> None:
    machine.write_text(f"model name\t: One\nflags\t\t: {flags}\n\nflags\t\t: fpu\n", encoding="utf-8")
    assert machine_kind() == kind


def test_without_a_list_of_flags_the_architecture_is_all() -> None:
    assert machine_kind() == "x86_64"


def test_a_limit_in_the_environment_is_told(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.write_text("flags : avx2 avx512f avx512_vnni\n", encoding="utf-8")
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    assert machine_kind() == "x86_64 avx512_vnni, limited to avx2"
