"""How the families of the demo are followed up: one of each kind that somebody at work meets."""

from medspiller.catalogue.domain.vocabulary import Need
from medspiller.demo.domain.families.elders import CHILDREN_LEAD, CONTACT, OFFICE, WORKER
from medspiller.demo.domain.following import (
    Closes,
    Does,
    EndsPlan,
    Finds,
    Followed,
    GoesAway,
    HandsOver,
    Happens,
    HasReason,
    LooksForMore,
    Needs,
    Notes,
    Opens,
    Skips,
    Starts,
    StartsForChild,
    Suggests,
    Worries,
)
from medspiller.followup.domain.concerns import ConcernDetails, Consulted, Danger, Judgement, ReportedHow, ReportedTo
from medspiller.followup.domain.duties import ReporterRole
from medspiller.followup.domain.files import ClosedBecause, Identified, NoteCode, Outcome
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionState
from medspiller.people.domain.children import ReasonToAsk

_ACCEPTED, _DECLINED, _LATER = SuggestionState.ACCEPTED, SuggestionState.DECLINED, SuggestionState.LATER

# Asked, helped, and asked again after three months. What fits is taken, what does not is declined with the reason.
_DAUGHTER = Followed(
    "dementia",
    "daughter",
    (
        Opens(140, CONTACT, Identified.FIRST_TALK, seen=141,
              why="Er den som ordner alt for moren, ved siden av full jobb.",
              situation="Bor ti minutter unna. Sønnen er femten, og faren hans er syk.",
              matters="Å være datter, og ikke bare den som ordner. Én kveld i uka for meg selv."),
        Starts(138, CONTACT, "dementia-carer", "mother", {"lives-at-home": True},
               goal="At Kari kan sove om natta, og stå i jobben."),
        Does(137, CONTACT, ("call",), "reached"),
        Skips(136, CONTACT, "clarify-consent", "Hjemmetjenesten tar det opp, og sier fra til oss."),
        Does(136, CONTACT, ("who-asks",), "others"),
        Does(126, CONTACT, ("name-contact",)),
        Notes(120, CONTACT, NoteCode.TALK, "Første samtale, hjemme hos Kari. Det er nettene og medisinene som tar mest."),
        Does(119, CONTACT, ("what-they-know",), note="Roes av musikk og av å brette tøy. Uro når det blir mørkt."),
        Does(118, CONTACT, ("course",), "accepted"),
        Does(118, CONTACT, ("look-ahead",), "later", note="Vil vente til moren har funnet seg til rette på dagsenteret."),
        Does(95, CONTACT, ("day-activity",), "accepted"),
        Skips(90, CONTACT, "assess-care", "Vi vurderer det sammen når vi evaluerer."),
        Skips(77, CONTACT, "crisis-plan", "Kari vil skrive den selv, på Min side."),
        Does(76, CONTACT, ("regular-talk",), "reached"),
        Does(35, CONTACT, ("regular-talk",), "reached"),
        Notes(35, CONTACT, NoteCode.CALL, "Ringte etter jobb. Har meldt seg på kurset, og gleder seg til å møte andre."),
        Does(26, CONTACT, ("evaluate",), "change",
             note="Helsa og jobben går bedre enn for tre måneder siden. Hun mangler fortsatt én fri kveld i uka."),
        Finds(13, CONTACT, "heavy-care", value=True),
        Does(13, CONTACT, ("help-apply",), "applied"),
        Notes(13, CONTACT, NoteCode.MEETING, "Gikk gjennom timene sammen. Vi har søkt om avlastning én kveld i uka."),
        LooksForMore(12, CONTACT),
        Suggests(12, CONTACT, "avlastning-timer-hjemme", _DECLINED, DeclineReason.WRONG_TIME,
                 note="Det er bare timer på dagtid nå. Da er hun på jobb."),
        Suggests(12, CONTACT, "parorendeskole-demens", _ACCEPTED),
        Suggests(12, CONTACT, "avlastningsopphold", _LATER, later=20, note="Ikke før moren er blitt kjent på dagsenteret."),
    ),
)  # fmt: skip

