"""Who signs up in the demo: a course that is full, with a waiting list, and some meetings with room."""

# The course that everybody wants, how many more than there is room for, and who of those with a page of their own.
FULL = "parorendeskole-demens"
TOO_MANY = 3
HAS_PLACE, WAITS = "datter", "etterlatt"
# Offers with room at their first meeting, and how many have signed up.
WITH_ROOM = {"kveldsgruppe-voksne-barn": 4, "ektefeller-til-personer-med-demens": 3, "sovnkurs": 5}
NEEDS = {1: "Sitter i rullestol.", 4: "Trenger tegnspråktolk."}
FOR_SOMEBODY = {2: "Einar Tangen"}
