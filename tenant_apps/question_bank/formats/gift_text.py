r"""The small parts of GIFT: blocks between blank lines, marks that are not escaped, escapes.

`~ = # { } :` and the backslash are written with a backslash; `\n` is a new line in a text.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: A mark that no backslash takes away; the first branch skips what is escaped.
_MARK = re.compile(r"\\.|(####|#|=|~|\{|\}|->)", re.S)
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)
#: Our own remarks, which other programs skip as comments: `// lintas:tingkat: "sulit"`.
_REMARK = re.compile(r"//\s*lintas:([a-z-]+):\s*(.*)")
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])+)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])+)\]")


@dataclass
class Block:
    """Lines up to a blank one, without comments; `remarks` are those of ours."""

    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    id: str = ""

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(line for _number, line in self.lines)


def blocks(text: str) -> Iterator[Block]:
    """Yield the runs of lines between blank lines."""
    block = Block(0)
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            _comment(block, stripped)
        elif stripped:
            block.line = block.line or number
            block.lines.append((number, line))
        else:
            if block.lines:
                yield block
            block = Block(0)
    if block.lines:
        yield block


def _comment(block: Block, line: str) -> None:
    remark = _REMARK.fullmatch(line)
    if remark:
        try:
            value = json.loads(remark[2])
        except (ValueError, RecursionError):
            value = remark[2]
        block.remarks.append((remark[1], value if isinstance(value, str) else remark[2]))
        return
    found = _ID.search(line)
    if found and not block.id:
        block.id = re.sub(r"\\(.)", r"\1", found[1])
    block.tags += [re.sub(r"\\(.)", r"\1", tag) for tag in _TAG.findall(line)]


def marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield (place, mark) of every mark that is not escaped."""
    for found in _MARK.finditer(text):
        if found[1]:
            yield found.start(), found[1]


def unescape(text: str) -> str:
    """Return what a text says: indentation of the file goes, escapes are undone."""
    text = "\n".join(line.strip(" \t") for line in text.strip().split("\n"))
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def escape(text: str) -> str:
    """Return a text as GIFT writes it, on one line."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")


# An arrow inside a matching question would end its left side. As an entity it stays what it is
# for every reader of Markdown and HTML.
_ARROW = re.compile(r"-(?:>|&((?:amp;)*)gt;)")


def hide_arrow(text: str) -> str:
    """Return the text with its arrows as entities (and such entities marked once more)."""
    return _ARROW.sub(
        lambda found: "-&gt;" if found[0] == "->" else f"-&amp;{found[1] or ''}gt;", text
    )


def show_arrow(text: str) -> str:
    """Undo `hide_arrow`."""
    return re.sub(
        r"-&((?:amp;)*)gt;",
        lambda found: f"-&{found[1][4:]}gt;" if found[1] else "->",
        text,
    )


def remark(key: str, value: str) -> str:
    """Return a line with a remark of ours."""
    return f"// lintas:{key}: {json.dumps(value, ensure_ascii=False)}"