# The home care has begun; the carers' centre is asked to go on, and has not answered.
_WIFE = Followed(
    "sole-carer",
    "wife",
    (
        Opens(21, WORKER, Identified.PATIENT_SAID, seen=23, why="Er alene om tung omsorg, dag og natt.",
              matters="En hel natts søvn. At Leif ikke blir urolig når jeg går ut."),
        Starts(20, WORKER, "adult-carer", "husband", goal="At noen andre kan være hos Leif noen timer hver uke."),
        Does(18, WORKER, ("invite",), "agreed"),
        Does(18, WORKER, ("who-asks",), "we"),
        Finds(18, WORKER, "patient-consents", value=True),
        Finds(18, WORKER, "children-duty", value=True),
        Finds(18, WORKER, "has-minor-children", value=False),
        Happens(10, WORKER, "first-talk-held"),
        Notes(10, WORKER, NoteCode.TALK, "Snakket ved kjøkkenbordet mens Leif sov. Har ikke vært ute alene på tre uker."),
        Needs(10, WORKER, (Need.NIGHT_REST, Need.RESPITE_HOURS, Need.NETWORK)),
        Does(8, WORKER, ("name-contact",)),
        LooksForMore(7, WORKER),
        HandsOver(1, WORKER, CONTACT, "Hun trenger noen som kan følge henne over tid. Jeg møter henne bare i vakten."),
    ),
)  # fmt: skip

# Many services at once; whoever holds the plan is on leave, and another stands in.
_PARENT = Followed(
    "complex-needs",
    "mother",
    (
        Opens(42, OFFICE, Identified.ANOTHER_SERVICE, seen=44, why="Mor til et barn med sammensatte behov, og to søsken.",
              situation="Delt ansvar med faren. Jobber turnus.", matters="Én å ringe til, og søvn to netter på rad."),
        Starts(40, OFFICE, "individual-plan", "child", {"is-child": True, "has-siblings": True},
               goal="Én plan som alle bruker, og møter som er samlet på én dag."),
        Finds(35, OFFICE, "long-coordinated", value=True),
        Finds(30, OFFICE, "wants-plan", value=True),
        Does(30, OFFICE, ("offer-childrens-coordinator",), "wanted"),
        Does(20, OFFICE, ("appoint",)),
        Finds(12, OFFICE, "carer-takes-part", value=True),
        Needs(12, OFFICE, (Need.COORDINATION, Need.NIGHT_REST)),
        Notes(38, OFFICE, NoteCode.CALL, "Ringte om kvelden. Hun vil ha med faren i møtene."),
        Notes(12, OFFICE, NoteCode.MEETING, "Foreldrene, skolen og fysioterapeuten møttes. Neste møte om seks uker."),
        Suggests(12, OFFICE, "likeperson-foreldre", _ACCEPTED),
        Suggests(12, OFFICE, "helgeavlastning-barn", _DECLINED, DeclineReason.LONG_WAIT),
    ),
)  # fmt: skip
_BROTHER = Followed(
    "complex-needs",
    "brother",
    (
        StartsForChild(20, WORKER, "child", {"parents-reachable": True}),
        Does(18, WORKER, ("guide-parents",), "accepted"),
        Does(18, WORKER, ("record",)),
        Notes(18, WORKER, NoteCode.TALK, "Moren sier at Jakob tier når det blir bråk hjemme."),
    ),
)
_SISTER = Followed(
    "complex-needs",
    "sister",
    (
        StartsForChild(20, WORKER, "child", {"parents-reachable": True, "has-care-tasks": False}),
        Does(18, WORKER, ("guide-parents",), "accepted"),
        Does(18, WORKER, ("record",)),
        Notes(18, WORKER, NoteCode.TALK, "Moren var med. Live tegnet familien, og viste hvem som bor hvor."),
    ),
)

