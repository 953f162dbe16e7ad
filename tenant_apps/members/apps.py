"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Who learns or works at this tenant: the one link to the national account."""

    name = "tenant_apps.members"

    def ready(self) -> None:
        """Say how many identities wait; name the jobs and exports of the staff list."""
        from shared_apps.access import attention
        from shared_apps.employees.permissions import MANAGE, VIEW
        from shared_apps.employees.services import imports
        from shared_apps.jobs import exports
        from shared_apps.jobs import services as jobs
        from tenant_apps.members import waiting
        from tenant_apps.members.services import matches
        from tenant_apps.members.views import import_lines, staff_list

        attention.register("identity.confirm", waiting.identities)
        jobs.register(imports.APPLY, matches.import_job, permission="employee.manage")
        jobs.register(matches.MATCH, matches.match_job, permission="identity.confirm")
        exports.register(staff_list.EXPORT, VIEW, staff_list.build, label=_("Data pegawai"))
        exports.register(
            import_lines.EXPORT, MANAGE, import_lines.build, label=_("Perubahan data pegawai")
        )
