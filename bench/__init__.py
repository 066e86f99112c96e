"""What Bugu costs, beside what people use without it: ``make bench``; see README.md."""