# A father is in psychiatric care. His son answers for himself; for his daughter somebody is worried. While whoever
# holds their plans is on leave, another does.
_SON = Followed(
    "parent-in-care",
    "son",
    (
        StartsForChild(40, CHILDREN_LEAD, "father", {"other-parent": True, "parent-away": True}),
        Does(38, CHILDREN_LEAD, ("talk-with-parent",), "talked"),
        Does(38, CHILDREN_LEAD, ("record",)),
        Does(36, CHILDREN_LEAD, ("safety",), "assessed"),
        Notes(30, CHILDREN_LEAD, NoteCode.TALK,
              "Første samtale: Noah vil vite når pappa blir skrevet ut, før andre får vite det."),
        Skips(25, CHILDREN_LEAD, "assess", "Han svarte selv, på skjemaet for unge."),
        Does(20, CONTACT, ("guide-parents",), "accepted"),
        Notes(19, CONTACT, NoteCode.TALK, "Andre samtale, mens Jonas er borte: Han har sagt det til treneren."),
        Does(18, CONTACT, ("consent",), "partly"),
        Finds(14, CONTACT, "other-parent-agrees", value=True),
        Does(10, CHILDREN_LEAD, ("inform-child",), "together"),
        Does(8, CHILDREN_LEAD, ("inform-school",), "family-tells"),
        Notes(7, CHILDREN_LEAD, NoteCode.TALK, "Tredje samtale: Han sover bedre, og er tilbake på håndballen."),
        Happens(7, CHILDREN_LEAD, "child-talk-held"),
        Suggests(8, CHILDREN_LEAD, "ungdomsgruppe-13-16", _LATER, later=9, note="Vil tenke på det etter eksamen."),
    ),
)  # fmt: skip
_DAUGHTER_AT_TEN = Followed(
    "parent-in-care",
    "daughter",
    (
        StartsForChild(108, CHILDREN_LEAD, "father", {"other-parent": False, "parent-away": True}),
        Does(107, CHILDREN_LEAD, ("talk-with-parent",), "talked"),
        Does(107, CHILDREN_LEAD, ("record",)),
        Does(106, CHILDREN_LEAD, ("safety",), "assessed"),
        Does(95, CHILDREN_LEAD, ("guide-parents",), "accepted"),
        Does(95, CHILDREN_LEAD, ("consent",), "yes"),
        Does(90, CHILDREN_LEAD, ("inform-child",), "together"),
        Does(88, CHILDREN_LEAD, ("visit",), "visited"),
        Does(88, CHILDREN_LEAD, ("inform-school",), "sent"),
        Happens(84, CHILDREN_LEAD, "child-talk-held"),
        Notes(84, CHILDREN_LEAD, NoteCode.TALK, "Snakket med Selma hos tanten. Hun vil vite når pappa kommer hjem."),
        Does(80, CHILDREN_LEAD, ("offers",), "accepted"),
        Suggests(80, CHILDREN_LEAD, "barnegruppe-8-12", _ACCEPTED),
        Does(70, CHILDREN_LEAD, ("who-follows",), "agreed"),
        Does(66, CHILDREN_LEAD, ("check-in",), "reached"),
        Does(50, CHILDREN_LEAD, ("check-in",), "reached"),
        Does(48, CHILDREN_LEAD, ("evaluate",), "go-on"),
        Does(20, CONTACT, ("check-in",), "reached"),
        Worries(12, CHILDREN_LEAD, ConcernDetails(
            judgement=Judgement.REPORTS,
            reason="Flere netter alene, og avtalen med tanten har ikke holdt.",
            danger=Danger.NO,
            role=ReporterRole.HEALTH.value,
            consulted=(Consulted.LEADER, Consulted.CHILD_WELFARE),
            reported_to=ReportedTo.CHILD_WELFARE,
            reported_how=ReportedHow.WRITING,
        ), consulted=1, reported=0),
    ),
)  # fmt: skip

