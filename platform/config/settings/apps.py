"""Which apps live in the public schema, which in each tenant's, and the middleware."""

SHARED_APPS = [
    "django_tenants",
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "toolkit",
    "shared_apps.rules",
    "shared_apps.audit",
    "shared_apps.accounts",
    "shared_apps.access",
    "shared_apps.jobs",
    "shared_apps.employees",
    "shared_apps.notifications",
    "shared_apps.regulations",
    "shared_apps.catalog",
    "shared_apps.recognition",
    "shared_apps.offerings",
    "shared_apps.desk",
    "shared_apps.oversight",
]
TENANT_APPS = [
    "guardian",
    "tenant_apps.files",
    "tenant_apps.members",
    "tenant_apps.citations",
    "tenant_apps.surveys",
    "tenant_apps.question_bank",
    "tenant_apps.sittings",
    "tenant_apps.learning",
    "tenant_apps.reports",
    "tenant_apps.administration",
    "tenant_apps.home",
]
INSTALLED_APPS = SHARED_APPS + [app for app in TENANT_APPS if app not in SHARED_APPS]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
# One SET search_path per change of schema, not one per query.
TENANT_LIMIT_SET_CALLS = True
PUBLIC_SCHEMA_NAME = "public"
PUBLIC_SCHEMA_URLCONF = "config.urls_portal"
ROOT_URLCONF = "config.urls_tenant"
WSGI_APPLICATION = "config.wsgi.application"

MIDDLEWARE = [
    "toolkit.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "toolkit.content_policy.ContentPolicyMiddleware",
    "toolkit.compression.CompressionMiddleware",
    "tenants.middleware.TenantMiddleware",
    "toolkit.logs.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "toolkit.language.LanguageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "shared_apps.accounts.middleware.SessionAccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shared_apps.access.middleware.ViewRuleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Pages that wire the apps by name, so that the ground floor imports none of them.
ROLES = "config.roles.ROLES"
RIGHTS = "config.roles.RIGHTS"
NAVIGATION = "config.navigation.NAVIGATION"
WORKSPACE = "config.workspace.WORKSPACE"
