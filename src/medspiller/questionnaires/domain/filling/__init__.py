"""A form as it is shown, and what was typed read back into answers."""
