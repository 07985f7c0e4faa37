"""States, reasons and kinds of notices in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind

STATES: Mapping[State, Promise] = {
    State.WAITING: pgettext_lazy("notice", "Waits to be sent"),
    State.HANDING_OVER: pgettext_lazy("notice", "Being sent now"),
    State.HANDED_OVER: pgettext_lazy("notice", "Sent"),
    State.UNCERTAIN: pgettext_lazy("notice", "Uncertain"),
    State.FAILED: pgettext_lazy("notice", "Could not be sent"),
    State.STOPPED: pgettext_lazy("notice", "Stopped"),
}
COLORS: Mapping[State, str] = {
    State.WAITING: "info",
    State.HANDING_OVER: "info",
    State.HANDED_OVER: "success",
    State.UNCERTAIN: "warning",
    State.FAILED: "danger",
    State.STOPPED: "neutral",
}
REASONS: Mapping[Reason, Promise] = {
    Reason.NO_SAFE_ADDRESS: _("No phone number or e-mail address is known to be safe for notices."),
    Reason.SAME_ADDRESS: _("Somebody with the same phone number or e-mail address has already been told."),
    Reason.NOT_WANTED: _("The person does not want notices."),
    Reason.CONSENT_WITHDRAWN: _("The consent it was based on no longer applies."),
    Reason.ADDRESS_CHANGED: _("The phone number or e-mail address was changed before it was sent."),
    Reason.NO_GATEWAY: _("Nothing is set up here to send it with."),
    Reason.NOT_MADE_UP: _("Everybody here is made up, but the number or address may belong to a real person."),
    Reason.BY_SENDER: _("Somebody in the unit stopped it."),
    Reason.REFUSED: _("The service that delivers the notices says that the number or address cannot be used."),
    Reason.GAVE_UP: _("Several attempts were made, but it was not accepted."),
}
KINDS: Mapping[NoticeKind, Promise] = {
    NoticeKind.REGISTERED_AS_CARER: _("Registered as a contact"),
    NoticeKind.AGE_REACHED: _("Something changes with age"),
    NoticeKind.NEW_ON_MY_PAGE: _("Something new on my page"),
    NoticeKind.APPOINTMENT_SOON: _("An appointment soon"),
    NoticeKind.APPOINTMENT_CANCELLED: _("An appointment that is cancelled"),
    NoticeKind.APPOINTMENT_CHANGED: _("An appointment that was changed"),
    NoticeKind.PLACE_KEPT: _("A place that is kept"),
}
CHANNELS: Mapping[Channel, Promise] = {
    Channel.SMS: _("Text message"),
    Channel.EMAIL: _("E-mail"),
}
