"""
The demo municipality: made-up people in a believable place, and a sign-in without proof.

Two locks keep the sign-in out of real installations: a start flag, and a mark that a
database gets only when it is created empty. Everything here is invented.
"""
