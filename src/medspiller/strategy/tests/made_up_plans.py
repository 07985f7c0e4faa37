"""Plans of municipalities that do not exist, each written in a way of its own."""

NYNORSK = """# Pårørandeplan for Fjordby kommune 2022–2026

## Innhald
1 Innleiing ........ 3
2 Satsingsområde 1: Sjå dei pårørande ........ 5
3 Satsingsområde 2: Born og unge ........ 7

## 1 Innleiing
Kommunen har 300 born som er pårørande.

## Satsingsområde 1: Sjå dei pårørande
Tekst om området.
### Korleis vil vi ha det?
- Pårørande blir sett og høyrde
- Pårørande får informasjon tidleg
### Korleis vil vi gjere det?
- Vi kartlegg behov
### Tiltak
| Tiltak | Ansvarleg | Frist |
|---|---|---|
| Lage rutine for førstesamtale[^1] | Helse og meistring | 2022 |
| Pårørandeskule | Helse og meistring, Frisklivssentralen | haust 2023 |
| Kurs for tilsette | HR/Helse og meistring | Kontinuerleg |

[^1]: Etter mal frå fylket

## Satsingsområde 2: Born og unge
### Mål
Born som pårørande blir fanga opp.
### Strategiar
1. Opplæring av barneansvarleg personell
2. Samarbeid med skulen
### Tiltak
| Tiltak | Ansvarleg | Frist |
|---|---|---|
| Oppnemne barneansvarlege | Oppvekst | innan 2023 |
| Samtalegrupper | Oppvekst og Helse og meistring | 2023-2026 |
"""

# Goals divide the plan; its tables stand in columns of spaces, and rows go over two lines.
BY_GOALS = """Handlingsplan for pårørendearbeid
Nordvik kommune 2023-2027

Hovedmål 1: Pårørende blir tidlig identifisert
Delmål 1.1: Alle tjenester spør om pårørende
Strategi: Bruke sjekkliste i alle tjenester
Nr   Tiltak                                   Ansvarlig            Tidsrom     Kostnad    Status
1.1  Innføre sjekkliste i hjemmetjenesten     Hjemmetjenesten      2023-2024   100 000    Pågår
1.2  Registrere barn som pårørende ved        Helsestasjonen       2023        -          Ikke startet
     alle innleggelser
1.3  Opplæring av ansatte                     Personal             årlig       50 000     Pågår

Hovedmål 2: Pårørende får avlastning
Strategi: Tilby fleksibel avlastning
Nr   Tiltak                                   Ansvarlig            Tidsrom     Kostnad    Status
2.1  Fleksibel avlastning i helgene           Omsorg               2024-2027   500 000    Planlagt
2.2  Nattavlastning                           Omsorg               fra 2025    -          Planlagt
"""

# No word says that its chapters are focus areas; owners stand behind the measures.
BY_CHAPTERS = """Temaplan for pårørende 2024 - 2028
Vedtatt i kommunestyret 12.12.2023

1 Innledning
Planen gjelder alle.

2 Barn og unge
Barn som er pårørende har rett til hjelp.

Mål
Barn som er pårørende blir sett.
Barn får støtte i skolen.

Slik gjør vi det
Barnehager og skoler har rutiner.

Tiltak
- Lage rutine i skolene. Ansvarlig: Oppvekst. Frist: 2024
- Samtalegrupper (Helsestasjon, 2025)
- Kurs for lærere

3 Voksne pårørende
Mål
Voksne får avlastning.
Tiltak
- Dagtilbud. Ansvarlig: Helse og omsorg. Frist: 2025-2026

4 Økonomi
Tiltakene dekkes innenfor rammen.
"""

