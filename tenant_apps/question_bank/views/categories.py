"""The tree of categories."""

import uuid

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.question_bank import usage
from tenant_apps.question_bank.drawing import subtree
from tenant_apps.question_bank.errors import CategoryNotValid
from tenant_apps.question_bank.models import Category
from tenant_apps.question_bank.selectors import category_paths
from tenant_apps.question_bank.services import categories as services
from tenant_apps.question_bank.views.questions import crumbs
from toolkit.access_rules import needs


class CategoryForm(forms.Form):
    """Name and place of a category."""

    name = forms.CharField(label=gettext_lazy("Nama"), max_length=200)
    parent = forms.ChoiceField(label=gettext_lazy("Di dalam kategori"), required=False)

    def __init__(self, *args: object, own: Category | None = None, **options: object) -> None:
        """Offer every category but the own one and those below it."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        below = subtree(Category.objects.only("pk", "parent_id"), own.pk) if own else set()
        self.fields["parent"] = forms.ChoiceField(
            label=self.fields["parent"].label,
            required=False,
            choices=[
                ("", _("Paling atas")),
                *((str(pk), path) for pk, path in category_paths().items() if pk not in below),
            ],
        )

    def parent_category(self) -> Category | None:
        """Return the chosen parent."""
        chosen = self.cleaned_data["parent"]
        return Category.objects.get(pk=chosen) if chosen else None


@needs("question.view")
@require_http_methods(["GET", "HEAD", "POST"])
def category_list(request: SignedInRequest) -> HttpResponse:
    """All categories with their questions; who may edit adds one here."""
    may_edit = request.user.has_perm("question.edit")
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and may_edit and form.is_valid():
        try:
            made = services.save_category(
                by=request.user,
                name=form.cleaned_data["name"],
                parent=form.parent_category(),
            )
            messages.success(request, _("Kategori {name} dibuat.").format(name=made.name))
            return HttpResponseRedirect(reverse("question_categories"))
        except CategoryNotValid as error:
            form.add_error(error.field or None, str(error))
    counts = dict(
        Category.objects.annotate(
            active=Count("questions", filter=Q(questions__retired=False))
        ).values_list("pk", "active")
    )
    rows = [(pk, path, counts.get(pk, 0)) for pk, path in category_paths().items()]
    return render(
        request,
        "question_bank/categories.html",
        {"rows": rows, "form": form, "may_edit": may_edit, "crumbs": crumbs(_("Kategori"))},
        status=422 if form.is_bound and form.errors else 200,
    )


@needs("question.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def category_page(request: SignedInRequest, category_id: uuid.UUID) -> HttpResponse:
    """Rename or move a category."""
    category = get_object_or_404(Category, pk=category_id)
    initial = {"name": category.name, "parent": str(category.parent_id or "")}
    form = CategoryForm(request.POST or None, own=category, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_category(
                by=request.user,
                category=category,
                name=form.cleaned_data["name"],
                parent=form.parent_category(),
            )
            messages.success(request, _("Kategori tersimpan."))
            return HttpResponseRedirect(reverse("question_categories"))
        except CategoryNotValid as error:
            form.add_error(error.field or None, str(error))
    return render(
        request,
        "question_bank/category.html",
        {
            "category": category,
            "form": form,
            "uses": usage.uses_of({category.pk}),
            "crumbs": [
                crumbs("")[0],
                {"url": reverse("question_categories"), "label": _("Kategori")},
                {"url": "", "label": category.name},
            ],
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@needs("question.edit")
@require_POST
def delete_category(request: SignedInRequest, category_id: uuid.UUID) -> HttpResponse:
    """Delete an empty category that nothing draws from."""
    category = get_object_or_404(Category, pk=category_id)
    try:
        if usage.uses_of({category.pk}):
            raise CategoryNotValid(_("Kategori ini masih dipakai sebuah tes."))
        services.delete_category(by=request.user, category=category)
    except CategoryNotValid as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("question_category", args=[category_id]))
    messages.success(request, _("Kategori {name} dihapus.").format(name=category.name))
    return HttpResponseRedirect(reverse("question_categories"))
