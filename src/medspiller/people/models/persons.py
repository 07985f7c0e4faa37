"""Persons, by which other names they go, and how they are reached."""

from django.db import models
from django.db.models import F, Q

from medspiller.core import history, ids
from medspiller.core.encryption import EncryptedText
from medspiller.core.tenancy import TenantOwned
from medspiller.people.domain.contacts import Channel, ContactSystem, Gender, NameUse
from medspiller.people.domain.persons import NAME_LENGTH, PersonChanges, ProtectedAddress, full_name
from medspiller.people.models.triggers import KEEP_BIRTH_WITHIN_FAMILY


@history.keep(leave_out=["pid", "pid_hash"])
class Person(TenantOwned):
    """
    Somebody known to the tenant: a patient, a carer, a child, often several of these.

    `pid` is the person number, sealed; `pid_hash` finds it again. `user` is the person's
    own account as a citizen. Earlier versions of a row hold no person number. `wants_notices`
    is what the person said: None where nobody asked. `merged_into` is who this row turned out
    to be; such a row is shown nowhere.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    given_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    birth_date = models.DateField(null=True)
    protected_address = models.CharField(max_length=20, default=ProtectedAddress.NONE.value)
    pid = EncryptedText(null=True, editable=False)
    pid_hash = models.BinaryField(max_length=32, null=True, editable=False)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    died_on = models.DateField(null=True)
    gender = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    needs_interpreter = models.BooleanField(null=True)
    preferred_channel = models.CharField(max_length=10, blank=True, default="")
    best_time = models.CharField(max_length=200, blank=True, default="")
    wants_notices = models.BooleanField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "pid_hash"], condition=Q(pid_hash__isnull=False), name="people_person_pid"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "user"], condition=Q(user__isnull=False), name="people_person_user"
            ),
            models.CheckConstraint(
                condition=Q(protected_address__in=[grade.value for grade in ProtectedAddress]),
                name="people_person_protected_address",
            ),
            models.CheckConstraint(condition=~Q(given_name="", family_name=""), name="people_person_has_name"),
            models.CheckConstraint(
                condition=Q(pid__isnull=True, pid_hash__isnull=True) | Q(pid__isnull=False, pid_hash__isnull=False),
                name="people_person_pid_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
                name="people_person_died_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", *(each.value for each in Gender)]), name="people_person_gender"
            ),
            models.CheckConstraint(
                condition=Q(preferred_channel__in=["", *(each.value for each in Channel)]), name="people_person_channel"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="people_person_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "family_name", "given_name", "id"], name="people_person_by_name"),
            models.Index(fields=["tenant_id", "birth_date"], name="people_person_by_birth_date"),
        ]
        triggers = [KEEP_BIRTH_WITHIN_FAMILY]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def changes(self) -> PersonChanges:
        """What is said of the person now, in the shape in which it is changed; their number is not in it."""
        return PersonChanges(
            given_name=self.given_name,
            family_name=self.family_name,
            birth_date=self.birth_date,
            protected_address=ProtectedAddress(self.protected_address),
            gender=Gender(self.gender) if self.gender else None,
            language=self.language,
            needs_interpreter=self.needs_interpreter,
            preferred_channel=Channel(self.preferred_channel) if self.preferred_channel else None,
            best_time=self.best_time,
            wants_notices=self.wants_notices,
        )


@history.keep()
class PersonName(TenantOwned):
    """A name somebody has or had beside the usual one, from and to a day where that is known."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="other_names")
    use = models.CharField(max_length=10)
    given_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(use__in=[each.value for each in NameUse]), name="people_personname_use"),
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""), name="people_personname_says_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="people_personname_period",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@history.keep(leave_out=["value", "value_hash"])
class ContactPoint(TenantOwned):
    """
    One way to reach a person, in [valid_from, valid_to), and what is safe to do there.

    `own` is false where the telephone is somebody else's, as a parent's is: nothing about the
    person is sent there. The three answers about safety are None where nobody asked, and that
    is not yes. `rank` 1 is tried first. `stored_for` is the unit whose staff last wrote it down;
    None where the person did.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_points")
    system = models.CharField(max_length=10)
    value = EncryptedText()
    value_hash = models.BinaryField(max_length=32)
    own = models.BooleanField(default=True)
    safe_to_call = models.BooleanField(null=True)
    safe_to_leave_message = models.BooleanField(null=True)
    safe_for_notices = models.BooleanField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    rank = models.PositiveSmallIntegerField(default=1)
    stored_for = models.UUIDField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(system__in=[each.value for each in ContactSystem]), name="people_contactpoint_system"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="people_contactpoint_period"
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "person", "system", "value_hash"],
                condition=Q(valid_to=None),
                name="people_contactpoint_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "person"], name="people_contactpoint_of"),
            models.Index(fields=["tenant_id", "value_hash"], name="people_contactpoint_value"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class InformationGiven(TenantOwned):
    """
    That a registered person was told so, or why they are not (GDPR art. 14).

    One row for each person who is to be told: `due_on` is a month after they were registered,
    `informed_at` when they were, `reason_not_to` why they are not. `unit` is who sees to it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="information_given")
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField()
    due_on = models.DateField()
    informed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=20, blank=True, default="")
    reason_not_to = models.TextField(blank=True, default="")
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "person"], name="people_informationgiven_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("registered_on")), name="people_informationgiven_due_after_registered"
            ),
            models.CheckConstraint(
                condition=Q(informed_at=None) | Q(reason_not_to=""), name="people_informationgiven_one_of_two"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "unit", "due_on"],
                condition=Q(informed_at=None, reason_not_to=""),
                name="people_informationgiven_due",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
