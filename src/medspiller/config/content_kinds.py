"""
Which kinds of content there are, in the order in which they are published.

Plain Python: `medspiller content check` starts from here without Django. What publishing
a definition sets in motion is tied to these names in `config/wiring.py`.
"""

from medspiller.catalogue.domain.content_offers import OFFER_KIND, PROVIDER_KIND
from medspiller.catalogue.domain.content_wording import WORDING_KIND
from medspiller.content.domain.kinds import Registry
from medspiller.content.kinds.counties import COUNTIES
from medspiller.content.kinds.municipalities import MUNICIPALITIES
from medspiller.pathways.domain.content_guideline import GUIDELINE_KIND
from medspiller.pathways.domain.content_letters import LETTER_KIND
from medspiller.pathways.domain.content_pathways import PATHWAY_KIND
from medspiller.questionnaires.domain.library.content_instruments import INSTRUMENTS
from medspiller.questionnaires.domain.library.content_questionnaires import QUESTIONNAIRES
from medspiller.questionnaires.domain.library.content_tools import TOOLS
from medspiller.rights.domain.content_facts import FACT_KIND
from medspiller.rights.domain.content_parameters import PARAMETER_KIND
from medspiller.rights.domain.content_rights import RIGHT_KIND
from medspiller.rights.domain.content_situations import SITUATION_KIND
from medspiller.statistics.domain.content_figures import FIGURE_KIND
from medspiller.statistics.domain.content_indicators import INDICATOR_KIND

CONTENT_KINDS = Registry(
    [
        COUNTIES,
        MUNICIPALITIES,
        QUESTIONNAIRES,
        INSTRUMENTS,
        TOOLS,
        FACT_KIND,
        PARAMETER_KIND,
        RIGHT_KIND,
        SITUATION_KIND,
        WORDING_KIND,
        PROVIDER_KIND,
        OFFER_KIND,
        GUIDELINE_KIND,
        LETTER_KIND,
        PATHWAY_KIND,
        INDICATOR_KIND,
        FIGURE_KIND,
    ]
)
