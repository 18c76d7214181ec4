"""The tables of the index: one SQLite file, made anew at each start of the process.

Words and marks are FTS5 tables. `claim_words` has the claims in order of time: `services.api.search.claim_ids`. What is
put in is cut into words already, so that the tokenizer has nothing to do but to part them at blanks.
"""

TOKENIZER = "tokenize=\"ascii tokenchars ':_.'\""
"""Every token as it is: letters that are not ASCII are token characters in any case."""

SCHEMA = f"""
CREATE TABLE events(
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,          -- as in view:events: the default order
    updated INTEGER NOT NULL,     -- this and all times: microseconds since 1970
    first_published INTEGER,
    last_published INTEGER,
    origins INTEGER NOT NULL,
    publishers INTEGER NOT NULL
);
CREATE TABLE documents(           -- apart from events, whose rows must stay small: they are read by the thousand
    id INTEGER PRIMARY KEY,
    summary BLOB NOT NULL,        -- JSON of EventSummary
    row BLOB NOT NULL             -- the index row and the claims, packed
);
CREATE INDEX events_by_place ON events(place);
CREATE VIRTUAL TABLE event_words USING fts5(headline, names, titles, {TOKENIZER});
CREATE VIRTUAL TABLE event_tokens USING fts5(tokens, content='', columnsize=0, detail=none, {TOKENIZER});
CREATE VIRTUAL TABLE claim_words USING fts5(tokens, content='', columnsize=0, detail=none, {TOKENIZER});
CREATE TABLE claims(
    id INTEGER PRIMARY KEY,       -- by time: see claim_ids
    event INTEGER NOT NULL,       -- id in events
    number INTEGER NOT NULL,      -- in the event's row
    origins INTEGER NOT NULL,
    reported INTEGER              -- when it was first reported
);
CREATE TABLE labels(event INTEGER, facet TEXT, label TEXT, PRIMARY KEY(event, facet, label)) WITHOUT ROWID;
CREATE TABLE days(event INTEGER, first INTEGER, last INTEGER, PRIMARY KEY(event, first, last)) WITHOUT ROWID;
CREATE TABLE gains(at INTEGER, event INTEGER, number INTEGER, origin INTEGER, PRIMARY KEY(at, event, number))
    WITHOUT ROWID;
CREATE TABLE outlets(             -- what each outlet did in each event
    outlet TEXT,                  -- its key
    place TEXT,                   -- of the event, as in events: the order of lists
    event INTEGER,
    articles INTEGER, copies INTEGER, decided INTEGER, first INTEGER, claims INTEGER, named INTEGER,
    corrected INTEGER, withdrawn INTEGER, figures INTEGER, superseded INTEGER,
    PRIMARY KEY(outlet, place)
) WITHOUT ROWID;
CREATE TABLE copied(              -- whose texts it printed there
    outlet TEXT, event INTEGER, name TEXT, source TEXT, articles INTEGER, PRIMARY KEY(outlet, event, name)
) WITHOUT ROWID;
CREATE TABLE moves(
    number INTEGER PRIMARY KEY,
    position TEXT NOT NULL,       -- in the update log, so written that texts sort as positions do
    event_id TEXT NOT NULL,
    moved_from TEXT NOT NULL      -- the place that the event had before; empty: it was new
);
CREATE INDEX moves_by_event ON moves(event_id, position);
CREATE INDEX moves_by_place ON moves(moved_from, position);
CREATE TABLE state(position TEXT NOT NULL, moves_since TEXT NOT NULL);
INSERT INTO state VALUES('', '');
"""
"""`state` has one row: how far the index is, and since when moves are complete."""

BUILDING = """
PRAGMA page_size=8192;
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
PRAGMA cache_size=-65536;
"""
"""While it is built: a process that is killed begins with an empty file anyway."""
FOLLOWING = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
PRAGMA cache_size=-16384;
"""
"""Afterwards: readers see whole transactions, and wait for no writer."""
READING = """
PRAGMA query_only=ON;
PRAGMA cache_size=-16384;
PRAGMA temp_store=MEMORY;
"""
HASH_BYTES = 16 * 1024 * 1024
"""Memory in which FTS5 gathers tokens before it writes them: the more, the less is merged later."""
