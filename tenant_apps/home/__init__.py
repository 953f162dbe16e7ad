"""The tenant's front page and the training unit's workspace."""
