"""Forms of offerings and their sessions; times are those of the tenant's zone."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.offerings.choices import Mode
from tenant_apps.learning.certificate_forms import TemplateField
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import ClassSession, LearningPath, Offering, Topic
from tenant_apps.learning.services.offerings import Trainer
from tenants.models import Agency

MOMENT = "%Y-%m-%dT%H:%M"
#: Rows for trainers in the form of a session.
TRAINERS = 5
#: Columns that the form writes as they are.
COLUMNS = (
    "topic", "learning_path", "title", "batch", "description", "mode", "form", "with_tests",
    "enrolment", "enrol_from", "enrol_until", "starts_at", "ends_at", "place", "capacity", "quota",
    "minimum_attendance", "visibility", "agencies", "certificate_template",
)  # fmt: skip


class MomentField(forms.DateTimeField):
    """Date and time by the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(
            format=MOMENT, attrs={"type": "datetime-local", "class": "form-control"}
        )
        super().__init__(
            input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            widget=widget,
            **options,
        )


class AgenciesField(forms.CharField):
    """Agencies, one a line, by full or short name; cleans to their ids."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=8000, **options)

    def clean(self, value: Any) -> Any:
        """Return the ids; names the lines that no agency has."""
        ids, unknown = [], []
        for line in (super().clean(value) or "").splitlines():
            name = " ".join(line.split())
            if not name:
                continue
            found = Agency.objects.filter(Q(name__iexact=name) | Q(short_name__iexact=name))
            agency_id = found.values_list("pk", flat=True).first()
            if agency_id is None:
                unknown.append(name)
            else:
                ids.append(agency_id)
        if unknown:
            raise forms.ValidationError(
                _("Instansi tidak dikenal: {names}.").format(names=", ".join(unknown[:5]))
            )
        return sorted(set(ids))


class OfferingForm(forms.ModelForm[Offering]):
    """A class or a scheduled e-learning, new or changed."""

    agencies = AgenciesField(
        label=gettext_lazy("Instansi terpilih"),
        required=False,
        help_text=gettext_lazy("Satu nama instansi per baris; untuk keterlihatan “terpilih”."),
    )
    starts_at = MomentField(
        label=gettext_lazy("Mulai"),
        required=False,
        help_text=gettext_lazy("Kelas tatap muka mengikuti jadwal sesinya; boleh dikosongkan."),
    )
    ends_at = MomentField(label=gettext_lazy("Selesai"), required=False)
    enrol_from = MomentField(label=gettext_lazy("Pendaftaran dibuka"), required=False)
    enrol_until = MomentField(label=gettext_lazy("Batas pendaftaran"), required=False)
    certificate_template = TemplateField(empty=gettext_lazy("Templat dari topik"))

    class Meta:
        model = Offering
        fields = COLUMNS
        labels = {
            "topic": gettext_lazy("Topik"),
            "learning_path": gettext_lazy("Jalur belajar"),
            "title": gettext_lazy("Nama kelas"),
            "batch": gettext_lazy("Angkatan"),
            "description": gettext_lazy("Keterangan untuk peserta"),
            "mode": gettext_lazy("Cara penyelenggaraan"),
            "form": gettext_lazy("Bentuk pengembangan kompetensi"),
            "with_tests": gettext_lazy("Memakai pre-test dan post-test"),
            "enrolment": gettext_lazy("Cara menjadi peserta"),
            "place": gettext_lazy("Tempat"),
            "capacity": gettext_lazy("Kapasitas"),
            "quota": gettext_lazy("Kuota usulan tiap instansi"),
            "minimum_attendance": gettext_lazy("Kehadiran minimum (persen)"),
            "visibility": gettext_lazy("Terlihat oleh"),
        }
        help_texts = {
            "learning_path": gettext_lazy("Sebagai ganti topik: semua topiknya sekaligus."),
            "batch": gettext_lazy("Misalnya II atau 2026-1."),
            "form": gettext_lazy("Menentukan penghitungan JP menurut tabel konversi."),
            "with_tests": gettext_lazy("Hanya kelas tatap muka yang dapat berjalan tanpa tes."),
            "capacity": gettext_lazy("Kosong berarti tidak dibatasi."),
            "quota": gettext_lazy("0 berarti instansi lain tidak dapat mengusulkan peserta."),
            "minimum_attendance": gettext_lazy("Kosong berarti menurut aturan penyelenggara."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("starts_at", "ends_at", "enrol_from", "enrol_until"):
            field = self.fields[name]
            field.help_text = f"{field.help_text} {_('Waktu {zone}.').format(zone=zone)}".strip()
        topics = Topic.objects.exclude(state=TopicState.ARCHIVED).order_by("title")
        self.fields["topic"] = forms.ModelChoiceField(
            topics, label=self.fields["topic"].label, empty_label=_("Pilih topik"), required=False
        )
        paths = LearningPath.objects.exclude(state=TopicState.ARCHIVED).order_by("title")
        self.fields["learning_path"] = forms.ModelChoiceField(
            paths, label=self.fields["learning_path"].label, empty_label="–", required=False,
            help_text=self.fields["learning_path"].help_text,
        )  # fmt: skip
        self.fields["certificate_template"].offer(  # type: ignore[attr-defined]
            self.instance.certificate_template
        )
        for name in ("quota", "capacity", "minimum_attendance"):
            self.fields[name].required = False
        if not self.instance._state.adding and not self.is_bound:
            names = Agency.objects.filter(pk__in=self.instance.agencies)
            self.initial["agencies"] = "\n".join(names.values_list("name", flat=True))
        elif self.instance._state.adding:
            self.initial.setdefault("mode", Mode.CLASSICAL)

    def clean_quota(self) -> int:
        """An empty quota is none."""
        return self.cleaned_data["quota"] or 0

    def clean_capacity(self) -> int | None:
        """A class has a seat at least."""
        capacity: int | None = self.cleaned_data["capacity"]
        if capacity == 0:
            raise forms.ValidationError(_("Kapasitas sedikitnya 1, atau kosongkan."))
        return capacity

    def clean_minimum_attendance(self) -> int | None:
        """A percentage."""
        percent: int | None = self.cleaned_data["minimum_attendance"]
        if percent is not None and percent > 100:
            raise forms.ValidationError(_("Persen kehadiran paling banyak 100."))
        return percent

    def _post_clean(self) -> None:
        # The service writes the row and says what does not fit.
        return None

    def values(self) -> dict[str, Any]:
        """Return the columns to write."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


