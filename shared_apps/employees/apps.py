"""App configuration."""

from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    """Employees of every agency over time."""

    name = "shared_apps.employees"

    def ready(self) -> None:
        """Name the function that plans an import."""
        from shared_apps.employees.services import imports
        from shared_apps.jobs import services as jobs

        jobs.register(imports.PLAN, imports.make_plan, permission="employee.manage")
