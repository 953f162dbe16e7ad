"""Making, renaming and moving categories."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.question_bank.errors import CategoryNotValid
from tenant_apps.question_bank.items import split_path
from tenant_apps.question_bank.models import Category, Question

LONGEST_NAME = 200
DEEPEST = 6


def _lock_tree() -> None:
    """Let one transaction at a time change the tenant's tree, so that siblings differ in name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('category'), hashtext(current_schema()))"
        )


def _child(parent: Category | None, name: str) -> Category | None:
    return Category.objects.filter(parent=parent, name__iexact=name).order_by("code").first()


@transaction.atomic
def category_at(path: str, *, by: Any) -> Category:
    """Return the category of a path of names, making what is missing of it.

    Raises CategoryNotValid.
    """
    names = split_path(path)
    if not names:
        raise CategoryNotValid(_("Pilih atau tulis kategori soal."), field="category")
    if len(names) > DEEPEST or any(len(name) > LONGEST_NAME or "\0" in name for name in names):
        raise CategoryNotValid(
            _("Paling banyak {deepest} tingkat, dan nama paling panjang 200 huruf.").format(
                deepest=DEEPEST
            ),
            field="category",
        )
    found: Category | None = None
    locked = False
    for name in names:
        child = _child(found, name)
        if child is None and not locked:
            _lock_tree()
            locked = True
            child = _child(found, name)
        found = child or _make(found, name, by=by)
    assert found is not None
    return found


def _make(parent: Category | None, name: str, *, by: Any) -> Category:
    category = Category(parent=parent, name=name)
    category.code = category.pk.hex
    category.save()
    audit.record("category.saved", by=by, kind="category", ref=category.pk, data={"name": name})
    return category


@transaction.atomic
def save_category(
    *, by: Any, name: str, parent: Category | None = None, category: Category | None = None
) -> Category:
    """Make a category, or rename and move the given one. Raises CategoryNotValid."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or "\0" in name:
        raise CategoryNotValid(_("Beri nama, paling panjang 200 huruf."), field="name")
    _lock_tree()
    depth, above = 1, parent
    while above is not None:
        if category is not None and above.pk == category.pk:
            raise CategoryNotValid(
                _("Kategori tidak dapat dipindah ke dalam dirinya sendiri."), field="parent"
            )
        depth, above = depth + 1, above.parent
    if depth + (_height(category) if category else 0) > DEEPEST:
        raise CategoryNotValid(
            _("Kategori paling dalam {deepest} tingkat.").format(deepest=DEEPEST), field="parent"
        )
    twin = _child(parent, name)
    if twin is not None and (category is None or twin.pk != category.pk):
        raise CategoryNotValid(_("Kategori dengan nama ini sudah ada di sini."), field="name")
    if category is None:
        return _make(parent, name, by=by)
    if (category.name, category.parent_id) != (name, parent.pk if parent else None):
        category.name, category.parent = name, parent
        category.save(update_fields=["name", "parent"])
        audit.record("category.saved", by=by, kind="category", ref=category.pk, data={"name": name})
    return category


def _height(category: Category) -> int:
    """Return how many levels lie below a category."""
    level, height = [category.pk], 0
    while level := list(Category.objects.filter(parent__in=level).values_list("pk", flat=True)):
        height += 1
    return height


@transaction.atomic
def delete_category(*, by: Any, category: Category) -> None:
    """Delete a category that holds nothing and serves nothing. Raises CategoryNotValid."""
    _lock_tree()
    if (
        Category.objects.filter(parent=category).exists()
        or Question.objects.filter(category=category).exists()
    ):
        raise CategoryNotValid(_("Kategori ini masih berisi soal atau kategori lain."))
    audit.record(
        "category.deleted", by=by, kind="category", ref=category.pk, data={"name": category.name}
    )
    category.delete()
