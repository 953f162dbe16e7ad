"""Freezing a question into one person's paper, in an order of options that is its own."""

import random
from typing import Any

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.models import Question

Data = dict[str, Any]


def freeze(question: Question, chance: random.Random, *, shuffle: bool = True) -> tuple[Data, Data]:
    """Return (body, key) of a question for one paper.

    Options are numbered as shown, so that neither their order nor their names tell the key. The
    options of a matching question are always shuffled: their order would be the answer.
    `key["from"]` keeps which option of the bank each one is.
    """
    body = {name: value for name, value in question.body.items() if name != "fixed"}
    key = dict(question.key)
    if "options" not in body:
        return body, key
    options = list(body["options"])
    fixed = not shuffle or question.body.get("fixed") or question.kind == QuestionKind.TRUE_FALSE
    if question.kind == QuestionKind.MATCHING or not fixed:
        chance.shuffle(options)
    names = {option["id"]: str(place) for place, option in enumerate(options, start=1)}
    body["options"] = _renamed(options, names)
    key["from"] = {name: option for option, name in names.items()}
    if "right" in key:
        key["right"] = names[key["right"]]
    for part in ("percents", "points", "feedback"):
        if part in key:
            key[part] = {names[option]: value for option, value in key[part].items()}
    if "prompts" in body:
        prompts = {row["id"]: str(place) for place, row in enumerate(body["prompts"], start=1)}
        body["prompts"] = _renamed(body["prompts"], prompts)
        key["pairs"] = {prompts[row]: names[option] for row, option in key["pairs"].items()}
    return body, key


def _renamed(rows: list[Data], names: dict[str, str]) -> list[Data]:
    return [{"id": names[row["id"]], "html": row["html"]} for row in rows]
