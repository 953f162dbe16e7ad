"""Walks past the pages of single areas."""
