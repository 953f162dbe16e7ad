"""Technical building blocks that know nothing of agencies, learning or people."""
