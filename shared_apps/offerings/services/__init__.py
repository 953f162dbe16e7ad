"""Writes of announcements, proposals and call letters."""
