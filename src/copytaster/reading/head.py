"""What a page says of itself out of sight: its title, its metas, its address, its scripts."""

from selectolax.lexbor import LexborNode

from copytaster.reading.tree import Attributes, Tree, fold

LEAST_DATA = 500
"""Characters from where a script's JSON may hold an article."""


def take_head(tree: Tree, head: LexborNode) -> None:
    """Take the title, the metas, the canonical address and the scripts."""
    for node in head.iter():
        tag = node.tag
        if tag == "meta":
            take_meta(tree, node.attributes)
        elif tag == "script":
            take_script(tree, node)
        elif tag == "title":
            tree.title = tree.title or fold(node.text())
        elif tag == "link" and not tree.canonical:
            attributes = node.attributes
            if "canonical" in (attributes.get("rel") or "").lower().split():
                tree.canonical = attributes.get("href")


def take_meta(tree: Tree, attributes: Attributes) -> None:
    get = attributes.get
    name = get("property") or get("name") or get("itemprop")
    content = get("content")
    if name and content:
        tree.metas.setdefault(name.strip().lower(), []).append(content)


def take_script(tree: Tree, script: LexborNode) -> None:
    """Take the text of a script that holds JSON."""
    kind = (script.attributes.get("type") or "").lower()
    held = script.first_child if "json" in kind else None
    if held is not None:
        text = held.text_content or ""
        if "ld+json" in kind:
            tree.scripts.append(text)
        elif len(text) > LEAST_DATA:
            tree.data.append(text)
