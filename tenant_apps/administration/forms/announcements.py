"""The form of an announcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenant_apps.administration.choices import Audience
from tenant_apps.learning.models import Topic


class AnnouncementForm(forms.Form):
    """What is announced, to whom, and for which days."""

    title = forms.CharField(label=_("Judul"), max_length=160)
    text = forms.CharField(
        label=_("Isi"),
        help_text=_("Boleh memakai Markdown: **tebal**, daftar, tautan."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    audience = forms.ChoiceField(
        label=_("Untuk"), choices=Audience.choices, widget=forms.RadioSelect
    )
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Topik"),
        help_text=_("Bila untuk peserta satu topik."),
        empty_label=_("Pilih topik"),
        required=False,
    )
    starts_on = forms.DateField(
        label=_("Hari pertama"),
        help_text=_("Kotak masuk menerimanya pada hari ini."),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Hari terakhir"),
        help_text=_("Kosongkan bila tampil sampai ditarik."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    pinned = forms.BooleanField(label=_("Sematkan di urutan teratas"), required=False)

    def __init__(self, *args: Any, was_told: bool = False, **kwargs: Any) -> None:
        """`was_told`: the audience of one that was told stays as it is."""
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.order_by("title")  # type: ignore[attr-defined]
        if was_told:
            self.fields["audience"].disabled = self.fields["topic"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Ask for the topic exactly where it is needed."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("audience") == Audience.TOPIC and not data.get("topic"):
            self.add_error("topic", _("Pilih topiknya."))
        elif data.get("audience") != Audience.TOPIC:
            data["topic"] = None
        return data
