"""Apps that live in each tenant's schema."""
