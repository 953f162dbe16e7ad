"""The yardstick: a Django project with nothing but one view and one query by primary key."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", parts.hostname or ""),
        "PORT": options.get("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
    }


settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    USE_TZ=True,
    DATABASES={"default": _database(os.environ["DATABASE_URL"])},
)
django.setup()


class Agency(models.Model):
    """A row of the product's register of agencies, with two of its columns."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "tenants_agency"

    def __str__(self) -> str:
        return self.name


def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the agency's name."""
    name = Agency._default_manager.get(pk=pk).name
    return HttpResponse(name, content_type="text/plain; charset=utf-8")


urlpatterns = [path("agency/<int:pk>/", agency)]
application = WSGIHandler()
