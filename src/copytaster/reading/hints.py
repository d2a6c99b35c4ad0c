"""What the words of an element tell: its name, class, id and role as a set of flags.

The one place to add a cue: a word below, under the flag it speaks for. Words are matched whole,
after "articleBody", "article-body" and "article_body" have been cut into "article" and "body"; a
word with a hyphen is matched against two neighbours.
"""

import re

FURNITURE = 1
RELATED = 2
COMMENT = 4
HIDDEN = 8
NAVIGATION = 16
FIGURE = 32
CAPTION = 64
CREDIT = 128
BYLINE = 256
DATE = 512
BODY = 1024
LEAD = 2048
KICKER = 4096
QUOTE = 8192
LIST = 16384
TABLE = 32768
TITLE = 65536
BIO = 131072
ARTICLE = 262144
MAIN = 524288
COUNT = 1048576
SECTION = 2097152
UNSEEN = 4194304
HOVER = 8388608

AGAINST = FURNITURE | RELATED | COMMENT | HIDDEN | NAVIGATION | BIO | CREDIT | BYLINE | DATE
AGAINST |= CAPTION | FIGURE | KICKER | QUOTE | LEAD | UNSEEN
APART = CREDIT | BYLINE | DATE | CAPTION | KICKER | TITLE | COUNT | SECTION | UNSEEN
"""Hints that make a span stand apart from the text around it."""

WORDS: dict[int, str] = {
    FURNITURE: """
        share sharing social newsletter subscribe subscription paywall cookie consent banner ad
        ads advert advertisement adslot sponsored promo promotion toolbar tools breadcrumb
        breadcrumbs print popup modal overlay login register signup donate donation app-store
        survey poll quiz copyright-notice legal disclaimer tags tag-list taglist topics keywords
        skip-link widget player video-player audio-player rating rate vote feedback
        correction-form toc share-buttons sharebar piano outbrain taboola cta infobox-promo
        offer offers affiliate follow partner button buttons btn listen accessibility donate-box
        weather ticker stock-ticker marquee noprint
    """,
    RELATED: """
        related recommended recommendation recommendations recommend read-more readmore more-on
        see-also teaser teasers trending popular most-read mostread latest-news also-read read-next
        up-next next-article more-stories similar recirc recirculation onward card cards
        you-may more-from sidebar aside rail right-rail rightrail crosslink further-reading
        linkbox link-list article-list storylist news-list topstories carousel relatedcontent
        morenews top-stories latest suggestions suggested
    """,
    COMMENT: "comments comment disqus commentlist comment-list responses respond kommentare forum",
    NAVIGATION: """
        nav navbar navigation menu footer masthead site-header pagination pager submenu
        site-footer page-footer megamenu drawer offcanvas hamburger
    """,
    FIGURE: "figure image photo picture gallery media slideshow bild foto img wp-caption",
    CAPTION: """
        podpis caption captions figcaption legend legende bildunterschrift img-caption photo-caption
        image-caption pie-foto bildtext caption-text wp-caption-text image-description
    """,
    CREDIT: """
        credit credits copyright photographer photo-credit image-credit image-source bildquelle
        fotocredit attribution image-copyright source-credit rights fotograf agency
    """,
    BYLINE: """
        byline bylines author authors autor autoren auteur auteurs writer journalist contributor
        contributors article-author author-name by-line
    """,
    DATE: """
        date dateline timestamp datetime pubdate published publish-date updated when modified time
        datepublished datemodified post-date entry-date datum fecha
    """,
    BODY: """
        articlebody article-body article-content article-text articletext entry-content
        post-content story-body storybody story-content body-text article-main rich-text richtext
        post-body content-body main-content body-content text-content wysiwyg text-body
    """,
    LEAD: """
        standfirst lead lede intro lid subtitle subheadline sub-headline deck dek subhead
        article-intro article-lead summary description abstract chapeau chapo vorspann entradilla
        excerpt subheading lead-text teaser-text ingress untertitel sottotitolo
    """,
    KICKER: """
        kicker overline eyebrow dachzeile spitzmarke topline toptitle antetitulo rubric section-name
        category-name label roofline supertitle pretitle
    """,
    QUOTE: "pullquote pull-quote blockquote quote",
    TITLE: "title headline article-title entry-title article-headline post-title story-title",
    UNSEEN: """
        sr-only visually-hidden screen-reader-text visuallyhidden sr-text screen-reader offscreen
        screenreader visible-hidden u-hidden assistive-text a11y-hidden
    """,
    HOVER: """
        tooltip-content tooltip-text tooltip-inner tooltip-body popover-content popover-body
        popover-inner hovercard-content hover-card-content rollover-block rollover-content
    """,
    COUNT: "reads shares views count counter comment-count comments-count likes reactions",
    SECTION: "section category rubric rubrik rubrika cat-links desk channel ressort",
    BIO: "author-bio author-box about-author bio author-info author-description authorbox",
}
TAGS: dict[str, int] = {
    "nav": NAVIGATION,
    "footer": NAVIGATION,
    "aside": RELATED,
    "menu": NAVIGATION,
    "dialog": FURNITURE,
    "form": FURNITURE,
    "button": FURNITURE,
    "figure": FIGURE,
    "amp-ad": FURNITURE,
    "figcaption": CAPTION | FIGURE,
    "blockquote": QUOTE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
    "address": BYLINE,
    "article": ARTICLE,
    "main": MAIN,
}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_LOWER = re.compile(r"[a-z]+")
_ALONE: dict[str, int] = {}
_AFTER: dict[str, dict[str, int]] = {}
"""What a word tells after another one: "read" and "more" are "read-more", "by" and "line" one."""
for _flag, _words in WORDS.items():
    for _word in _words.split():
        _ALONE[_word] = _ALONE.get(_word, 0) | _flag
        for _cut in range(1, len(_word)):
            _first, _second = _word[:_cut], _word[_cut:].removeprefix("-")
            _known = _AFTER.setdefault(_first, {})
            _known[_second] = _known.get(_second, 0) | _flag

