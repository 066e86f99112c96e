"""Pure functions over public rows: what follows from the records on a given day."""
