"""Train `copytaster.reading.prose` on dumps of the labelled pages, and say how well it does.

export OPENBLAS_NUM_THREADS=1                  # more threads would only wait for each other
python -m bench.train_dumps                    # scores on publishers not seen, of five parts
python -m bench.train_dumps --shuffle a        # the same with other parts
python -m bench.train_dumps --write            # the weights of all pages, into prose.json

A piece is text of the article where most of its 4-word shingles, or all of its words if it is
short, stand in the label. Every page counts the same, within it each piece by its length. The
headline is what our own reading of the page has or, where no piece says that, what the label calls
so. The
second network is trained on what the first says of publishers that it was not trained on, and so is
the third on what the second says.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from bench.dumps import Score, dumped, installed, mean_of, score, titles_of
from bench.labelled import Label, f1, folds, pages, plain, publisher, wanted_body
from bench.train_reading import Array, Fitted, fit_rows, network_of, save, written

from copytaster.page import Page
from copytaster.reading import NoArticle, prose
from copytaster.reading.encoding import decode
from copytaster.reading.heads import candidacies
from copytaster.reading.html import read_html
from copytaster.reading.leaning import leanings, phrases
from copytaster.reading.lines import Dump, pieces
from copytaster.reading.look import Columns, size
from copytaster.reading.spoken import spoken, words_of
from copytaster.reading.standing import standings

PARTS, INNER = 5, 3
FIRST, SECOND, THIRD = range(2), range(4), range(4)
"""From which starts the networks are trained that are laid side by side."""
PUBLISHERS = 4
"""With how many publishers a phrase must stand for its leaning to be known."""
EVEN = 0.7
"""Added to a phrase's leaning: a phrase of articles stands around some others as well."""
HEADLINE = 5
"""How many times more the headline counts than a piece that is none."""
Table = dict[str, float]


class Example:
    """A dump with the pieces that are the article's, as the label has it."""

    def __init__(self, browser: str, name: str, dump: Dump, label: Label, shown: str) -> None:
        self.browser, self.name, self.dump = browser, name, dump
        self.publisher = publisher(pages()[name][0])
        self.words = spoken(dump)
        self.phrases = phrases(self.words)
        self.sight = prose.sight(dump, self.words)
        self.right = _right(dump, wanted_body(label))
        letters = np.array([max(8, min(size(p.text), 400)) for p in dump.pieces], np.float32)
        head = _head(dump, (shown, str(label.get("title") or "")))
        self.answers = np.stack([self.right, head], axis=1)
        weight = (1 + HEADLINE * head) * bool(head.any())
        shares = (letters / letters.sum(), weight / len(head))
        self.counts = 200 * np.stack(shares, axis=1)


def _head(dump: Dump, titles: Sequence[str]) -> Array:
    """Tell which pieces are the headline: those that say the first of the titles that is said."""
    said = [plain(piece.text) for piece in dump.pieces]
    title = next((title for title in map(plain, titles) if title and title in said), None)
    return np.array([text == title for text in said], np.float32)


def _right(dump: Dump, label: str) -> Array:
    whole, known = f" {plain(label)} ", set(_runs(label))
    right = []
    for piece in dump.pieces:
        text = plain(piece.text)
        own = _runs(text)
        long = len(text) >= 40
        most = sum(shingle in known for shingle in own) * 2 > len(own)
        right.append(most if long else len(text) > 1 and f" {text} " in whole)
    sure = [n for n, piece in enumerate(dump.pieces) if right[n] and len(piece.text) >= 40]
    if sure:  # short words stand anywhere: they count within the article alone
        right = [yes and sure[0] - 4 <= n <= sure[-1] + 4 for n, yes in enumerate(right)]
    return np.array(right, np.float32)


def _runs(text: str) -> list[tuple[str, ...]]:
    """Give the runs of four words of a text; where none are parted, of four times two letters."""
    words = list(words_of(plain(text)))
    return [tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))]


