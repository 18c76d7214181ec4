"""What somebody would write in an afternoon: one process, one article at a time, and no claims merged.

spaCy's stock pipeline reads the text, sentence-transformers embeds title and text (as far as the model reads), and the
article joins the event of the most similar article before it, if the cosine reaches a threshold.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from benchmarks.embed import WHOLE_TOKENS, plain_sentence_transformers
from services.extract.syntax.spacy_parser import model_folder

THRESHOLD = 0.6
THREADS = 2
_WARM_UP = 3


@dataclass(frozen=True)
class Spent:
    """What some articles took."""

    articles: int
    seconds: float
    processor_seconds: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.articles + other.articles,
            self.seconds + other.seconds,
            self.processor_seconds + other.processor_seconds,
        )


class Naive:
    """Its models, loaded, and the events so far."""

    def __init__(self) -> None:
        """Load the models.

        Raises:
            ModuleNotFoundError: sentence-transformers is not installed.
        """
        encode = plain_sentence_transformers(THREADS)
        if encode is None:
            raise ModuleNotFoundError("sentence-transformers is not installed")
        self._encode: Callable[[Sequence[str], int], NDArray[np.float32]] = encode
        with model_folder() as folder:
            self._read: Any = spacy.load(folder)
        self._vectors = np.empty((0, 0), np.float32)
        self._events: list[int] = []

    def run(self, articles: Sequence[tuple[str, str]]) -> Spent:
        """Take title and text of each, one after the other; the first ones once more, before the clock runs."""
        for title, text in articles[:_WARM_UP]:
            self._read(text)
            self._encode([f"{title}. {text}"], WHOLE_TOKENS)
        start, busy = time.perf_counter(), time.process_time()
        for title, text in articles:
            self._take(title, text)
        return Spent(len(articles), time.perf_counter() - start, time.process_time() - busy)

    def _take(self, title: str, text: str) -> int:
        """The article's event."""
        document = self._read(text)
        vector = self._encode([f"{title}. {text}"], WHOLE_TOKENS)
        sentences = [sentence.text for sentence in document.sents if sentence.ents]
        event = len(self._events) if sentences else -1
        if self._events:
            cosines = self._vectors @ vector[0]
            nearest = int(np.argmax(cosines))
            if cosines[nearest] >= THRESHOLD:
                event = self._events[nearest]
        self._vectors = np.concatenate((self._vectors, vector)) if self._events else vector
        self._events.append(event)
        return event
