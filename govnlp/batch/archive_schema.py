"""The tables of an archive. Their names and columns are stable within a schema version.

Keys: `source_id` numbers files and parts of long tables; `article_key` and `paragraph_key` number articles and
paragraphs, in reading order within a source. A changed file gets new numbers; no number is given twice.
"""

from __future__ import annotations

SCHEMA_VERSION = 1
TABLES = ("sources", "articles", "paragraphs", "tags", "figures", "practices")
VIEWS = ("tagged",)

SCHEMA = """
-- one row: what this file is
CREATE TABLE archive (
    schema_version INTEGER NOT NULL,
    govnlp         VARCHAR NOT NULL,      -- the version that made it
    created_at     TIMESTAMP NOT NULL,    -- all times are UTC
    next_source    INTEGER NOT NULL,      -- the numbers to give next
    next_article   BIGINT NOT NULL,
    next_paragraph BIGINT NOT NULL
);
-- one row a file; a long table is kept in parts
CREATE TABLE sources (
    source_id    INTEGER PRIMARY KEY,
    file         VARCHAR NOT NULL,        -- relative to the archive's folder where it lies below it
    part         INTEGER NOT NULL,        -- 0, 1, 2 … within a file
    content_hash VARCHAR NOT NULL,        -- tells whether it has changed
    articles     INTEGER NOT NULL,        -- how many
    paragraphs   INTEGER NOT NULL,
    model        VARCHAR NOT NULL,        -- fingerprint of the model that tagged it
    govnlp       VARCHAR NOT NULL,        -- version that read it
    tagged_at    TIMESTAMP NOT NULL
);
CREATE TABLE articles (
    article_key BIGINT PRIMARY KEY,
    source_id   INTEGER NOT NULL,         -- → sources
    article_id  VARCHAR NOT NULL,         -- made from the content
    source      VARCHAR,                  -- the page, as the article names it
    genre       VARCHAR NOT NULL,         -- report, news, commentary or note
    headline    VARCHAR,
    kicker      VARCHAR,
    date        VARCHAR,
    newspaper   VARCHAR,
    page        VARCHAR,
    locality    VARCHAR,                  -- full official name
    adcode      VARCHAR,                  -- GB/T 2260
    level       VARCHAR,                  -- province, city or county
    province    VARCHAR,
    city        VARCHAR,
    county      VARCHAR,
    unit        VARCHAR,
    reporter    VARCHAR
);
CREATE TABLE paragraphs (
    paragraph_key BIGINT PRIMARY KEY,
    source_id     INTEGER NOT NULL,       -- → sources
    article_key   BIGINT,                 -- → articles; null for the rows of a table
    id            VARCHAR,                -- as in a tagged row
    heading       VARCHAR,
    text          VARCHAR NOT NULL,
    columns       VARCHAR,                -- the other columns of a table, as a JSON object
    labels        VARCHAR[] NOT NULL,     -- the labels given; `tags` has one row for each
    unsure        VARCHAR[] NOT NULL,     -- labels whose score lies close to its threshold
    scores        MAP(VARCHAR, DOUBLE) NOT NULL
);
-- one row a label given; key: paragraph_key, label
CREATE TABLE tags (
    paragraph_key BIGINT NOT NULL,        -- → paragraphs
    source_id     INTEGER NOT NULL,
    label         VARCHAR NOT NULL,
    score         DOUBLE NOT NULL,
    evidence      STRUCT(term VARCHAR, start_char INTEGER, end_char INTEGER, weight DOUBLE)[] NOT NULL
);
-- one row a number of a text and what it counts; key: paragraph_key, start_char
CREATE TABLE figures (
    paragraph_key BIGINT NOT NULL,        -- → paragraphs
    source_id     INTEGER NOT NULL,
    text          VARCHAR NOT NULL,
    start_char    INTEGER NOT NULL,       -- characters of paragraphs.text, end excluded
    end_char      INTEGER NOT NULL,
    kind          VARCHAR NOT NULL,       -- count, money, percent, area …
    value         DOUBLE,
    unit          VARCHAR,
    what          VARCHAR,                -- what is counted
    hedge         VARCHAR,                -- 余, 近, 以上 …
    from_value    DOUBLE,                 -- 从26项减至5项: 26
    min_value     DOUBLE,
    max_value     DOUBLE,
    per           VARCHAR,
    flag          VARCHAR
);
-- one row a named practice; key: paragraph_key, start_char
CREATE TABLE practices (
    paragraph_key BIGINT NOT NULL,        -- → paragraphs
    source_id     INTEGER NOT NULL,
    name          VARCHAR NOT NULL,
    start_char    INTEGER NOT NULL,
    end_char      INTEGER NOT NULL,
    kind          VARCHAR NOT NULL,       -- method, brand, campaign, platform or place
    expansion     VARCHAR
);
-- paragraphs with their place and tags, in the columns of `govnlp tag`
CREATE VIEW tagged AS
SELECT p.id, a.article_id, coalesce(a.source, s.file) AS source, a.headline, a.locality, a.adcode, p.heading, p.text,
       p.labels, p.unsure, p.scores, s.file, p.columns, s.tagged_at, 'model:' || s.model AS coder
FROM paragraphs p JOIN sources s USING (source_id) LEFT JOIN articles a USING (article_key)
ORDER BY s.file, s.part, p.paragraph_key;
"""

QUERIES = """
-- How many paragraphs speak of each mechanism, by province?
SELECT a.province, t.label, count(*) AS paragraphs
FROM tags t JOIN paragraphs p USING (paragraph_key) JOIN articles a USING (article_key)
GROUP BY ALL ORDER BY a.province, paragraphs DESC;

-- Which counties report the most grid workers?
SELECT a.locality, a.adcode, max(f.value) AS most, arg_max(p.text, f.value) AS said
FROM figures f JOIN paragraphs p USING (paragraph_key) JOIN articles a USING (article_key)
WHERE f.kind = 'count' AND f.what LIKE '%网格员%' AND a.level = 'county'
GROUP BY ALL ORDER BY most DESC LIMIT 20;

-- Which named practices occur in paragraphs on deliberation, and how often?
SELECT pr.name, pr.kind, count(*) AS times
FROM practices pr JOIN tags t USING (paragraph_key)
WHERE t.label = 'deliberation' AND t.score > 0.8
GROUP BY ALL ORDER BY times DESC, pr.name;
"""