class Phrases:
    """In the text of which publishers each phrase stands, and around that of which."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.text: defaultdict[str, set[str]] = defaultdict(set)
        self.around: defaultdict[str, set[str]] = defaultdict(set)
        self.of: defaultdict[str, set[str]] = defaultdict(set)
        for example in examples:
            for said, right in zip(example.phrases, example.right, strict=True):
                self.of[example.publisher] |= said
                for phrase in said:
                    (self.text if right else self.around)[phrase].add(example.publisher)
        every = sorted({*self.text, *self.around})
        self.table = {phrase: lean for phrase in every if (lean := self._lean(phrase, ""))}

    def without(self, publisher: str) -> Table:
        """Give the leanings as they would be if a publisher had not been looked at."""
        table = dict(self.table)
        for phrase in self.of[publisher]:
            table.pop(phrase, None)
            if lean := self._lean(phrase, publisher):
                table[phrase] = lean
        return table

    def _lean(self, phrase: str, without: str) -> float:
        text = _others(self.text.get(phrase), without)
        around = _others(self.around.get(phrase), without)
        if text + around < PUBLISHERS:
            return 0.0
        return round(max(-3.0, min(3.0, math.log((text + 1) / (around + 1)) + EVEN)), 2)


def _others(publishers: set[str] | None, without: str) -> int:
    return len(publishers) - (without in publishers) if publishers else 0


class Trained:
    """Both networks and the leanings, of some examples."""

    def __init__(self, examples: Sequence[Example], *, shuffle: str = "") -> None:
        part = folds(INNER, f"{shuffle} inner")
        at_first: dict[int, Array] = {}
        for number in range(INNER):
            known = _First([e for e in examples if part[e.name] != number])
            at_first |= {
                id(e): known(e, known.phrases.table) for e in examples if part[e.name] == number
            }
        self.first = _First(examples)
        seen = self.first.seen
        for example, columns in zip(examples, seen, strict=True):
            columns |= standings(example.dump, example.words, at_first[id(example)])
        self.columns = list(seen[0])
        self.second = _fitted(examples, seen, SECOND, epochs=8)
        candidates = self._candidates(examples, seen, part)
        self.candidates = list(candidates[0])
        self.third = _chosen(examples, candidates)

    def _candidates(
        self, examples: Sequence[Example], seen: Sequence[Columns], part: Mapping[str, int]
    ) -> list[Columns]:
        """Give what the third network sees: by what the second says of what it does not know."""
        found = dict[int, Columns]()
        for number in range(INNER):
            known = [at for at, e in enumerate(examples) if part[e.name] != number]
            second = _fitted(
                [examples[at] for at in known], [seen[at] for at in known], (0,), epochs=8
            )
            for at, example in enumerate(examples):
                if part[example.name] == number:
                    likely = second(prose.rows(seen[at]))
                    found[at] = candidacies(example.dump, example.words, seen[at], likely)
        return [found[at] for at in range(len(examples))]

    def reader(self) -> prose.Reader:
        return prose.Reader(
            self.first.phrases.table,
            network_of(self.first.fitted),
            network_of(self.second),
            network_of(self.third),
        )


class _First:
    """The first network, and what it saw."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.phrases = Phrases(examples)
        tables = {name: self.phrases.without(name) for name in self.phrases.of}
        self.seen = [e.sight | leanings(e.phrases, tables[e.publisher]) for e in examples]
        self.columns = list(self.seen[0])
        self.fitted = _fitted(examples, self.seen, FIRST, epochs=6)

    def __call__(self, example: Example, table: Table) -> Array:
        return self.fitted(prose.rows(example.sight | leanings(example.phrases, table)))


def _fitted(
    examples: Sequence[Example], seen: Sequence[Columns], seeds: Sequence[int], *, epochs: int
) -> Fitted:
    return fit_rows(
        np.concatenate([prose.rows(columns) for columns in seen]),
        np.concatenate([example.answers for example in examples]),
        np.concatenate([example.counts for example in examples]).astype(np.float32),
        seeds=seeds,
        epochs=epochs,
    )


def _chosen(examples: Sequence[Example], candidates: Sequence[Columns]) -> Fitted:
    """Train to choose the headline on the dumps that have it."""
    shown = [at for at, example in enumerate(examples) if example.answers[:, 1].any()]
    answers = np.concatenate([examples[at].answers[:, 1:] for at in shown])
    return fit_rows(
        np.concatenate([prose.rows(candidates[at]) for at in shown]),
        answers,
        np.ones_like(answers),
        seeds=THIRD,
        epochs=30,
        pages=[len(examples[at].answers) for at in shown],
    )


def examples() -> list[Example]:
    found = []
    for name, (page, label) in pages().items():
        shown = _shown(page)
        for browser in installed():
            dump = pieces(decode(dumped(browser, name, page), None, html=False))
            if dump.pieces:
                found.append(Example(browser, name, dump, label, shown))
    return found


def _shown(page: Page) -> str:
    """Give the headline as our own reading of the page has it."""
    try:
        return read_html(page).headline
    except NoArticle:
        return ""


def unseen(shuffle: str = "") -> dict[str, list[Score]]:
    """Give the scores by browser of pages whose publishers were not trained on."""
    part, known, found = folds(PARTS, shuffle), examples(), list[Score]()
    shipped = prose.reader
    try:
        for number in range(PARTS):
            train = [example for example in known if part[example.name] != number]
            trained = Trained(train, shuffle=shuffle).reader()
            prose.reader = lambda trained=trained: trained  # type: ignore[assignment]
            found += [score(e.browser, e.name) for e in known if part[e.name] == number]
    finally:
        prose.reader = shipped
    return {name: [s for s in found if s.browser == name] for name in installed()}


def write() -> None:
    """Train on all pages, and write the weights."""
    every = examples()
    trained = Trained(every)
    about = f"bench/train_dumps.py on {len(every)} dumps"
    first = written(trained.first.fitted, trained.first.columns, prose.OUTPUTS, about)
    second = written(trained.second, trained.columns, prose.OUTPUTS, about)
    third = written(trained.third, trained.candidates, prose.CHOICE, about)
    leaning = trained.first.phrases.table
    save({"leaning": leaning, "first": first, "second": second, "third": third}, prose.WEIGHTS)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="train on all pages")
    parser.add_argument("--shuffle", default="", help="cut the publishers into other parts")
    arguments = parser.parse_args()
    if arguments.write:
        write()
        return
    for browser, scores in unseen(arguments.shuffle).items():
        precision, recall = mean_of(scores)
        print(
            f"{browser:9} P {precision:.3f}  R {recall:.3f}  F1 {f1(precision, recall):.3f}  "
            f"{titles_of(scores)}"
        )


if __name__ == "__main__":
    main()
