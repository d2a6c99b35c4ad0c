"""Looking for faults in a desk: in the file, and between its tables."""

import sqlite3
from collections import Counter

from copytaster.desk.claimed import MOST, unpack_claims, within
from copytaster.desk.identity import digest
from copytaster.desk.numbers import SPAN
from copytaster.desk.record import Records, unpack_bytes, unpack_passages
from copytaster.desk.rulings import unpack_rulings

_LINEAGE = "SELECT lineage FROM article WHERE number = (SELECT article FROM arrival WHERE number"

_NONE_OF = {
    "articles without a state": "SELECT count(*) FROM article WHERE state NOT IN "
    "(SELECT number FROM state)",
    "articles that did not arrive": "SELECT count(*) FROM article WHERE number IS NOT "
    "(SELECT article FROM arrival WHERE arrival.number = article.arrival)",
    "articles that arrived twice": "SELECT (SELECT count(*) FROM arrival) - "
    "(SELECT count(*) FROM article)",
    "states of nothing": "SELECT count(*) FROM state WHERE number NOT IN (SELECT state FROM "
    "article UNION ALL SELECT before FROM state WHERE before IS NOT NULL)",
    "states that do not follow on another": "SELECT count(*) FROM state WHERE version <> 1 + "
    "ifnull((SELECT version FROM state AS former WHERE former.number = state.before), 0)",
    "outlets that are counted wrong": "SELECT count(*) FROM outlet WHERE (articles, latest) IS NOT "
    "(SELECT count(*), max(at) FROM article WHERE outlet = outlet.number)",
    "copies of articles that did not arrive": "SELECT count(*) FROM copy WHERE "
    "article NOT IN (SELECT number FROM arrival) OR source NOT IN (SELECT number FROM arrival)",
    "articles that go back to two": "SELECT count(*) FROM (SELECT 1 FROM copy WHERE followed "
    "GROUP BY article HAVING count(*) > 1)",
    "articles that are in another lineage than what they go back to": "SELECT count(*) FROM copy "  # noqa: S608
    f"WHERE followed AND ({_LINEAGE} = copy.article)) IS NOT ({_LINEAGE} = copy.source))",
    "lineages that are counted wrong": "SELECT count(*) FROM lineage WHERE articles < 2 OR "
    "(articles, outlets) IS NOT (SELECT count(*), count(DISTINCT outlet) FROM article "
    "WHERE article.lineage = lineage.number)",
    "lineages that do not go back to their root": "SELECT count(*) FROM lineage WHERE "  # noqa: S608
    f"number IS NOT ({_LINEAGE} = root)) OR number IS NOT ({_LINEAGE} = origin)) "
    "OR root IN (SELECT article FROM copy WHERE followed)",
    "articles of lineages that are not there": "SELECT count(*) FROM article "
    "WHERE lineage IS NOT NULL AND lineage NOT IN (SELECT number FROM lineage)",
    "articles without a story": "SELECT count(*) FROM article WHERE story IS NULL OR "
    "story NOT IN (SELECT number FROM story)",
    "stories that are counted wrong": "SELECT count(*) FROM story WHERE articles > 0 AND "  # noqa: S608
    "(articles, outlets, reports, first, latest) IS NOT (SELECT count(*), count(DISTINCT outlet), "
    f"count(DISTINCT ifnull(-lineage, number)), {SPAN} FROM article "
    "WHERE article.story = story.number)",
    "stories with the headline of another": "SELECT count(*) FROM story WHERE articles > 0 AND "
    "number IS NOT (SELECT story FROM article WHERE article.number = lead)",
    "stories that went nowhere": "SELECT count(*) FROM former WHERE arrival NOT IN "
    "(SELECT number FROM arrival)",
    "stories that are counted and empty": "SELECT count(*) FROM story WHERE (articles > 0) <> "
    "(number IN (SELECT story FROM article))",
    "claims of states that are not there": "SELECT count(*) FROM claims WHERE state NOT IN "
    "(SELECT number FROM state)",
    "claims in the lists that are not current": "SELECT count(*) FROM said WHERE state IS NOT "
    "(SELECT state FROM article WHERE number = said.article)",
    "claims missing in the index": "SELECT abs((SELECT count(*) FROM said) - "
    "(SELECT count(*) FROM claimed_docsize))",
    "claims of speakers under a name that is none of theirs": "SELECT count(*) FROM said WHERE "
    "speaker IS NOT (SELECT whole FROM speaker WHERE number = named)",
    "speakers that are counted wrong": "SELECT count(*) FROM speaker WHERE claims <> "
    "(SELECT count(*) FROM said WHERE speaker = speaker.number AND stated) "
    "OR (claims > 0 AND whole <> number)",
    "articles missing in the index": "SELECT abs((SELECT count(*) FROM article) - "
    "(SELECT count(*) FROM words_docsize))",
}


