"""Looking for faults in a desk: in the file, and between its tables."""

import sqlite3

from copytaster.desk.record import unpack

_NONE_OF = {
    "articles without a saved page": "SELECT count(*) FROM article WHERE page NOT IN "
    "(SELECT number FROM page)",
    "saved pages of nothing": "SELECT count(*) FROM page WHERE number NOT IN "
    "(SELECT page FROM article UNION ALL SELECT page FROM former UNION ALL "
    "SELECT page FROM missed WHERE page IS NOT NULL)",
    "articles of no outlet": "SELECT count(*) FROM article WHERE outlet NOT IN "
    "(SELECT number FROM outlet)",
    "outlets that are counted wrong": "SELECT count(*) FROM outlet WHERE articles <> "
    "(SELECT count(*) FROM article WHERE outlet = outlet.number)",
    "languages that are counted wrong": "SELECT count(*) FROM language WHERE articles <> "
    "(SELECT count(*) FROM article WHERE language = tag)",
    "articles with a version missing": "SELECT count(*) FROM article WHERE version <> 1 + "
    "(SELECT count(*) FROM former WHERE former.article = article.number)",
    "articles that are not in the index": "SELECT abs((SELECT count(*) FROM article) - "
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
        for id, record in connection.execute("SELECT id, record FROM article"):
            try:
                if unpack(record).id != id:
                    found.append(f"article {id}: its record is of another")
            except ValueError as error:
                found.append(f"article {id}: its record cannot be read: {error}")
    except sqlite3.Error as error:
        return [f"file: {error}"]
    return found
