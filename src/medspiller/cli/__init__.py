"""
The `medspiller` command.

Every module with an `add_to` function adds commands; `main` lists them. Answers are JSON on
standard output, messages go to standard error. Commands that need no database import no Django.
"""
