"""What answers come to: conditions, expressions, scores, and whether they are valid."""
