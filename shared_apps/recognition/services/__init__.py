"""Writes of this app: `award`, `certificates`, `totals`; `rules` computes, `kept` keeps sums."""
