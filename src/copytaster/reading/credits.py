"""Photo lines taken apart: a credit is who made or sent the picture, a caption what it shows."""

import re

AGENCIES = (
    "AP|AFP|EPA|EPA-EFE|EFE|dpa|DPA|APA|ANSA|ANP|TASS|TT|NTB|PA|PA Media|PA Wire|SDA|Keystone|"
    "KEYSTONE|Reuters|REUTERS|Getty|Getty Images|AFP via Getty Images|Bloomberg|Belga|BELGA|"
    "BELTA|Belta|Xinhua|Kyodo|Jiji|Imago|IMAGO|imago images|picture alliance|Shutterstock|"
    "Anadolu|Alamy|Lusa|CTK|ČTK|PAP|MTI|RIA Novosti|Sputnik|Interfax|Ukrinform|UPI|AAP|CP|"
    "The Canadian Press|Associated Press|The Associated Press|ITAR-TASS|Unsplash|Pixabay|iStock|"
    "Ritzau Scanpix|Scanpix|Europa Press|NurPhoto|Zuma|ZUMA|Postmedia News"
)
LABEL = (
    r"(?:Photo(?:graph|s|graphs|graphy)?(?:\s+(?:by|credit))?|Picture|Pic|Image(?:\s+credits?|"
    r"\s+source|s)?|File\s+photo|Source|Credits?|Courtesy(?:\s+of)?|Foto(?:s|grafie|graf)?|Bild(?:er|"
    r"quelle|nachweis|rechte)?|Quelle|Copyright|Rechte|Crédits?(?:\s+photo)?|Fotografía|Imagen|"
    r"Immagine|Fuente|Zdjęcie|Fot|Dok|Bron|Beeld|Kuva|Kilde|Фото|Источник|写真|图片来源|صورة|الصورة|"
    r"Créditos?|Isithombe|Izithombe|Picha)"
)
_BY = (
    r"(?:(?:Photo(?:graph)?s?|Picture|Image|Illustration)\s+by|Fotos?\s+(?:de|von|di|av|por))"
    r"\s(?=(?-i:[A-ZÀ-Þ]))"
)
_FIRST = "(?=[BCDFIKPQRSZИФ写图صا©(（])"
"""The first sign of a mark, by which most places are passed over at once."""
_MARK = rf"{_FIRST}(?:{LABEL}\s*\.?\s*[:：]|Dok\.|©|\(c\)\s|（[CＣ]）|{_BY})"
_OF_MARKS = (":", "：", "©", "(c)", "（", "Dok.", "oto by", "otos by", "raph by", "raphs by",
             "icture by", "mage by", "tration by", "Foto")  # fmt: skip
