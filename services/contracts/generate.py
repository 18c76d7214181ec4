"""Writes what follows from the models: JSON Schemas, the AsyncAPI document and docs/topics.md. Or checks them."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from services.contracts.asyncapi import asyncapi_document
from services.contracts.compatibility import advice, breaking_changes
from services.contracts.envelope import CONTRACT_VERSION
from services.contracts.json_schema import schema_of
from services.contracts.markdown import topics_page
from services.contracts.topics import TOPICS

COMMAND = "python -m services.contracts.generate"
HELP = """\
Writes, from the models in services/contracts:
  services/contracts/schemas/<topic>.json   JSON Schema of each topic's value
  services/contracts/asyncapi.json          AsyncAPI 3 document of all topics
  docs/topics.md                            the same for people
The schemas in services/contracts/released are those that readers may be built against.
"""

CONTRACTS = Path("services/contracts")
SCHEMAS = CONTRACTS / "schemas"
RELEASED = CONTRACTS / "released"
RELEASED_VERSION = RELEASED / "version.txt"
EXAMPLES = CONTRACTS / "examples"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns its exit code: 1 when a check fails or a release is refused."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check", action="store_true", help="write nothing; fail if a file is not current or a reader would break"
    )
    mode.add_argument(
        "--release",
        action="store_true",
        help="also take the current schemas as released; refused when they break readers of those released before",
    )
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[2], help="the repository (default: this one)"
    )
    options = parser.parse_args(arguments)
    root: Path = options.root
    problems = breaks(root) + (unnumbered(root) if options.release else [])
    if options.check:
        problems = out_of_date(root) + problems
    elif not (options.release and problems):
        _write(root, generated(root), SCHEMAS)
        if options.release:
            _write(root, {**_schema_texts(RELEASED), RELEASED_VERSION: f"{CONTRACT_VERSION}\n"}, RELEASED)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems and (options.check or options.release) else 0


def generated(root: Path) -> dict[Path, str]:
    """Text of every generated file, by its path below the repository `root`, whose examples the page shows."""
    schemas = {topic.name: schema_of(topic) for topic in TOPICS}
    examples = {topic.name: example for topic in TOPICS if (example := _first_example(root, topic.name))}
    return {
        **_schema_texts(SCHEMAS),
        CONTRACTS / "asyncapi.json": _to_text(asyncapi_document(TOPICS)),
        Path("docs/topics.md"): topics_page(TOPICS, schemas, examples),
    }


def out_of_date(root: Path) -> list[str]:
    """A line for each file below `root` that is missing, not current or left over, saying which command to run."""
    wanted = generated(root)
    stale = [f"{path} is not current" for path, text in wanted.items() if _read(root / path) != text]
    left_over = [f"{path} belongs to no topic" for path in _files(root, SCHEMAS) if path not in wanted]
    unreleased = [
        f"{path} is missing: run `{COMMAND} --release` and commit it"
        for path in _schema_texts(RELEASED)
        if _read(root / path) is None
    ]
    return [f"{line}: run `{COMMAND}` and commit the result" for line in stale + left_over] + unreleased


def breaks(root: Path) -> list[str]:
    """A paragraph for each topic whose readers, built against the released schema, the current models would break."""
    current = {topic.name: schema_of(topic) for topic in TOPICS}
    found = []
    for path in _files(root, RELEASED):
        name = path.stem
        released: dict[str, Any] = json.loads((root / path).read_text(encoding="utf-8"))
        changes = breaking_changes(released, current[name]) if name in current else ["the topic is removed"]
        if changes:
            listed = "".join(f"\n  {change}" for change in changes)
            found.append(f"{name}: breaks readers built against {path}:{listed}\n  {advice(name)}")
    return found


def unnumbered(root: Path) -> list[str]:
    """A line if the current schemas differ from the released ones under the same number: readers go by it."""
    released = _read(root / RELEASED_VERSION)
    changed = any(_read(root / path) not in {None, text} for path, text in _schema_texts(RELEASED).items())
    if released is None or not changed or int(released) < CONTRACT_VERSION:
        return []
    return [
        f"the schemas have changed since version {int(released)}: raise CONTRACT_VERSION in {CONTRACTS}/envelope.py"
    ]


def _schema_texts(folder: Path) -> dict[Path, str]:
    return {folder / f"{topic.name}.json": _to_text(schema_of(topic)) for topic in TOPICS}


def _first_example(root: Path, topic_name: str) -> dict[str, Any] | None:
    for path in _files(root, EXAMPLES / topic_name):
        example: dict[str, Any] = json.loads((root / path).read_text(encoding="utf-8"))
        return example
    return None


def _files(root: Path, folder: Path) -> list[Path]:
    """The JSON files in `folder`, in order of their names, as paths below `root`."""
    return sorted(path.relative_to(root) for path in (root / folder).glob("*.json"))


def _write(root: Path, texts: Mapping[Path, str], owned: Path) -> None:
    """Make the files as `texts` has them, and remove from the folder `owned` what it does not have."""
    for path, text in texts.items():
        if _read(root / path) != text:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path}\n")
    for path in _files(root, owned):
        if path not in texts:
            (root / path).unlink()
            sys.stdout.write(f"removed {path}\n")


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _to_text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
