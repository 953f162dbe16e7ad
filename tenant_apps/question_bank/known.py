"""What the bank holds already, seen from an import: found by category and code, compared."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from tenant_apps.question_bank.checks import IMAGE, texts
from tenant_apps.question_bank.choices import ImportOutcome, QuestionKind
from tenant_apps.question_bank.items import QuestionItem
from tenant_apps.question_bank.models import Question
from tenant_apps.question_bank.selectors import as_item, category_paths
from tenant_apps.question_bank.sources import to_data


class Bank:
    """The questions of the bank by category path and code; one query for each category."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Read the tree of categories; `codes` are those that will be asked for."""
        self._codes = list(codes)
        self._paths = {path.casefold(): pk for pk, path in category_paths().items()}
        self._questions: dict[str, dict[str, Question]] = {}

    def find(self, item: QuestionItem) -> Question | None:
        """Return the question that this item would bring up to date."""
        path = item.category.casefold()
        if path not in self._questions:
            category_id = self._paths.get(path)
            found: Iterable[Question] = (
                Question.objects.filter(
                    category_id=category_id, code__in=self._codes
                ).select_related("category")
                if category_id
                else ()
            )
            self._questions[path] = {question.code: question for question in found}
        return self._questions[path].get(item.code)

    def missing_images(self, item: QuestionItem) -> list[str]:
        """Return the names of images that the texts show and the item does not hold."""
        if item.kind in (QuestionKind.SHORT, QuestionKind.NUMERICAL):
            shown = [item.stem, item.explanation]
        else:
            shown = texts(item)
        names = dict.fromkeys(found["name"] for text in shown for found in IMAGE.finditer(text))
        return [name for name in names if name not in item.images]

    def with_known_images(self, item: QuestionItem, known: Question | None) -> QuestionItem:
        """Return the item with the images of the stored question that it names and lacks."""
        missing = self.missing_images(item)
        if not missing or known is None:
            return item
        stored = as_item(known).images
        kept = {name: stored[name] for name in missing if name in stored}
        return replace(item, images={**item.images, **kept})

    def outcome(self, item: QuestionItem, known: Question | None) -> ImportOutcome:
        """Say what saving the item would do."""
        if known is None:
            return ImportOutcome.NEW
        old = dict(known.source)
        images = old.pop("images", {})
        columns = (
            known.kind, known.section, known.regulation, str(known.difficulty), list(known.tags),
        )  # fmt: skip
        wanted = (
            str(item.kind), item.section, item.regulation, str(item.difficulty), list(item.tags),
        )  # fmt: skip
        # By the bytes that came once, or by those that were stored.
        same_images = all(
            sha256(data).hexdigest() in images.get(name, {}).values()
            for name, data in item.images.items()
        )
        same_wording = old == to_data(replace(item, images={}), {}) and same_images
        if same_wording and columns == wanted and not known.retired:
            return ImportOutcome.SAME
        return ImportOutcome.CHANGED
