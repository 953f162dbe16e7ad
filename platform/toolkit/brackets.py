"""Links in double square brackets: `[[PP 11/2017 Pasal 203]]`, `[[Cuti besar|cuti ini]]`.

A plugin of markdown-it. What a target means is said by a function in the environment; a target
that it does not know stays text, marked as a link that leads nowhere yet.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

LONGEST = 200


@dataclass(frozen=True)
class BracketLink:
    """Where a target leads, and what is shown where the author gives no words of their own."""

    url: str
    label: str


Resolve = Callable[[str], BracketLink | None]


def brackets_plugin(parser: MarkdownIt) -> None:
    """Add the rule; it works where `env["brackets"]` holds a `Resolve`."""
    parser.inline.ruler.before("link", "brackets", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    resolve: Resolve | None = state.env.get("brackets")
    start = state.pos
    if resolve is None or not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + LONGEST + 4))
    inner = state.src[start + 2 : end].strip() if end > 0 else ""
    if not inner or "[" in inner or "\n" in inner:
        return False
    if not silent:
        target, _bar, words = (part.strip() for part in inner.partition("|"))
        link = resolve(target)
        opening = state.push("link_open", "a", 1) if link else state.push("span_open", "span", 1)
        opening.attrSet(*(("href", link.url) if link else ("class", "no-target")))
        text = state.push("text", "", 0)
        text.content = words or (link.label if link else target)
        state.push("link_close", "a", -1) if link else state.push("span_close", "span", -1)
    state.pos = end + 2
    return True
