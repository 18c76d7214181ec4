"""Claims and figures as tables."""

import csv
import json
from pathlib import Path

import pytest
from pyarrow import parquet

from services.api.event_lists import ListedClaim
from services.contracts.event import Event
from services.local.errors import UserError
from services.local.export_rows import CLAIM_COLUMNS, FIGURE_COLUMNS, Row, claim_rows, figure_rows
from services.local.table_files import TableFormat, format_of, table_file

EXAMPLES = Path(__file__).parents[3] / "services" / "contracts" / "examples"
COLUMNS = {"name": str, "value": float, "count": int, "sure": bool}
ROWS: list[Row] = [
    {"name": 'Port "Eldrin", quay\nnorth', "value": 1.5, "count": 2, "sure": True},
    {"name": None, "value": None, "count": None, "sure": None},
]


def written(path: Path, table_format: TableFormat, rows: list[Row]) -> Path:
    with table_file(str(path), table_format, COLUMNS) as write:
        for row in rows:
            write(row)
    return path


def test_csv_has_a_header_and_keeps_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", TableFormat.CSV, ROWS)
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0] == {"name": 'Port "Eldrin", quay\nnorth', "value": "1.5", "count": "2", "sure": "true"}
    assert rows[1] == {"name": "", "value": "", "count": "", "sure": ""}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_set_behind_an_apostrophe(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "t.csv", TableFormat.CSV, [{"name": text, "value": -1.5, "count": -2, "sure": False}])
    with path.open(newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["name"], row["value"], row["count"]) == (f"'{text}", "-1.5", "-2")


def test_json_lines_give_rows_as_they_are(tmp_path: Path) -> None:
    path = written(tmp_path / "t.jsonl", TableFormat.NDJSON, ROWS)
    assert [json.loads(line) for line in path.read_text().splitlines()] == ROWS


def test_parquet_gives_rows_with_their_types(tmp_path: Path) -> None:
    table = parquet.read_table(written(tmp_path / "t.parquet", TableFormat.PARQUET, ROWS * 5_000))
    assert table.num_rows == 10_000
    assert table.slice(0, 2).to_pylist() == ROWS
    assert [str(field.type) for field in table.schema] == ["string", "double", "int64", "bool"]


def test_a_parquet_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    assert parquet.read_table(written(tmp_path / "t.parquet", TableFormat.PARQUET, [])).column_names == list(COLUMNS)


def test_parquet_is_not_written_to_standard_output() -> None:
    with pytest.raises(UserError, match="--out"), table_file("-", TableFormat.PARQUET, COLUMNS):
        pass


@pytest.mark.parametrize("table_format", list(TableFormat))
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, table_format: TableFormat) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        written(tmp_path / "missing" / "t", table_format, [])


@pytest.mark.parametrize(
    ("path", "asked", "expected"),
    [("-", None, "csv"), ("a.ndjson", None, "ndjson"), ("a.jsonl", None, "ndjson"), ("a.parquet", None, "parquet"),
     ("a.txt", None, "csv"), ("a.parquet", TableFormat.CSV, "csv")],
)  # fmt: skip
def test_the_format_is_the_one_asked_for_or_that_of_the_name(
    path: str, asked: TableFormat | None, expected: str
) -> None:
    assert format_of(path, asked) == expected


@pytest.fixture(scope="module")
def event() -> Event:
    return Event.model_validate(
        json.loads((EXAMPLES / "event.updated.v1" / "contradictions.json").read_bytes())["value"]
    )


def test_a_row_of_claims_is_one_report_at_its_place(event: Event) -> None:
    listed = [ListedClaim.of_merged(claim) for claim in event.claims]
    rows = list(claim_rows(event.event_id, event.headline, iter(listed)))
    assert len(rows) == sum(len(claim.reports) for claim in listed) > 0
    assert all(list(row) == list(CLAIM_COLUMNS) for row in rows)
    for row, report in zip(rows, (report for claim in listed for report in claim.reports), strict=True):
        assert (row["reported_as"], row["start"], row["end"]) == (report.text, report.span.start, report.span.end)


def test_a_row_of_figures_is_one_value(event: Event) -> None:
    rows = list(figure_rows(event))
    assert [row["value"] for row in rows] == [value.value for figure in event.figures for value in figure.values] != []
    assert all(list(row) == list(FIGURE_COLUMNS) for row in rows)
