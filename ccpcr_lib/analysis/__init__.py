"""What the figures say: a quarter's report, its tables recomputed from base counts, many quarters together."""
