"""The workspace's first page: what waits for the person today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shared_apps.access import attention
from toolkit.access_rules import needs


@needs("workspace.view")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits, by the person's rights."""
    return render(request, "reports/dashboard.html", {"tasks": attention.tasks_of(request.user)})
