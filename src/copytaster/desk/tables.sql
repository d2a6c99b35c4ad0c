-- What is on the desk. `number` is time-ordered (see numbers.py), so that newest first is this
-- table, and the full-text index, walked backwards. An article keeps its number over versions.
CREATE TABLE article (
    number  INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    outlet  INTEGER NOT NULL REFERENCES outlet,
    at      INTEGER NOT NULL,  -- when it was published, or else came: seconds since 1970
    dated   INTEGER NOT NULL,  -- whether `at` is the page's own date
    place   TEXT,              -- absolute path of a page that has no address of its own
    arrival INTEGER NOT NULL REFERENCES arrival,
    state   INTEGER NOT NULL REFERENCES state,
    agency  TEXT,              -- that it credits
    lineage INTEGER REFERENCES lineage,  -- nothing where it shares its origin with none
    story   INTEGER REFERENCES story
);
CREATE INDEX article_of_outlet ON article (outlet);
CREATE UNIQUE INDEX article_in_state ON article (state);
CREATE INDEX article_of_lineage ON article (lineage) WHERE lineage IS NOT NULL;
CREATE INDEX outlet_of_lineage ON article (lineage, outlet) WHERE lineage IS NOT NULL;
CREATE INDEX article_of_story ON article (story);
CREATE INDEX article_at_place ON article (place) WHERE place IS NOT NULL;

-- The states of articles, in the order they came: `before` is the one that this one replaced.
CREATE TABLE state (
    number  INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,  -- from 1
    added   INTEGER NOT NULL,  -- seconds since 1970
    before  INTEGER REFERENCES state,
    name    TEXT    NOT NULL,  -- of the page that it was read from: the path in the user's words
    item    INTEGER NOT NULL,  -- whether that is an entry of a feed
    record  BLOB    NOT NULL,  -- the Article
    page    BLOB    NOT NULL   -- the Page as it came: see record.py
);

-- What records are compressed with: see record.py.
CREATE TABLE dictionary (
    number  INTEGER PRIMARY KEY,
    content BLOB NOT NULL
);

-- The articles in the order they came, with what similarity needs (see terms.py).
CREATE TABLE arrival (
    number  INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article,
    vector  BLOB    NOT NULL,
    nearest BLOB    NOT NULL,  -- arrival and cosine of the articles next to it, nearest first
    posted  INTEGER NOT NULL   -- whether others find it by its terms: not where it is a copy
);

-- What articles carry of one another, by arrival: words of `source` stand in `article`.
CREATE TABLE copy (
    article      INTEGER NOT NULL REFERENCES arrival,
    source       INTEGER NOT NULL REFERENCES arrival,
    kind         TEXT    NOT NULL,
    share        REAL    NOT NULL,  -- of the article
    source_share REAL    NOT NULL,
    evidence     TEXT    NOT NULL,  -- reasons, a space between
    passages     BLOB    NOT NULL,  -- see record.py
    followed     INTEGER NOT NULL,  -- whether the article's lineage goes this way
    PRIMARY KEY (article, source)
) WITHOUT ROWID;
CREATE INDEX copy_of ON copy (source);

-- Articles that go back to one origin, where there are several: one independent report.
CREATE TABLE lineage (
    number   INTEGER PRIMARY KEY,
    root     INTEGER NOT NULL REFERENCES arrival,  -- whom all the others follow
    origin   INTEGER NOT NULL REFERENCES arrival,  -- that, or the agency's own article
    agency   TEXT,
    wire     INTEGER NOT NULL,  -- whether the origin is the agency's own
    articles INTEGER NOT NULL,
    outlets  INTEGER NOT NULL
);

