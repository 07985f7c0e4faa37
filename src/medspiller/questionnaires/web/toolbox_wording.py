"""What the toolbox calls situations and kinds of tools."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspiller.questionnaires.domain.library.tools import Situation, ToolKind

# In the order in which they are read: from the first meeting on.
SITUATIONS: Mapping[Situation, Promise] = {
    Situation.FIRST_TALK: _("First talk"),
    Situation.NEW_DIAGNOSIS: _("New diagnosis"),
    Situation.CHILDREN_IN_FAMILY: _("Children in the family"),
    Situation.YOUNG_CARER: _("Young carers"),
    Situation.CONCERN_FOR_CHILD: _("Concern for a child"),
    Situation.PLANNING_COOPERATION: _("Planning cooperation"),
    Situation.OWN_HEALTH: _("The carer's own health"),
    Situation.WORK_AND_ECONOMY: _("Work and money"),
    Situation.RESPITE: _("Respite"),
    Situation.CONFLICT: _("Conflict and disagreement"),
    Situation.CRISIS: _("Crisis"),
    Situation.TRANSITION: _("Moving between services"),
    Situation.END_OF_LIFE: _("The last part of life"),
    Situation.BEREAVEMENT: _("After a death"),
    Situation.ETHICS: _("Ethical questions"),
}
KINDS: Mapping[ToolKind, Promise] = {
    ToolKind.PROCEDURE: _("Procedure"),
    ToolKind.GUIDE: _("Guide"),
    ToolKind.CHECKLIST: _("Checklist"),
    ToolKind.FORM: _("Form"),
    ToolKind.TOOL: _("Tool"),
    ToolKind.LINK: _("Link"),
}
