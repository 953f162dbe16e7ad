"""Addresses of the staff list, below /kelola/pegawai/ on a tenant."""

from django.urls import path

from tenant_apps.members.views import employees, staff_imports, units

urlpatterns = [
    path("", employees.employees, name="employees"),
    path("baru/", employees.add, name="employee_add"),
    path("<uuid:employee_id>/", employees.employee, name="employee"),
    path("<uuid:employee_id>/ubah/", employees.change, name="employee_change"),
    path("<uuid:employee_id>/keluar/", employees.leave, name="employee_leave"),
    path("unit/", units.units, name="units"),
    path("unit/baru/", units.add, name="unit_add"),
    path("unit/<uuid:unit_id>/", units.unit, name="unit"),
    path("unit/<uuid:unit_id>/ubah/", units.change, name="unit_change"),
    path("unit/<uuid:unit_id>/tutup/", units.close, name="unit_close"),
    path("unit/<uuid:unit_id>/buka/", units.reopen, name="unit_reopen"),
    path("impor/", staff_imports.imports, name="employee_imports"),
    path("impor/templat.xlsx", staff_imports.template, name="employee_template"),
    path("impor/<uuid:import_id>/", staff_imports.staff_import, name="employee_import"),
    path("impor/<uuid:import_id>/terapkan/", staff_imports.apply, name="employee_apply"),
    path("impor/<uuid:import_id>/buang/", staff_imports.discard, name="employee_discard"),
]
