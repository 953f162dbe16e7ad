"""Rules of recognition, the JP ledger, totals and certificates."""