-- Stories; what grouping knows of them, and what lists show (see stories.py).
CREATE TABLE story (
    number   INTEGER PRIMARY KEY,
    id       INTEGER NOT NULL,  -- its 16 digits as a signed number
    newest   INTEGER NOT NULL REFERENCES arrival,
    content  BLOB,              -- see shelved.py; nothing where no more articles can come
    articles INTEGER NOT NULL DEFAULT 0,
    outlets  INTEGER NOT NULL DEFAULT 0,
    reports  INTEGER NOT NULL DEFAULT 0,  -- independent ones
    first    INTEGER NOT NULL DEFAULT 0,  -- `at` of its earliest article
    latest   INTEGER NOT NULL DEFAULT 0,
    lead     INTEGER REFERENCES article,  -- whose headline it has
    rank     INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX story_of_id ON story (id);
CREATE INDEX story_by_rank ON story (rank) WHERE articles > 1;

-- The ids of stories that are no more, each with an article that was in it: where that is now, there
-- the rest went.
CREATE TABLE former (
    id      INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL REFERENCES arrival
);

-- The last articles by arrival, which may still be moved to another story.
CREATE TABLE member (
    number  INTEGER PRIMARY KEY REFERENCES arrival,
    content BLOB NOT NULL
);

-- What persons decided about stories, in the order they did.
CREATE TABLE ruling (
    number  INTEGER PRIMARY KEY,
    made    INTEGER NOT NULL,  -- seconds since 1970
    act     TEXT    NOT NULL,
    content TEXT    NOT NULL   -- Rulings as JSON
);

-- Shingles that articles of an outlet share though they are not alike. `outlet` is the CRC-32 of
-- the name, `articles` how many more than one had it.
CREATE TABLE furniture (
    outlet   INTEGER NOT NULL,
    shingle  INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (outlet, shingle)
) WITHOUT ROWID;

-- Digests of pages that were read, address and bytes: what is here need not be read again.
CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID;

-- The addresses of articles, as addresses.py tells them: for teasers, and to find an article.
CREATE TABLE address (
    key     INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article
);

CREATE TABLE missed (
    number     INTEGER PRIMARY KEY,
    path       TEXT    NOT NULL UNIQUE,
    url        TEXT,
    error      TEXT    NOT NULL,
    added      INTEGER NOT NULL,
    fetched    TEXT,
    media_type TEXT,
    charset    TEXT,
    content    BLOB            -- the page, zstd, where it came
);
CREATE INDEX missed_address ON missed (url) WHERE url IS NOT NULL;

CREATE TABLE outlet (
    number   INTEGER PRIMARY KEY,
    key      TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    articles INTEGER NOT NULL,
    latest   INTEGER NOT NULL   -- `at` of its newest article
);

CREATE TABLE language (
    tag      TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;

-- Reads by day: nothing about who read.
CREATE TABLE reads (
    article INTEGER NOT NULL REFERENCES article,
    day     TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (article, day)
) WITHOUT ROWID;

-- Images that were asked for with the articles. `url` is as the article's record has it.
CREATE TABLE picture (
    article    INTEGER NOT NULL REFERENCES article,
    url        TEXT    NOT NULL,
    media_type TEXT    NOT NULL,
    content    BLOB    NOT NULL,
    PRIMARY KEY (article, url)
);

-- What servers said of the state of what they sent: for asking later whether it changed.
CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    source        TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT
) WITHOUT ROWID;

-- The words of articles, by number. It keeps no text of its own: what was indexed is made again
-- from the record. `facet` holds a token for the outlet, the language and "any", so that filters
-- are part of the match. The body is first because FTS5 notes the column of all but the first.
CREATE VIRTUAL TABLE words USING fts5 (
    body, headline, lead, facet,
    content = '',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- In how many articles terms stand: see counts.py.
CREATE TABLE terms (
    run     INTEGER PRIMARY KEY,
    content BLOB NOT NULL
);

-- Under which terms an article is found, by arrival: the 8 hexadecimal digits of each are a word.
CREATE VIRTUAL TABLE posting USING fts5 (
    terms,
    content = '',
    columnsize = 0,
    detail = 'none',
    tokenize = 'ascii'
);

-- Under which samples of its shingles an article is found, by state, 7 hexadecimal digits each.
-- States that are past stay here: whoever finds one sees that no article is in it.
CREATE VIRTUAL TABLE sample USING fts5 (
    shingles,
    content = '',
    columnsize = 0,
    detail = 'none',
    tokenize = 'ascii'
);

-- What claims were made with: a model and its version.
CREATE TABLE maker (
    number  INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE
);

-- The claims of articles' states, once they are made: a state that is not here is pending.
CREATE TABLE claims (
    state   INTEGER PRIMARY KEY REFERENCES state,
    maker   INTEGER NOT NULL REFERENCES maker,
    text    INTEGER NOT NULL,  -- tells the same text again
    record  BLOB,              -- see claimed.py; nothing where they could not be made
    error   TEXT               -- why
);
CREATE INDEX claims_of_text ON claims (text);
CREATE INDEX claims_of_maker ON claims (maker);
CREATE INDEX claims_missed ON claims (state) WHERE error IS NOT NULL;

-- The names of people and bodies. Names that are one person's have one `whole`.
CREATE TABLE speaker (
    number  INTEGER PRIMARY KEY,
    key     TEXT    NOT NULL UNIQUE,
    name    TEXT    NOT NULL,
    kind    TEXT,
    sound   TEXT    NOT NULL,             -- that other spellings share
    same    INTEGER REFERENCES speaker,   -- what it was found to be another name of
    why     TEXT,                         -- on what evidence
    whole   INTEGER NOT NULL,
    claims  INTEGER NOT NULL DEFAULT 0    -- statements, of the whole
);
CREATE INDEX speaker_of_sound ON speaker (sound);
CREATE INDEX speaker_of_whole ON speaker (whole);
CREATE INDEX speaker_of_same ON speaker (same) WHERE same IS NOT NULL;
CREATE INDEX speaker_by_claims ON speaker (claims DESC, number) WHERE claims > 0;

-- What speakers were said to be: an office and a word that narrows it.
CREATE TABLE office (
    speaker INTEGER NOT NULL REFERENCES speaker,
    name    TEXT    NOT NULL,
    PRIMARY KEY (speaker, name)
) WITHOUT ROWID;

-- What a person ruled about speakers, by their keys, as JSON.
CREATE TABLE naming (
    number  INTEGER PRIMARY KEY,
    ruling  TEXT    NOT NULL,
    made    INTEGER NOT NULL   -- seconds since 1970
);

-- Who said what: the claims of articles' current states, by their place in the record.
CREATE TABLE said (
    article INTEGER NOT NULL REFERENCES article,
    place   INTEGER NOT NULL,
    state   INTEGER NOT NULL REFERENCES claims,
    stated  INTEGER NOT NULL,             -- whether it is a statement, no belief or intention
    words   INTEGER NOT NULL,             -- tells the same words again
    named   INTEGER REFERENCES speaker,   -- nothing where nobody is named
    speaker INTEGER REFERENCES speaker,   -- the whole of that
    PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX said_by ON said (speaker, article, stated) WHERE speaker IS NOT NULL;
CREATE INDEX said_under ON said (named) WHERE named IS NOT NULL;
CREATE TRIGGER said_more AFTER INSERT ON said WHEN new.stated BEGIN
    UPDATE speaker SET claims = claims + 1 WHERE number = new.speaker; END;
CREATE TRIGGER said_less AFTER DELETE ON said WHEN old.stated BEGIN
    UPDATE speaker SET claims = claims - 1 WHERE number = old.speaker; END;
CREATE TRIGGER said_moved AFTER UPDATE OF speaker ON said WHEN new.stated BEGIN
    UPDATE speaker SET claims = claims - (number = old.speaker) + (number = new.speaker)
    WHERE number IN (old.speaker, new.speaker); END;

-- The words of claims, by article and place (see claimed.py).
CREATE VIRTUAL TABLE claimed USING fts5 (
    says, speaker, via, whole,
    content = '',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- The words of speakers' names, by number.
CREATE VIRTUAL TABLE named USING fts5 (
    name,
    content = '',
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
