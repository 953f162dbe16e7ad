"""Django's PostgreSQL backend with cheaper health checks; django-tenants builds on it."""