"""What any mark has: most lines have none, and need not be looked through for them."""
_NAMES = r"[A-ZÀ-Þ][\w'’.-]+(?:\s+(?:[A-ZÀ-Þ][\w'’.-]*|de|von|van|der|al)){1,3}"
_AGENCY_FIRST = re.compile(
    rf"^\s*{LABEL}\s*[:：]\s*((?:{AGENCIES})(?:[/,]\s?(?:{AGENCIES}))*)\s+(?=\S{{3}})(.+)$", re.S
)
_BRACKETED = re.compile(
    r"^(.+?)\s*[(\[]\s*((?:[^()\[\]]|\(c\)|\([^()]{1,40}\)){2,120})\s*[)\]]\s*\.?\s*$", re.S
)
_TRAILING = re.compile(
    rf"^(.+?[\w.!?…»”\"')])\s*(?:[-–—|/]\s*)?{_FIRST}(?<![^\W_]{{12}}){_MARK}\s*(\S.{{0,110}})$",
    re.S,
)
_JAPANESE = "ＡＰ|ＡＦＰ|ＡＦＰ時事|ＥＰＡ時事|ロイター|共同|共同通信|時事|時事通信|ゲッティ"
_AFTER_BAR = re.compile(
    rf"^(?:(.{{10,}}?\S)(?:\s*[|｜]\s*({_NAMES}(?:\s*/\s*\S.{{1,30}})?|{AGENCIES})|\s*\s/\s({_NAMES})"
    rf"|＝(.{{2,14}}撮影)|（(.{{2,14}})撮影）)|(.{{2,}}?\S)[＝（]({_JAPANESE})）?)$",
    re.S,
)
"""A name behind a bar or a stroke; in Japanese "taken by", or an agency, behind a double line."""
_BARS = ("|", "｜", "/", "＝", "（")
_GIVEN = "Supplied|Submitted|Contributed|Handout|Courtesy"
"""What stands in the place of a credit where nobody is named."""
_SIGNED = re.compile(
    rf"^(.+[.!?…»”\"])\s*((?:{_NAMES}\s*[/(][^.]{{2,60}}(?:\.\w{{2,3}})?\)?)|(?:{AGENCIES})(?:/{_NAMES})?|{_GIVEN})$",
    re.S,
)
"""A name and an agency, or an agency, after the last sentence."""
_STROKES = re.compile(r"^(.{8,}?) / ([^/]{3,40}\s/\s[^/]{2,40})$", re.S)
"""Two of them behind strokes."""
_WHOLE = re.compile(rf"^\s*[(\[]?\s*{_MARK}\s*(.+?)\s*[)\]]?\s*$", re.I | re.S)
_SIGNS = re.compile(
    rf"{_MARK}|\S/\S|\S / \S|\bvia\b|\b(?:{AGENCIES})\b|\b(?:AP Photo|Photo|Foto|Pool|Handout)\b"
)
_CALLED = re.compile(
    r"(?!(?:Arch|Symb|File|Left|Right|Links|Rechts|Montage))(?:(?:[A-ZÀ-Þ][\w'’.,&-]*|of|the|for|and|de|von|van|der|al)"
    r"(?:\s+|$)){1,8}"
)
"""A name in brackets after the sentence: a person, a house, an authority."""
_COUNT = re.compile(r"^\[\d+/\d+\]\s*")
"""Which picture of how many."""
_RIGHTS = re.compile(
    r"\s*[/,.]?\s*(?:Copyright (?:19|20)\d\d\b.*|All rights reserved\.?)$", re.I | re.S
)
_OF_RIGHTS = ("copyright", "reserved")
_STRIP = re.compile(
    rf"^(?:{LABEL}\s*\.?\s*[:：]\s*|Courtesy of\s+|Photo by\s*[-/]+|{_BY}\s*|©\s*|\(c\)\s+|"
    r"(?:Bild|Image|Foto|Copyright)\s?©\s*|Copyright\s+(?=\S)|(?:Fotos?|Image|Photo) ?/ ?)+",
    re.I,
)


def split_credit(line: str) -> tuple[str | None, str | None]:
    """Take a photo line apart: caption and credit, each without its label, or nothing.

    "Photo: EPA President Doe" is a credit ("EPA") and then a caption; "President Doe (AP
    Photo/Jane Roe)", "President Doe. Foto: dpa" and "© Reuters" are the other usual forms.
    """
    line = line.strip()
    if line.startswith("[") and (count := _COUNT.match(line)):
        line = line[count.end() :]
    if not line:
        return None, None
    if match := _AGENCY_FIRST.match(line):
        return match[2].strip() or None, match[1]
    if (match := _WHOLE.match(line)) and len(line) < 120:
        return None, clean_credit(match[1])
    if (match := _SIGNED.match(line)) or (" / " in line and (match := _STROKES.match(line))):
        return match[1].strip(), clean_credit(match[2])
    if ("(" in line or "[" in line) and (match := _BRACKETED.match(line)):
        before, inside = match[1].strip(), match[2].strip()
        names = (
            _CALLED.fullmatch(inside) is not None
            and before.endswith((".", "!", "?", "”", '"'))
            and inside not in before
        )
        if names or _SIGNS.search(inside):
            return before, clean_credit(inside)
    if any(map(line.__contains__, _OF_MARKS)) and (match := _TRAILING.match(line)):
        return match[1].strip(), clean_credit(match[2])
    if any(map(line.__contains__, _BARS)) and (match := _AFTER_BAR.match(line)):
        before, credit = filter(None, match.groups())
        if not _SIGNS.search(before):
            return before.strip(), credit.strip()
    return line, None


def clean_credit(text: str | None) -> str | None:
    """Give a credit without label, sign and brackets."""
    if not text:
        return None
    text = text.strip()
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    if label := _STRIP.match(text):
        text = text[label.end() :]
    if any(map(text.lower().__contains__, _OF_RIGHTS)):
        text = _RIGHTS.sub("", text)
    text = text.strip(" ,;:|-–—/\u00a0")
    if text.endswith(")") and "(" not in text:
        text = text[:-1]
    return text.strip() or None
