"""The only test engine: one person, one frozen paper, saved answers, score."""
