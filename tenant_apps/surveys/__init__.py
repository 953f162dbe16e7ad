"""Anonymous questionnaires and their index (IKM)."""
