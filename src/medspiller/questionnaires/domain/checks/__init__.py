"""Whether a questionnaire can be used, and what is wrong with it."""
