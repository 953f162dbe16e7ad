"""Long work of training units, one row a job."""
