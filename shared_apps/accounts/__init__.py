"""One national account per person: identity, sign-in, registration."""
