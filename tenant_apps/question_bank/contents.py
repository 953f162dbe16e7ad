"""What a question shows (`body`) and what it hides (`key`), by its kind.

| kind | body, beside `stem` and perhaps `more` | key, beside `explanation` |
|---|---|---|
| single, true_false | options [{id, html}] | right (id); perhaps percents {id: text} |
| multiple | options | percents {id: text} |
| weighted | options | points {id: 1 to 5} |
| matching | prompts [{id, html}], options | pairs {id of prompt: id of option} |
| short | | accepted [{text, percent}], case_sensitive |
| numerical | | accepted [{value, tolerance, percent}] |
| essay | | rubric [{text, points}], guidance |

`feedback` {id: html} may stand in a key with options. `fixed` in a body keeps the options' order.
Numbers with decimals are texts, so that they stay exact.
"""

from collections.abc import Callable, Sequence
from typing import Any

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.items import FULL, Choice, QuestionItem
from tenant_apps.question_bank.sources import plain
from toolkit import markdown

Data = dict[str, Any]
ImageUrl = Callable[[str], str]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ONE_RIGHT = {QuestionKind.SINGLE, QuestionKind.TRUE_FALSE}
#: Kinds whose answer is chosen among options.
CHOSEN = ONE_RIGHT | {QuestionKind.MULTIPLE, QuestionKind.WEIGHTED}


def content(item: QuestionItem, image_url: ImageUrl) -> tuple[Data, Data]:
    """Return (body, key) of a question that was checked; ids are a, b, c … as written."""
    stem, more = markdown.render_question(item.stem, image_url=image_url)
    body: Data = {"stem": stem}
    if more:
        body["more"] = more
    if not item.shuffle:
        body["fixed"] = True
    key: Data = {}
    if item.kind in CHOSEN:
        body["options"] = _options([choice.text for choice in item.choices], image_url)
        key = _chosen_key(item)
    elif item.kind == QuestionKind.MATCHING:
        answers = list(dict.fromkeys(pair.answer for pair in item.pairs))
        body["prompts"] = _options([p.prompt for p in item.pairs if p.prompt], image_url)
        body["options"] = _options(answers, image_url)
        rows = [pair for pair in item.pairs if pair.prompt]
        key["pairs"] = {
            LETTERS[index]: LETTERS[answers.index(pair.answer)] for index, pair in enumerate(rows)
        }
    elif item.kind == QuestionKind.SHORT:
        key["accepted"] = [
            {"text": choice.text, "percent": plain(choice.percent)} for choice in item.choices
        ]
        key["case_sensitive"] = item.case_sensitive
    elif item.kind == QuestionKind.NUMERICAL:
        key["accepted"] = [
            {
                "value": choice.text,
                "tolerance": plain(choice.tolerance),
                "percent": plain(choice.percent),
            }
            for choice in item.choices
        ]
    else:
        key["rubric"] = [{"text": row.text, "points": row.points} for row in item.rubric]
        key["guidance"] = _block(item.guidance, image_url)
    key["explanation"] = _inline(item.explanation, image_url)
    return body, key


def _inline(text: str, image_url: ImageUrl) -> str:
    stem, more = markdown.render_question(text, image_url=image_url)
    return stem + more


def _block(text: str, image_url: ImageUrl) -> str:
    return markdown.render(text, image_url=image_url) if text else ""


def _options(texts: Sequence[str], image_url: ImageUrl) -> list[Data]:
    return [
        {"id": LETTERS[index], "html": markdown.render_inline(text, image_url=image_url)}
        for index, text in enumerate(texts)
    ]


def _by_letter(choices: Sequence[Choice], value: Callable[[Choice], Any]) -> Data:
    return {LETTERS[index]: value(choice) for index, choice in enumerate(choices)}


def _chosen_key(item: QuestionItem) -> Data:
    key: Data = {}
    if item.kind in ONE_RIGHT:
        right = next(n for n, choice in enumerate(item.choices) if choice.percent == FULL)
        key["right"] = LETTERS[right]
        if any(choice.percent for n, choice in enumerate(item.choices) if n != right):
            key["percents"] = _by_letter(item.choices, lambda choice: plain(choice.percent))
    elif item.kind == QuestionKind.MULTIPLE:
        key["percents"] = _by_letter(item.choices, lambda choice: plain(choice.percent))
    else:
        key["points"] = _by_letter(item.choices, lambda choice: choice.points)
    said = {n: choice.feedback for n, choice in enumerate(item.choices) if choice.feedback}
    if said:
        key["feedback"] = {LETTERS[n]: markdown.render_inline(text) for n, text in said.items()}
    return key
