"""What is reported: periods, code lists, table declarations and the catalogue of the fourteen tables."""
