"""The proof of a report: what it was made of, made again, compared figure by figure."""
