"""What a cue makes of its content: a statement, a belief, an intention, an act; said or denied."""

import re

from copytaster.claim import Attitude

_WORD = re.compile(r"[\w’'-]+")

_INTENTION = re.compile(
    r"\b(?:want(?:s|ed|ing)?|wish(?:es|ed)? to|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|intention|"
    r"aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|look(?:s|ed|ing)? (?:for|to)|is looking|are looking|"
    r"was looking|try(?:ing)?|tri(?:es|ed)|attempt(?:s|ed|ing)?|prepar(?:es|ed|ing) to|"
    r"decid(?:e|es|ed|ing)|decision|choos(?:e|es|ing)|chose|refus(?:e|es|ed|ing) to|agree[sd]? to|"
    r"hop(?:es|ed|ing)? to|mean(?:s|t)? to|prefer(?:s|red)?|desires?|eager|willing|ready to|"
    r"would like|efforts? to|push(?:es|ed|ing)? (?:for|to)|bent on|determined|resolved? to)\b",
    re.I,
)
_BELIEF = re.compile(
    r"\b(?:hop(?:e|es|ed|ing|eful)|believ(?:e|es|ed|ing)|belief|think(?:s|ing)?|thought|feel(?:s|ing)?|"
    r"felt|fear(?:s|ed|ing)?|worr(?:y|ies|ied|ying)|concern(?:s|ed)?|doubt(?:s|ed|ful)?|suspect(?:s|ed)?|"
    r"expect(?:s|ed|ing|ations?)?|assum(?:e|es|ed|ing|ption)|know(?:s|n|ing)?|knew|"
    r"see(?:s|n|ing)?|saw|view(?:s|ed|ing)?|consider(?:s|ed|ing)?|regard(?:s|ed)?|"
    r"understand(?:s|ing)?|understood|realiz(?:e|es|ed)|realis(?:e|es|ed)|learn(?:s|ed)?|remember(?:s|ed)?|"
    r"forget|forgot|wonder(?:s|ed|ing)?|imagin(?:e|es|ed)|convinced|confident|optimistic|"
    r"skeptical|sceptical|afraid|anxious|certain|sure|aware|happy|glad|angry|upset|proud|surprised|"
    r"like[sd]?|love[sd]?|hate[sd]?|dislike[sd]?|trust(?:s|ed)?|care[sd]? about|opinions?|"
    r"perceptions?|perceived?|in (?:his|her|their) (?:eyes|mind|view)|presum(?:e|es|ed|ably)|"
    r"finds?|resent(?:s|ed)?)\b",
    re.I,
)
_STANCE = re.compile(
    r"\b(?:support(?:s|ed|ing|ers?)?|oppos(?:e|es|ed|ing)|opponents?|admires?|admired|back(?:s|ed)|"
    r"passionate|despair|disdain|embrac(?:e|es|ed)|seems?|seemed|in mind|critics? of|friend of)\b",
    re.I,
)
_ACT = re.compile(
    r"\b(?:impos(?:e|es|ed|ing)|lift(?:s|ed)|abolish(?:es|ed)|appoint(?:s|ed)|allocat(?:e|es|ed)|"
    r"bann(?:ed|ing)|bans|launch(?:es|ed)|resist(?:s|ed|ing)?|impl(?:ement|ements|emented)|"
    r"introduc(?:es|ed)|enact(?:s|ed)|sign(?:s|ed)|veto(?:es|ed)|pass(?:es|ed)|adopt(?:s|ed)|"
    r"approv(?:es|ed)|block(?:s|ed)|cancel(?:s|led|ed)|grant(?:s|ed)|fund(?:s|ed)|"
    r"respond(?:s|ed|ing)? to)\b",
    re.I,
)
_SPOKEN = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|ask(?:s|ed|ing)?|wr(?:ite|ites|ote|itten)|"
    r"express(?:es|ed|ing)?|voic(?:e|es|ed|ing)|warn(?:s|ed|ing)?|announc(?:e|es|ed|ing)|according|"
    r"stat(?:e|es|ed|ing)|statement|argu(?:e|es|ed|ing)|claim(?:s|ed|ing)?|call(?:s|ed|ing)?|"
    r"promis(?:e|es|ed|ing)|vow(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|publicly|tweet(?:s|ed|ing)?|"
    r"report(?:s|ed|ing)?|insist(?:s|ed|ing)?|note[sd]?|add(?:s|ed|ing)?)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|no longer|neither|nor|without|n[’']t)\b|n[’']t\b", re.I)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial|ials)|refut(?:e|es|ed|ing)|rebut(?:s|ted|ting)?|"
    r"disput(?:e|es|ed|ing)|rejected (?:claims|allegations|accusations|suggestions|reports)|"
    r"disavow(?:s|ed|ing)?|declin(?:e|es|ed|ing) to (?:say|comment|confirm|discuss)|"
    r"refus(?:e|es|ed|ing) to (?:say|comment|confirm|discuss|acknowledge))\b",
    re.I,
)


def attitude(cue: str) -> Attitude:
    """Tell what a cue ("said", "is hoping", "plans") makes of its content.

    Where the cue says that a feeling was put into words ("expressed hope"), it is a statement.
    """
    if _SPOKEN.search(cue):
        return "statement"
    if _INTENTION.search(cue):
        return "intention"
    if _BELIEF.search(cue) or _STANCE.search(cue):
        return "belief"
    return "act" if _ACT.search(cue) else "statement"


def negated(cue: str, before: str = "") -> bool:
    """Tell whether the cue denies, or is denied by itself or the last words before it.

    "did not say", "never said" and "denied" are; "did not deny" is not.
    """
    denial = bool(_DENIAL.search(cue))
    words = _WORD.findall(before)[-2:]
    not_ = bool(_NOT.search(cue)) or any(_NOT.search(word) for word in words)
    return denial != not_
