"""The samples and the real reports come out as the same events on a processor without AVX-512 and VNNI.

In a process that is limited to AVX2: the limit is read when the libraries are loaded. How far that is like such a
processor: decision 0005.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.dedupe.embedding.cpu_instructions import AVX2_ONLY
from services.dedupe.embedding.model_files import GRAPH_FILE, default_model_dir

REPOSITORY = Path(__file__).parents[2]
TESTS = tuple(f"tests/integration/test_{name}.py" for name in ("order_of_arrival", "merged_seeds", "figures_of_seeds"))
PRIMITIVES = """
import sys
from services.dedupe.embedding.openvino_runtime import import_openvino
compiled = import_openvino().Core().compile_model(sys.argv[1], "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
for node in compiled.get_runtime_model().get_ordered_ops():
    print(node.get_rt_info()["primitiveType"].astype(str))
"""

pytestmark = pytest.mark.skipif(
    platform.machine().lower() not in {"x86_64", "amd64"}, reason="only x86-64 has instructions to do without"
)


def run_on_avx2(*command: str) -> str:
    """What a Python process prints that has AVX2 and no more."""
    environment = {**os.environ, **AVX2_ONLY, "NEWSWEAVE_TEST_REQUIRE": "", "PYTEST_ADDOPTS": ""}
    result = subprocess.run(
        [sys.executable, *command], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def passed() -> Sequence[str]:
    """Those of the tests of samples and seeds that pass there; none fails."""
    printed = run_on_avx2("-m", "pytest", "-p", "no:cacheprovider", "-q", "-rp", *TESTS)
    return [line.partition("::")[2] for line in printed.splitlines() if line.startswith("PASSED ")]


def test_the_limit_holds_for_every_kernel_of_the_model() -> None:
    kernels = run_on_avx2("-c", PRIMITIVES, str(default_model_dir() / GRAPH_FILE)).split()
    assert any(kernel.startswith("jit_avx2_") for kernel in kernels)
    assert not [kernel for kernel in kernels if "avx512" in kernel or "amx" in kernel]


def test_the_samples_are_the_same_events_in_any_order(passed: Sequence[str]) -> None:
    assert "test_the_samples_come_out_as_the_expected_events_in_each_of_20_orders" in passed


@pytest.mark.seeds
def test_the_seeds_are_the_same_event_with_the_same_claims_and_figures(passed: Sequence[str]) -> None:
    assert {
        "test_the_seeds_among_the_samples_come_out_as_one_event_in_each_of_20_orders",
        "test_the_shared_quotation_is_one_claim_with_every_article_that_carries_it_in_full",
        "test_nothing_else_contradicts_anything_but_figures",
    } <= set(passed)
