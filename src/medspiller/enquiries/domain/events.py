"""What happens to enquiries."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EnquiryMade:
    """Somebody has asked. The same press of a button may tell of an enquiry that is not there: nothing follows."""

    enquiry_id: UUID


@dataclass(frozen=True, slots=True)
class EnquiryDone:
    """Somebody has answered it."""

    enquiry_id: UUID


@dataclass(frozen=True, slots=True)
class EnquiryMoved:
    """Another unit answers it from now on."""

    enquiry_id: UUID
    from_unit_id: UUID
