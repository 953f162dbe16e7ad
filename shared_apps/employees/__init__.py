"""Employees of every agency over time."""
