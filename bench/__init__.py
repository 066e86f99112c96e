"""What Bugu costs, beside MkDocs and Material alone: ``make bench``; see README.md."""
