"""The closing nets: every route walked by everybody, every action by every role, and what an attacker would try."""
