"""Tables of oversight as they are downloaded."""

from django.utils.translation import gettext as _

from shared_apps.oversight.selectors import AgencyRow, Group


def _cells(group: Group) -> list[object]:
    return [group.people, group.learners, group.certificates, group.jp, group.met]


def agency_table(rows: list[AgencyRow]) -> tuple[list[str], list[list[object]]]:
    """Return (headings, cells) of a year's agencies, for `toolkit.xlsx`."""
    measures = [_("orang"), _("orang belajar"), _("sertifikat"), _("JP"), _("memenuhi sasaran JP")]
    headings = [
        _("Instansi"),
        _("Nama singkat"),
        _("Jenis"),
        _("Pegawai aktif"),
        *(f"{measure} ({_('dikonfirmasi')})" for measure in measures),
        *(f"{measure} ({_('dinyatakan sendiri')})" for measure in measures),
    ]
    cells = [
        [
            row.name,
            row.short_name,
            row.kind_label,
            row.active,
            *_cells(row.confirmed),
            *_cells(row.declared),
        ]
        for row in rows
    ]
    return headings, cells