# Each measure is a small card.
BY_CARDS = """FYLKESKOMMUNAL STRATEGI FOR UNGE PÅRØRENDE 2025-2029

DEL 1 BAKGRUNN
Tekst.

DEL 2 STRATEGI
Fokusområde A – Skole
Mål: Alle elever blir sett
Grep: Opplæring av rådgivere
Tiltak 1: Rådgivere får kurs
Ansvarlig: Seksjon for opplæring
Frist: 2026
Tiltak 2: Digitalt verktøy
Ansvarlig: IKT og Seksjon for opplæring
Frist: 2025/2026

Fokusområde B – Tannhelse
Mål: Tannhelsetjenesten oppdager
Tiltak 3: Rutine for bekymring
Ansvarlig: Tannhelse
"""

# Ministries below their measures, headings without a word, a bullet that goes on in the next line.
BY_MINISTRIES = """Strategi for frivillighet 2023–2026

Frivillighet i skolen
•\tLage nasjonal veileder for
skolene
\tKunnskapsdepartementet

•\tStøtte leksehjelp
\tKunnskapsdepartementet
Kulturdepartementet

Frivillighet i omsorgen
•\tTilskudd til besøksvenner
\tHelsedirektoratet
•\tOpplæring
\tHelsedirektoratet
"""

ONE_CELL_A_LINE = """Handlingsplan pårørende 2022-2025

Innsatsområde 1
Støtte

Tiltak
Ansvarlig
Tid
Kurs for pårørende
Helse
2022
Lærings- og mestringstilbud
i samarbeid med frivillige
Helse
2023-2025
"""

YEARS_AS_COLUMNS = """Tiltaksplan for pårørende
Tiltak\t2022\t2023\t2024\tAnsvar
Innsatsområde 1: Støtte\t\t\t\t
Kurs\tx\tx\t\tHelse
Avlastning\t\t\tx\tOmsorg
Innsatsområde 2: Barn\t\t\t\t
Gruppe\t\tx\t250 000\tOppvekst
"""

AS_CSV = """Innsatsområde;Nr;Tiltak;Tid;Ansvar;Merknad
Informasjon;1;Oppdatere nettsider;2022;Kommunikasjon;
Informasjon;2;Brosjyre til pårørende;2022 – 2023;"Helse; Kommunikasjon";Trykkes i to opplag
Avlastning;3;Flere plasser;2125-2021;Omsorg;
;4;Ferieavlastning;;;
"""

# Pages have broken the table: its header comes again, a title between, a row goes on without owner.
OVER_PAGES = """Strategi for pårørende i Skogdal 2022-2025

Innsatsområde 1 Støtte
Tiltak\tAnsvar\tTid
Møteplass for pårørende³\tHelse og mestring\t2022-2025

³ Sammen med frivillige lag

Strategi for pårørende i Skogdal 2022 - 2025
7
Tiltak\tAnsvar\tTid
Kveldsåpent en gang i uken.\t\t
Tilbud om samtaler\t\t2023
\tFrivilligsentralen\t
Avlastning i samarbeid med\tHelse og mes-\t2024-
frivillige lag\ttring\t2025
"""

# The title goes over three lines; measures have owner and time behind dashes or on the lines below.
PLAIN_LINES = """Handlingsplan
for pårørende i Lillevik kommune
2024-2027

Innsatsområde 1: Tidlig innsats
Mål:
Alle pårørende skal oppleve å bli sett og hørt
Tiltak:
Innføre samtaler – Ansvar: Hjemmetjenesten – Frist: 2024
Kurs for ansatte
Ansvarlig: HR
Tid: 2025
"""

# Lines are broken by the page, without a gap between two goals.
WRAPPED = """Pårørendeplan 2025-2028

Fokusområde 1 Støtte til dem som står i krevende omsorg for
andre mennesker

Hvordan ønsker vi å ha det?
Pårørende i kommunen skal oppleve at de blir møtt med respekt og at
kommunen tar hensyn til deres situasjon.
Pårørende skal få avlastning når de trenger det, uten å måtte vente i
lang tid på svar.

Tiltak
• Lage felles rutine for alle tjenester i kommunen, og sørge for at den
  blir fulgt opp (Helse og omsorg, 2025)
"""