def faults_of(connection: sqlite3.Connection) -> list[str]:
    """Say what is wrong, one line each."""
    try:
        lines = [line for (line,) in connection.execute("PRAGMA integrity_check(20)")]
        found = [f"file: {line}" for line in lines if line != "ok"]
        for what, question in _NONE_OF.items():
            (count,) = connection.execute(question).fetchone()
            if count:
                found.append(f"{count} {what}")
        found += _records(connection)
        found += _pages(connection)
        found += _passages(connection)
        found += _stories(connection)
        found += _claims(connection)
    except sqlite3.Error as error:
        return [f"file: {error}"]
    return found


def _records(connection: sqlite3.Connection) -> list[str]:
    """Read every record, and count what is kept as counts."""
    found = []
    records = Records(connection)
    languages: Counter[str] = Counter()
    for id, record in connection.execute(
        "SELECT id, record FROM article JOIN state ON state.number = article.state"
    ):
        try:
            article = records.unpack(record)
        except ValueError as error:
            found.append(f"article {id}: its record cannot be read: {error}")
            continue
        if article.id != id:
            found.append(f"article {id}: its record is of another")
        if article.language is not None:
            languages[article.language] += 1
    if languages != Counter(dict(connection.execute("SELECT tag, articles FROM language"))):
        found.append("languages are counted wrong")
    return found


def _pages(connection: sqlite3.Connection) -> list[str]:
    """See whether saved pages can be read, and are those that were read when they came."""
    found = []
    records = Records(connection)
    for number, record, packed, id in connection.execute(
        "SELECT state.number, record, page, article.id FROM state "
        "LEFT JOIN article ON article.state = state.number"
    ):
        whose = f"article {id}" if id else f"state {number}, which is past"
        try:
            page = records.unpack_page(record, packed)
        except ValueError as error:
            found.append(f"{whose}: its saved page cannot be read: {error}")
            continue
        told = connection.execute("SELECT 1 FROM seen WHERE digest = ?", (digest(page),))
        if told.fetchone() is None:
            found.append(f"{whose}: its saved page is not what came")
    for path, content in connection.execute(
        "SELECT path, content FROM missed WHERE content IS NOT NULL"
    ):
        try:
            unpack_bytes(content)
        except ValueError as error:
            found.append(f"{path}, which is not read: the page cannot be either: {error}")
    return found


def _claims(connection: sqlite3.Connection) -> list[str]:
    """See whether claims can be read, lie within their texts and are listed."""
    found = []
    records = Records(connection)
    for number, record, kept, listed in connection.execute(
        "SELECT state.number, state.record, claims.record, "
        "(SELECT count(*) FROM said WHERE said.state = state.number) FROM claims "
        "JOIN state ON state.number = claims.state JOIN article ON article.state = state.number "
        "WHERE claims.record IS NOT NULL"
    ):
        try:
            article, claims = records.unpack(record), unpack_claims(kept)
        except ValueError as error:
            found.append(f"the claims of state {number} cannot be read: {error}")
            continue
        if not within(claims, article.text):
            found.append(f"claims of {article.id} lie outside its text")
        if listed != min(len(claims), MOST):
            found.append(f"{listed} of {len(claims)} claims of {article.id} are listed")
    return found


def _passages(connection: sqlite3.Connection) -> list[str]:
    """See whether the passages of copies lie within their articles."""
    found = []
    records = Records(connection)
    for kept, *sides in connection.execute(
        "SELECT passages, this.record, that.record FROM copy "
        "JOIN arrival AS came ON came.number = copy.article "
        "JOIN article AS copied ON copied.number = came.article "
        "JOIN state AS this ON this.number = copied.state "
        "JOIN arrival AS was ON was.number = source "
        "JOIN article AS carried ON carried.number = was.article "
        "JOIN state AS that ON that.number = carried.state"
    ):
        try:
            passages = unpack_passages(kept)
            article, source = (records.unpack(side) for side in sides)
        except ValueError as error:
            found.append(f"a copy cannot be read: {error}")
            continue
        if any(
            not 0 <= one.start < one.end <= len(article.text)
            or not 0 <= one.other_start < one.other_end <= len(source.text)
            for one in passages
        ):
            found.append(f"the passages of {article.id} in {source.id} lie outside")
    return found


def _stories(connection: sqlite3.Connection) -> list[str]:
    """Read what grouping goes on from, and the rulings."""
    # Only here: who reads a desk need not wait for numpy.
    from copytaster.desk.counts import unpack_run
    from copytaster.desk.shelf import DeskShelf

    found = []
    for run, content in connection.execute("SELECT run, content FROM terms").fetchall():
        try:
            unpack_run(content)
        except ValueError as error:
            found.append(f"counts of terms {run}: cannot be read: {error}")
    shelf = DeskShelf(connection)
    kept = "SELECT number FROM story WHERE content IS NOT NULL"
    for what, look, numbers in (
        ("story", shelf.story, kept),
        ("member", shelf.member, "SELECT number FROM member"),
    ):
        for (number,) in connection.execute(numbers).fetchall():
            try:
                look(number)
            except ValueError as error:
                found.append(f"{what} {number}: cannot be read: {error}")
    for number, content in connection.execute("SELECT number, content FROM ruling").fetchall():
        try:
            unpack_rulings(content)
        except ValueError as error:
            found.append(f"ruling {number}: cannot be read: {error}")
    return found
