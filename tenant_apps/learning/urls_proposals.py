"""Addresses of proposals of the own agency's people: `/kelola/usulan/…`."""

from django.urls import path

from tenant_apps.learning.views import proposals

urlpatterns = [
    path("", proposals.proposals, name="proposals"),
    path("kelas/", proposals.open_classes, name="proposal_classes"),
    path("kelas/<uuid:announcement_id>/", proposals.proposal_new, name="proposal_new"),
    path("surat/<uuid:letter_id>/", proposals.proposal_letter, name="proposal_letter"),
    path("<uuid:proposal_id>/", proposals.proposal_page, name="proposal"),
    path("<uuid:proposal_id>/tarik/", proposals.proposal_withdraw, name="proposal_withdraw"),
]
