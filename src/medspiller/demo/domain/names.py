"""
Names for made-up people: common given names and common surnames, put together by chance.

Surnames that a reader would know somebody by are left out, so that nobody takes a case for theirs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where a family's names come from, and which language they speak (BCP 47).

    `share` is how many families in a thousand, `interpreter` how many of its elders in a hundred need one.
    """

    language: str
    share: int
    interpreter: int
    elders: tuple[str, ...]
    adults: tuple[str, ...]
    children: tuple[str, ...]
    surnames: tuple[str, ...]


NORWEGIAN = Origin(
    "nb", 822, 0,
    ("Solveig", "Gerd", "Ingrid", "Randi", "Berit", "Turid", "Åse", "Gunvor", "Aud", "Reidun", "Bjørg", "Ruth", "Eva", "Astri",
     "Arne", "Odd", "Kåre", "Leif", "Egil", "Harald", "Gunnar", "Asbjørn", "Einar", "Oddvar", "Reidar", "Alf", "Sverre", "Torleif"),
    ("Anne", "Hilde", "Nina", "Trine", "Monica", "Heidi", "Linda", "Silje", "Camilla", "Elin", "Bente", "Cecilie", "Hege", "Ida",
     "Lars", "Terje", "Geir", "Rune", "Trond", "Frode", "Øyvind", "Stian", "Espen", "Anders", "Kjetil", "Andreas", "Eivind", "Tom"),
    ("Nora", "Emma", "Olivia", "Sofie", "Ella", "Maja", "Frida", "Sara", "Selma", "Leah", "Tuva", "Hedda", "Live", "Mia",
     "Jakob", "Emil", "Oskar", "Lukas", "Filip", "Oliver", "Noah", "Isak", "Theo", "Elias", "Ludvig", "Mathias", "Liam", "Olav"),
    ("Hansen", "Johansen", "Olsen", "Larsen", "Andersen", "Pedersen", "Karlsen", "Johnsen", "Eriksen", "Berg", "Haugen", "Moen",
     "Johannessen", "Andreassen", "Dahl", "Jørgensen", "Henriksen", "Lund", "Sørensen", "Gundersen", "Iversen", "Svendsen",
     "Martinsen", "Paulsen", "Knutsen", "Bakken", "Mathisen", "Rasmussen", "Lunde", "Bakke", "Berge", "Moe", "Nygård",
     "Fredriksen", "Holm", "Lien", "Hauge", "Andresen", "Knudsen", "Evensen", "Sæther", "Aas", "Thomassen", "Sivertsen",
     "Simonsen", "Danielsen", "Sandvik", "Antonsen", "Tangen", "Haugland", "Ellingsen", "Birkeland", "Rønning", "Aune"),
)  # fmt: skip
NYNORSK = Origin(
    "nn", 30, 0,
    ("Synnøve", "Oddny", "Brita", "Magnhild", "Torbjørg", "Sjur", "Olav", "Knut", "Nils", "Torgeir"),
    ("Gro", "Ragnhild", "Torunn", "Guro", "Sigrun", "Åsmund", "Jostein", "Sveinung", "Gaute", "Halvard"),
    ("Eira", "Ronja", "Signe", "Tiril", "Aksel", "Eirik", "Tarjei", "Sondre"),
    ("Fjellheim", "Myklebust", "Hovland", "Sunde", "Tveit", "Åmås", "Sæbø", "Steinsland", "Nesheim", "Haukås"),
)  # fmt: skip
ORIGINS = (
    NORWEGIAN,
    NYNORSK,
    Origin("pl", 38, 35, ("Krystyna", "Barbara", "Zofia", "Stanisław", "Jerzy", "Andrzej"),
           ("Agnieszka", "Katarzyna", "Monika", "Tomasz", "Marcin", "Piotr"), ("Zuzanna", "Julia", "Jan", "Szymon"),
           ("Kowalczyk", "Wiśniewska", "Nowak", "Zieliński", "Mazur", "Krawczyk", "Dudek")),
    Origin("uk", 22, 80, ("Halyna", "Valentyna", "Mykola", "Vasyl"), ("Oksana", "Iryna", "Andrij", "Serhij"),
           ("Sofija", "Daryna", "Maksym", "Danylo"), ("Kovalenko", "Bondarenko", "Tkatsjenko", "Marchuk", "Lysenko")),
    Origin("ur", 24, 55, ("Nasreen", "Shamim", "Ghulam", "Rashid"), ("Saima", "Nadia", "Imran", "Adnan"),
           ("Aisha", "Zara", "Hamza", "Bilal"), ("Akhtar", "Mahmood", "Iqbal", "Rafiq", "Bashir", "Chaudhry")),
    Origin("so", 18, 75, ("Halimo", "Faduma", "Abdullahi", "Warsame"), ("Hodan", "Sahra", "Yusuf", "Abdirahman"),
           ("Amira", "Ifrah", "Zakaria", "Ayub"), ("Warsame", "Jama", "Osman", "Abdi", "Hersi", "Nur")),
    Origin("ar", 16, 70, ("Samira", "Fatima", "Khalil", "Mahmoud"), ("Rana", "Lina", "Omar", "Tariq"),
           ("Yasmin", "Noor", "Karim", "Sami"), ("Haddad", "Khoury", "Nasser", "Saleh", "Mansour")),
    Origin("ti", 10, 75, ("Letebrhan", "Abrehet", "Tesfay", "Gebre"), ("Selam", "Helen", "Dawit", "Yonas"),
           ("Bethlehem", "Ruta", "Natnael", "Abel"), ("Tekle", "Haile", "Gebremedhin", "Kidane")),
    Origin("en", 12, 5, ("Margaret", "Joan", "Kenneth", "Ronald"), ("Susan", "Claire", "Simon", "Neil"),
           ("Chloe", "Amy", "Jack", "Harry"), ("Walker", "Turner", "Hughes", "Edwards", "Bennett")),
    Origin("se", 8, 10, ("Máret", "Ristiinná", "Niillas", "Ánte"), ("Elle", "Sárá", "Áilu", "Jovnna"),
           ("Biret", "Inga", "Mihkku", "Ándde"), ("Sara", "Eira", "Hætta", "Utsi", "Bongo")),
)  # fmt: skip
