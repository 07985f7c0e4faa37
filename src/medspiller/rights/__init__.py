"""
What a carer may be entitled to: rules with dates and sources, answers with reasons, and as few questions as possible.

It informs and helps to apply. Employer, Nav, municipality and health trust decide.
"""
