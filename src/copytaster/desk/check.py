"""Looking for faults in a desk: in the file, and between its tables."""

import sqlite3
from collections import Counter

from copytaster.desk.record import Records

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
    "states without a saved page": "SELECT count(*) FROM state WHERE page NOT IN "
    "(SELECT number FROM page)",
    "saved pages of nothing": "SELECT count(*) FROM page WHERE number NOT IN "
    "(SELECT page FROM state UNION ALL SELECT page FROM missed WHERE page IS NOT NULL)",
    "outlets that are counted wrong": "SELECT count(*) FROM outlet WHERE (articles, latest) IS NOT "
    "(SELECT count(*), max(at) FROM article WHERE outlet = outlet.number)",
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
