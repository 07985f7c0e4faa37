"""The words, values and rules of the catalogue, in plain Python."""
