"""Topics, enrolments, progress and completion."""
