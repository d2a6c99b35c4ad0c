"""Captions and credits: a photo line taken apart, and the pictures of an article put together.

A credit is who made or sent the picture ("EPA", "Jane Doe/AP"); the caption is what it shows.
"""

import re

AGENCIES = (
    "AP|AFP|EPA|EPA-EFE|EFE|dpa|DPA|APA|ANSA|ANP|TASS|TT|NTB|PA|PA Media|PA Wire|SDA|Keystone|"
    "KEYSTONE|Reuters|REUTERS|Getty|Getty Images|AFP via Getty Images|Bloomberg|Belga|BELGA|"
    "BELTA|Belta|Xinhua|Kyodo|Jiji|Imago|IMAGO|imago images|picture alliance|Shutterstock|"
    "Anadolu|Alamy|Lusa|CTK|ČTK|PAP|MTI|RIA Novosti|Sputnik|Interfax|Ukrinform|UPI|AAP|CP|"
    "The Canadian Press|Associated Press|The Associated Press|ITAR-TASS|Unsplash|Pixabay|iStock"
)
_LABEL = (
    r"(?:Photo(?:graph|s|graphs|graphy)?(?:\s+(?:by|credit))?|Picture|Pic|Image(?:\s+credit|"
    r"\s+source|s)?|Photo\s+credit|Source|Credit|Courtesy(?:\s+of)?|Foto(?:s|grafie|graf)?|Bild(?:er|"
    r"quelle|nachweis)?|Quelle|Copyright|Crédits?(?:\s+photo)?|Fotografía|Imagen|Immagine|Fuente|"
    r"Zdjęcie|Fot\.|Bron|Beeld|Kuva|Kilde|Фото|Источник|写真|图片来源|图|صورة|الصورة|Créditos?)"
)
_WHOLE = re.compile(
    rf"^\s*[(\[]?\s*(?:{_LABEL}\s*[:：]|©|\(c\)\s)\s*(.+?)\s*[)\]]?\s*$", re.I | re.S
)
_AGENCY_FIRST = re.compile(
    rf"^\s*{_LABEL}\s*[:：]\s*((?:{AGENCIES})(?:[/,]\s?(?:{AGENCIES}))*)\s+(?=\S{{3}})(.+)$", re.S
)
_BRACKETED = re.compile(
    rf"^(.+?)\s*[(\[]\s*((?:{_LABEL}\s*[:：]|©|via\s|AP\s+Photo)?[^()\[\]]{{2,90}}|[^()\[\]]{{2,60}}\(c\)[^()\[\]]*)[)\]]\s*$",
    re.S,
)
_TRAILING = re.compile(
    rf"^(.+?[.!?…»”\"')\w])\s*(?:[-–—|/]\s*)?"
    rf"(?:{_LABEL}\s*[:：]|©|Photo by|Photograph by|Photograph:)\s*(\S.{{1,90}})$",
    re.S,
)
_SIGNS = re.compile(
    rf"(?:{_LABEL}\s*[:：/]|©|/|\bvia\b|\b(?:{AGENCIES})\b|\bAP Photo\b|"
    r"\bPhoto\b|\bFoto\b|\bPool\b)"
)
_STRIP = re.compile(
    rf"^\s*(?:(?:{_LABEL})\s*[:：]\s*|(?:Photo|Photograph|Foto|Image)s?\s+(?:by|de|von)\s+|"
    r"©\s*|\(c\)\s+|(?:Bild|Image) ?©\s*)+",
    re.I,
)


def split_credit(line: str) -> tuple[str | None, str | None]:
    """Take a photo line apart: caption and credit, each without its label, or nothing.

    "Photo: EPA President Doe" is a credit ("EPA") and then a caption; "President Doe (AP
    Photo/Jane Roe)", "President Doe. Foto: dpa" and "© Reuters" are the other usual forms.
    """
    line = line.strip()
    if not line:
        return None, None
    if match := _AGENCY_FIRST.match(line):
        return match[2].strip() or None, match[1]
    if match := _BRACKETED.match(line):
        inside = match[2]
        if _SIGNS.search(inside):
            return match[1].strip(), clean_credit(inside)
    if match := _TRAILING.match(line):
        return match[1].strip(), clean_credit(match[2])
    if (match := _WHOLE.match(line)) and len(line) < 120:
        return None, clean_credit(match[1])
    return line, None


def clean_credit(text: str | None) -> str | None:
    """Give a credit without label, sign and brackets."""
    if not text:
        return None
    text = _STRIP.sub("", text.strip().strip("()[]|").strip())
    return text.strip(" ,;:|-–—\u00a0").removesuffix(")") or None
