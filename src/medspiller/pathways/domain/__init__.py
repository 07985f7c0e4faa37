"""What a pathway is, how it is read and checked, and what follows from what has happened. Plain Python."""