# After a death: the husband for a year, and the daughter in a file of her own.
_BEREAVED = Followed(
    "bereaved",
    "husband",
    (
        Opens(40, CONTACT, Identified.ANOTHER_SERVICE, seen=41, why="Mistet kona i høst.",
              matters="At Tuva får være med kameratene sine."),
        Starts(40, CONTACT, "bereaved-adult", "dead", {"was-caregiver": True}),
        Skips(39, CONTACT, "offer-meeting", "Avklares av dem som ga helsehjelpen."),
        Does(39, CONTACT, ("call",), "reached"),
        Finds(39, CONTACT, "has-minor-children", value=True),
        Does(38, CONTACT, ("start-for-children",), "started"),
        Does(36, CONTACT, ("letter",)),
        Does(32, CONTACT, ("practical",)),
        Does(24, CONTACT, ("what-stops",)),
        Notes(15, CONTACT, NoteCode.CALL, "Det er papirene, og det å lage middag for to. Tuva sier ingenting."),
        Suggests(15, CONTACT, "sorggruppe-for-voksne", _LATER, later=28, note="Ikke ennå."),
        Suggests(15, CONTACT, "okonomisk-radgivning", _ACCEPTED),
    ),
)  # fmt: skip
_BEREAVED_CHILD = Followed(
    "bereaved",
    "daughter",
    (
        StartsForChild(38, WORKER, "dead", {"at-school": True, "sudden": True}),
        Does(38, WORKER, ("who-cares",), "safe-adult"),
        Does(36, WORKER, ("more-if-sudden",), "reached"),
        Does(35, WORKER, ("guide-adults",), "accepted"),
        Does(35, WORKER, ("inform-child",), "together"),
        Does(34, WORKER, ("farewell",)),
        Does(28, WORKER, ("consent",), "yes"),
        Does(28, WORKER, ("inform-school",), "sent"),
        Notes(28, WORKER, NoteCode.TALK, "Tuva ville se bilder, og fortalte om minnestunden."),
        Does(20, WORKER, ("back-to-school",)),
    ),
)

# Nothing runs yet; and one that has come to an end.
_BROTHER_GROWN = Followed(
    "siblings",
    "other",
    (
        Opens(50, CONTACT, Identified.SAID_SO, seen=50, why="Vil planlegge tiden når foreldrene ikke er der lenger."),
        Notes(50, CONTACT, NoteCode.TALK, "Vil snakke om det før det haster. Søsteren er verge, og de er enige."),
        Needs(50, CONTACT, (Need.INFORMATION, Need.PEERS)),
    ),
)  # fmt: skip
_GROWN_SON = Followed(
    "withdrawn",
    "son",
    (
        Opens(60, CONTACT, Identified.ASKED, seen=84, why="Foreldrene er skilt, og han ble den alle ringte til."),
        Starts(60, CONTACT, "adult-carer", "patient"),
        Does(58, CONTACT, ("invite",), "declined"),
        Skips(58, CONTACT, "clarify-consent", "Hjemmetjenesten tar det opp, og sier fra til oss."),
        Does(58, CONTACT, ("who-asks",), "others"),
        Notes(60, CONTACT, NoteCode.CALL, "Ringte samme dag. Han orker ikke være den alle ringer til."),
        Notes(50, CONTACT, NoteCode.CALL, "Ville vite hvem som har ansvar for hva. Det er sortert nå."),
        EndsPlan(16, CONTACT, "carer-withdraws"),
        Closes(16, CONTACT, ClosedBecause.CARER_WANTS, (Outcome.KNOWS_WHOM_TO_ASK, Outcome.BETTER),
               note="Har nummeret vårt, og vet at han kan komme tilbake."),
    ),
)  # fmt: skip

FOLLOWED = (
    _DAUGHTER, _WIFE, _PARENT, _BROTHER, _SISTER, _SON, _DAUGHTER_AT_TEN, _BEREAVED, _BEREAVED_CHILD, _BROTHER_GROWN,
    _GROWN_SON,
)  # fmt: skip
AWAY = (
    # On leave while he follows two children; she who stands in has a post in his unit for that time.
    GoesAway(24, CHILDREN_LEAD, back_in=-13, stand_in=CONTACT, helps_in="mental"),
    GoesAway(3, OFFICE, back_in=11, stand_in="leder"),
)
REASONS = (
    HasReason(109, CHILDREN_LEAD, "parent-in-care", "father", ReasonToAsk.MENTAL_ILLNESS),
    # Somebody is in treatment, and nobody has asked.
    HasReason(5, WORKER, "not-asked", "patient", ReasonToAsk.ADDICTION),
)