class SessionForm(forms.ModelForm[ClassSession]):
    """A session with up to five trainers."""

    starts_at = MomentField(label=gettext_lazy("Mulai"))
    ends_at = MomentField(label=gettext_lazy("Selesai"))
    link = forms.URLField(
        label=gettext_lazy("Tautan pertemuan daring"),
        required=False,
        max_length=400,
        assume_scheme="https",
    )

    class Meta:
        model = ClassSession
        fields = ("title", "starts_at", "ends_at", "room")
        labels = {
            "title": gettext_lazy("Judul sesi"),
            "room": gettext_lazy("Ruang"),
        }

    def __init__(
        self, *args: Any, zone: str, staff: list[tuple[uuid.UUID, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = _("Waktu {zone}.").format(zone=zone)
        self._staff = {str(account_id): name for account_id, name in staff}
        choices = [("", "–"), *self._staff.items()]
        known = [] if self.instance._state.adding else list(self.instance.trainers.all())
        for number in range(1, TRAINERS + 1):
            row = known[number - 1] if number <= len(known) else None
            own = str(row.account_id) if row and str(row.account_id) in self._staff else ""
            self.fields[f"account_{number}"] = forms.ChoiceField(
                label=_("Pengajar {number}").format(number=number),
                choices=choices, required=False, initial=own,
            )  # fmt: skip
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("atau nama pengajar luar {number}").format(number=number),
                max_length=160, required=False, initial=row.name if row and not own else "",
            )  # fmt: skip
            self.fields[f"hours_{number}"] = forms.DecimalField(
                label=_("Jam mengajar {number} (JP)").format(number=number),
                min_value=Decimal("0"), max_value=Decimal("99"), decimal_places=2,
                required=False, initial=row.hours if row else None,
            )  # fmt: skip

    def _post_clean(self) -> None:
        # The service writes the row and says what does not fit.
        return None

    def trainer_rows(self) -> Iterator[list[forms.BoundField]]:
        """Yield the three fields of each trainer."""
        for number in range(1, TRAINERS + 1):
            yield [self[f"{name}_{number}"] for name in ("account", "name", "hours")]

    def clean(self) -> dict[str, Any]:
        """Hours belong to somebody."""
        data = super().clean() or self.cleaned_data
        for number in range(1, TRAINERS + 1):
            named = data.get(f"account_{number}") or (data.get(f"name_{number}") or "").strip()
            if data.get(f"hours_{number}") is not None and not named:
                self.add_error(f"name_{number}", _("Tulis siapa yang mengajar."))
        return data

    def values(self) -> dict[str, Any]:
        """Return the columns of the session."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "link")}

    def trainers(self) -> list[Trainer]:
        """Return who teaches."""
        rows = []
        for number in range(1, TRAINERS + 1):
            account = self.cleaned_data.get(f"account_{number}") or ""
            name = (self.cleaned_data.get(f"name_{number}") or "").strip()
            hours = self.cleaned_data.get(f"hours_{number}") or Decimal(0)
            if account:
                rows.append(Trainer(self._staff[account], hours, uuid.UUID(account)))
            elif name:
                rows.append(Trainer(name, hours))
        return rows
