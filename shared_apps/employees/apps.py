"""App configuration."""

from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    """Employees of every agency over time."""

    name = "shared_apps.employees"
