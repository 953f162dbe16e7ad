"""Results for the training unit."""
