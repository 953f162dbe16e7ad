"""Pages of the question bank: `/kelola/soal/`."""
