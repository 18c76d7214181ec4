"""What `pip install` gets: code, data files, sample articles."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in the wheel."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with ZipFile(built) as wheel:
        return set(wheel.namelist())


def test_a_wheel_has_every_file_of_the_services_and_of_what_programs_import(files: set[str]) -> None:
    rooms = (*(ROOT / "services").rglob("*"), *(ROOT / "newsweave").rglob("*"))
    ours = (path for path in rooms if path.is_file() and path.parent.name != "__pycache__")
    assert {str(path.relative_to(ROOT)) for path in ours} <= files


def test_a_wheel_has_the_sample_articles_where_the_demo_looks_for_them(files: set[str]) -> None:
    assert {f"services/local/samples/{path.name}" for path in (ROOT / "samples").glob("*.jsonl")} <= files


def test_a_wheel_has_nothing_else(files: set[str]) -> None:
    assert {name.partition("/")[0] for name in files} == {"newsweave", "services", "newsweave-0.1.0.dist-info"}
