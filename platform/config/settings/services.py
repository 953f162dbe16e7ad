"""Mail, background tasks, cache and logs."""

from config import env
from config.settings.pages import DATA_DIR

if env.text("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("EMAIL_HOST")
    EMAIL_PORT = env.whole("EMAIL_PORT", 587)
    EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
    EMAIL_TIMEOUT = 15
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Lintas <no-reply@lintas.localhost>")

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        # Long jobs have a worker of their own, so that mails do not wait behind them.
        "QUEUES": ["default", "jobs"],
    }
}
# Counters shared by all workers (rate limits of mails); made by a migration of toolkit.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "toolkit_cache",
    }
}

LOGGING_CONFIG = "toolkit.logs.configure"
LOGGING = {"level": env.text("LOG_LEVEL", "INFO")}

# Called by /readyz; each returns a list of warnings for the operator.
READY_CHECKS = [
    "tenants.provisioning.ready_warnings",
    "shared_apps.recognition.partitions.ready_warnings",
]

# What `manage.py prepare` runs before serving, in order.
PREPARE_STEPS: list[tuple[str, dict[str, object]]] = [
    ("upgrade_schemas", {}),
    ("rebuild_figures", {"missing": True}),
    ("import_agencies", {}),
    ("import_regulations", {}),
    *([("load_demo", {})] if env.flag("DEMO") else []),
    ("cite_material", {}),
    ("messages", {"compile": True}),
    ("collectstatic", {"interactive": False, "verbosity": 0}),
]

# Periodic tasks by dotted name, and every how many seconds the worker enqueues them.
SCHEDULE = [
    ("shared_apps.recognition.tasks.ensure_ledger_partitions", 24 * 3600),
    ("shared_apps.accounts.tasks.sweep", 3600),
    ("shared_apps.jobs.tasks.reap", 20),
    ("shared_apps.desk.tasks.remind", 900),
    ("tenant_apps.citations.tasks.tell_owners", 120),
    ("tenant_apps.learning.tasks.submit_overdue", 60),
    ("tenant_apps.sittings.tasks.count_answers", 120),
    ("tenant_apps.members.tasks.match_new", 120),
    ("tenant_apps.learning.tasks.sweep_files", 24 * 3600),
    ("tenant_apps.files.tasks.sweep", 24 * 3600),
    ("shared_apps.recognition.tasks.sweep_pictures", 24 * 3600),
    ("shared_apps.jobs.tasks.sweep", 3600),
    ("shared_apps.notifications.tasks.send_waiting", 20),
    ("shared_apps.notifications.tasks.send_digests", 300),
    ("tenant_apps.administration.tasks.remind_of_ending_roles", 6 * 3600),
    ("tenant_apps.administration.tasks.tell_announcements", 600),
    ("toolkit.tasks.forget_finished_tasks", 6 * 3600),
]
