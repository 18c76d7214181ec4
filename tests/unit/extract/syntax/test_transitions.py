"""Greedy parsing with numpy decides what spaCy's own component decides."""

from typing import Any

import spacy

from services.extract.syntax.spacy_parser import model_folder
from services.extract.syntax.transitions import TransitionReader

SENTENCES = (
    "Yes.",
    "Ada Reyl said on Monday that the bridge would close, and that nobody had been hurt.",
    "The council, which met for the third time this week, declined to confirm whether the dam was safe.",
    "Zażółć gęślą jaźń; 40 people — all of them from Keld — were killed when the mill burned down.",
)


def test_heads_and_relations_are_those_of_the_component() -> None:
    with model_folder() as folder:
        model = spacy.load(folder, exclude=["ner", "attribute_ruler", "lemmatizer", "senter"])
    parser = model.get_pipe("parser")
    expected = list(model.pipe(SENTENCES))
    docs = [model.make_doc(sentence) for sentence in SENTENCES]
    for name in ("tok2vec", "tagger"):
        component: Any = model.get_pipe(name)
        component.set_annotations(docs, component.predict(docs))

    reader = TransitionReader(parser)
    reader.set_annotations(docs, reader.predict(docs))

    read = [[(token.head.i, token.dep_) for token in doc] for doc in docs]
    assert read == [[(token.head.i, token.dep_) for token in doc] for doc in expected]