KNOWN: dict[str, int] = {}
"""The flags of classes, as they are written: pages share most of them."""
_TOKENS: dict[str, int] = {}
_MOST = 50_000


def of(words: str) -> int:
    """Give the flags of an element with `words` as class, id and role, and keep them."""
    if len(KNOWN) > _MOST:
        KNOWN.clear()
    flags = 0
    for token in words.split():
        known = _TOKENS.get(token)
        flags |= _of_token(token) if known is None else known
    KNOWN[words] = flags
    return flags


def _of_token(token: str) -> int:
    """Give the flags of one word of a class, and keep them."""
    if len(_TOKENS) > _MOST:
        _TOKENS.clear()
    flags, word, after = 0, "", None
    for word in _words_of(token):
        flags |= _ALONE.get(word, 0)
        if after is not None:
            flags |= after.get(word, 0)
        after = _AFTER.get(word)
    if word == "footer" and flags & FIGURE:
        flags &= ~NAVIGATION  # "image-footer" holds the caption
    _TOKENS[token] = flags
    return flags


def _words_of(token: str) -> list[str]:
    """Cut "articleBody", "article-body" and "article_body" into words, in small letters."""
    if token.islower() and token.isascii():
        return _LOWER.findall(token)
    return [word.lower() for word in _WORD.findall(token)]


def every() -> list[str]:
    """Give the names of all flags, lowest bit first."""
    known = [
        (value, name.lower()) for name, value in globals().items()
        if name.isupper() and isinstance(value, int) and value & (value - 1) == 0
    ]  # fmt: skip
    return [name for _, name in sorted(known)]


def names(flags: int) -> list[str]:
    """Give the names of the flags that are set, for people to read."""
    return [name for bit, name in enumerate(every()) if flags >> bit & 1]
