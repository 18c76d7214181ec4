"""Signals of labelled pairs as the running service would compute them: running counts, no look ahead."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.events.labelled import Labelled
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text, one_line_title
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.vectors import decode_vector, encode_vector
from services.dedupe.signals.article_rows import build_rows
from services.dedupe.signals.article_signals import ArticleSignals, compute_article_signals
from services.dedupe.signals.background_corpus import BackgroundCorpus
from services.dedupe.signals.density import Density
from services.dedupe.signals.exclusions import exclusion_mask
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.pair_signals import SIGNALS, compute_pair_signals
from services.dedupe.signals.series_marks import build_series_marks
from services.dedupe.signals.terms import TermStatistics

WINDOW_DAYS, HARM_WINDOW_DAYS = 4.0, 7.0
REACH_DAYS = 7.5
COSINE_FLOOR = 0.33
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a collection: `later` and `earlier` positions in arrival order, and their signals."""

    later: NDArray[np.intp]
    earlier: NDArray[np.intp]
    signals: NDArray[np.float64]


class SignalCache:
    """Signals of labelled articles; each lead and title is embedded once, and kept in a file if one is named."""

    def __init__(
        self, embedder: Embedder, statistics: TermStatistics, at_large: BackgroundCorpus, kept: Path | None = None
    ) -> None:
        self._embedder = embedder
        self._statistics = statistics
        self._at_large = at_large
        self._kept = kept
        self._vectors: dict[str, NDArray[np.float32]] = {}
        if kept is not None and kept.exists():
            with np.load(kept) as stored:
                if str(stored["model"]) == embedder.model_id:
                    self._vectors = dict(zip(stored["keys"].tolist(), stored["leads"], strict=True))
        self._found: dict[Labelled, ArticleSignals] = {}

    def embed(self, rows: Sequence[Labelled]) -> None:
        """Embed what is missing, in batches, with a progress line."""
        texts = {
            _key(text): text
            for row in rows
            for text in (build_lead_text(row.title, row.text), one_line_title(row.title))
            if text
        }
        missing = sorted(texts.keys() - self._vectors.keys(), key=lambda key: (len(texts[key]), key))
        for start in range(0, len(missing), _AT_ONCE):
            batch = missing[start : start + _AT_ONCE]
            vectors = self._embedder.embed([texts[key] for key in batch], LEAD_TOKENS)
            self._vectors.update(zip(batch, vectors, strict=True))
            sys.stderr.write(f"\rembedding {min(start + _AT_ONCE, len(missing))}/{len(missing)}")
        if missing:
            sys.stderr.write("\n")
        if missing and self._kept is not None:
            keys = sorted(self._vectors)
            vectors = np.array([self._vectors[key] for key in keys])
            np.savez(self._kept, keys=np.array(keys), leads=vectors, model=np.array(self._embedder.model_id))

    def of(self, row: Labelled) -> ArticleSignals:
        """Signals of one article, embedded before."""
        if row not in self._found:
            lead = self._vector(build_lead_text(row.title, row.text))
            title = one_line_title(row.title)
            background = self._at_large.compare_with_background(self._embedder.model_id, lead)
            self._found[row] = compute_article_signals(
                lead,
                background,
                self._statistics,
                title_vector=self._vector(title) if title else None,
                title=row.title,
                text=row.text,
                published_at=row.published_at,
                series_marks=build_series_marks(row.title, row.publisher, row.kind),
            )
        return self._found[row]

    def _vector(self, text: str) -> NDArray[np.float32]:
        """As it travels: rounded to float16."""
        return decode_vector(encode_vector(self._vectors[_key(text)]))


def candidate_pairs(signals: Sequence[ArticleSignals]) -> Pairs:
    """All pairs in reach of each other that may be pairs, with their signals as the later one's placement sees them."""
    leads = np.array([one.lead for one in signals])
    days = np.array([np.nan if one.day is None else one.day for one in signals])
    cosine = leads @ leads.T
    rows = build_rows(signals)
    live = LiveTerms()
    later: list[int] = []
    earlier: list[int] = []
    found: list[NDArray[np.float64]] = [np.empty((0, len(SIGNALS)))]
    for at, one in enumerate(signals):
        live.add_article(one.terms.ids)
        gap = np.abs(days[:at] - days[at])
        within = np.flatnonzero((cosine[at, :at] > COSINE_FLOOR) & ~(gap > REACH_DAYS))
        before = days[at] - days[:at]
        density = Density(near=int(np.sum((before >= 0) & (before <= WINDOW_DAYS))), live=at)
        signals_within = compute_pair_signals(rows[at : at + 1], rows[within], density=density, live_terms=live)
        kept = ~exclusion_mask(rows[at : at + 1], rows[within], signals_within)
        near = within[kept].tolist()
        later += [at] * len(near)
        earlier += near
        found.append(signals_within[kept])
    return Pairs(np.array(later, np.intp), np.array(earlier, np.intp), np.concatenate(found))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
