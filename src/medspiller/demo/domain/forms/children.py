"""What children have answered themselves, and what staff have written down for their sake."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.families.elders import CHILDREN_LEAD
from medspiller.demo.domain.forms.telling import SELF, Answered, ago
from medspiller.questionnaires.domain.states import How


def answered(today: date) -> Iterator[Answered]:
    """Yield the answers, with dates as they are on a day."""
    yield _asked_on_paper(today)
    yield _of_sister(today)
    yield _by_himself()
    yield _concern(today)
    yield _not_always_safe()


def _asked_on_paper(today: date) -> Answered:
    return Answered(106, CHILDREN_LEAD, "parent-in-care", "father", "children-as-next-of-kin", {
        "occasion": "mental-illness", "asked-date": ago(today, 109), "asked-whom": ["patient"],
        "has-children": "yes", "has-siblings": "no",
        "child": [
            {"child-name": "N.", "child-age": 15, "child-relation": "child", "child-care": ["other-parent"],
             "child-care-clear": "yes", "child-knows": "partly"},
            {"child-name": "S.", "child-age": 10, "child-relation": "child", "child-care": ["family"],
             "child-care-clear": "yes", "child-knows": "no"},
        ],
        "talk-held": "yes", "talk-date": ago(today, 107), "talk-with": ["patient"],
        "parents-wish": ["words", "together"],
        "parents-said": "Han vil fortelle det selv, og vil at en av oss er med.",
        "consent-needed": "yes", "consent-state": "given", "consent-from": ["patient"],
        "consent-about": "Tanten og skolehelsetjenesten kan få vite at han er syk. Ikke hva diagnosen er.",
        "information-given": ["parents-guidance"],
        "action": [
            {"action-what": "Samtale med Selma, sammen med faren", "action-who": "Barneansvarlig",
             "action-when": ago(today, 99)},
            {"action-what": "Spørre Noah om hva han vil vite", "action-who": "Barneansvarlig",
             "action-when": ago(today, 60)},
        ],
        "handover": ["own-unit", "school-nurse"], "responsible": "Jonas Demostad, barneansvarlig",
        "follow-up-date": ago(today, -20),
    }, how=How.PAPER)  # fmt: skip


def _of_sister(today: date) -> Answered:
    return Answered(99, CHILDREN_LEAD, "parent-in-care", "daughter", "child-next-of-kin", {
        "age-group": "7-11", "background": "parent-ill", "sources": ["child", "parents"],
        "care-now": ["family"], "sleep-food": "some-trouble", "kindergarten-school": "well",
        "friends-leisure": "well", "mood": "some-trouble",
        "adult-tasks": "yes", "adult-tasks-which": "Lager middag når faren ligger. Tanten tar over det.",
        "safe-adult": "yes", "what-helps": "Turn på tirsdager, og å tegne.",
        "talk-held": "together", "talk-date": ago(today, 99),
        "child-said": "«Er det min skyld at pappa ble syk?»", "child-wish": "Å vite når han kommer hjem.",
        "not-to-parents": "no", "safe-now": "yes",
        "information-need": ["illness", "visit", "who-helps"], "needs": ["someone-to-talk-to", "peers"],
        "consent-needed": "yes", "consent-state": "given", "consent-from": ["parental-responsibility"],
        "action": [
            {"action-what": "Besøke faren på avdelingen, sammen med tanten", "action-who": "Barneansvarlig",
             "action-when": ago(today, 90)},
        ],
        "child-told": "yes", "responsible": "Jonas Demostad, barneansvarlig", "follow-up-date": ago(today, -20),
    }, about="father", how=How.CONVERSATION)  # fmt: skip


def _by_himself() -> Answered:
    return Answered(26, SELF, "parent-in-care", "son", "young-carer-13-15", {
        "what-matters": "At noen sier det til meg når pappa blir utskrevet. Og håndballen.",
        "feeling": "up-and-down", "sleep": "sometimes", "school": "yes", "friends": "sometimes",
        "helping": ["comfort", "siblings"], "too-much": "sometimes",
        "know-enough": "sometimes", "want-to-know": "Om han blir frisk, og om jeg kan få det samme.",
        "worried": "sometimes", "worried-about": "At Selma er alene om kvelden.",
        "safe-now": "yes",
        "trusted-adult": "yes", "trusted-adult-who": ["parent", "coach"],
        "would-help": ["information", "peers"], "school-may-know": "talk-first",
        "keep-private": "yes",
        "keep-private-what": "At jeg dropper trening for å være hos pappa. Da blir mamma lei seg.",
        "talk-wish": "yes", "talk-where": "school",
    }, about="father")  # fmt: skip


def _concern(today: date) -> Answered:
    return Answered(12, CHILDREN_LEAD, "parent-in-care", "daughter", "concern-for-child", {
        "danger-now": "no",
        "observation": [
            {"observed-date": ago(today, 15), "observed-by": "Nattevakt", "observed-how": "adult-told",
             "observed-what": "Faren sa på telefon at Selma sov hjemme alene."},
            {"observed-date": ago(today, 13), "observed-by": "Jonas Demostad", "observed-how": "child-told",
             "observed-what": "«Jeg låser døra og legger meg med lyset på.»"},
        ],
        "meaning": "Ingen voksne om natta, flere ganger. Hun er redd, og sier det ikke til noen.",
        "other-explanations": "Tanten kan ha vært på vei, uten at hun visste det.",
        "over-time": "before",
        "child-heard": "yes", "child-said": "«Ikke si det til pappa, da må jeg flytte.»",
        "role": "health", "grounds": ["abuse-neglect"],
        "consulted-whom": ["leader", "child-welfare"], "consulted-date": ago(today, 13),
        "consulted-advice": "Drøftet uten navn først. De ba oss melde fra.",
        "speaks-for": "Hun er ti år, og det har skjedd flere netter.",
        "speaks-against": "Tanten stiller opp, og familien tar imot hjelp.",
        "not-known": "Hvem som har nøkkel, og om Noah vet det. Jonas spør.",
        "help-tried": "Samtaler med faren og med Selma. Avtale med tanten.",
        "parents-told": "not-yet",
        "judgement-now": "reports",
        "judgement-reason": "Flere netter alene, og avtalen med tanten har ikke holdt.",
        "judged-by": "Jonas Demostad, barneansvarlig", "judged-date": ago(today, 12),
        "reported-date": ago(today, 12), "reported-how": "writing",
    }, how=How.CONVERSATION)  # fmt: skip


def _not_always_safe() -> Answered:
    return Answered(1, SELF, "complex-needs", "brother", "young-carer-13-15", {
        "what-matters": "At det er stille hjemme noen ganger.",
        "feeling": "bad", "sleep": "no", "school": "sometimes", "friends": "no",
        "helping": ["watching", "siblings"], "too-much": "yes",
        "know-enough": "no", "want-to-know": "Hvorfor Emil blir så sint, og hva jeg skal gjøre da.",
        "worried": "yes", "worried-about": "Når Emil slår, og mamma er på jobb.",
        "safe-now": "not-always",
        "trusted-adult": "unsure",
        "would-help": ["someone-to-talk-to", "information", "crisis-plan"], "school-may-know": "yes",
        "keep-private": "no",
        "talk-wish": "yes", "talk-where": "school",
    }, about="child")  # fmt: skip
