"""Rows of the ground: the mark of this installation, and which events have been delivered."""

from uuid import UUID

from django.db import connection, models
from django.db.models.functions import Now

from medspiller.core import ids
from medspiller.core.tenancy import TenantOwned


class Installation(models.Model):
    """
    What this database was created as. One row, written by the owner role, never changed.

    `demo` is one of the two locks of the demo sign-in; the other is a start flag.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    demo = models.BooleanField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="core_installation_is_one")]

    def __str__(self) -> str:
        return "demo" if self.demo else "production"


class DeliveryManager(models.Manager["Delivery"]):
    def claim(self, *, event_id: UUID, subscriber: str) -> bool:
        """
        Record that `subscriber` gets the event in this transaction; False if it already has.

        Waits for another transaction that is claiming the same.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_delivery (id, event_id, subscriber) VALUES (%s, %s, %s) "
                "ON CONFLICT (tenant_id, event_id, subscriber) DO NOTHING",
                [ids.new_id(), event_id, subscriber],
            )
            return bool(cursor.rowcount)


class Delivery(TenantOwned):
    """That one subscriber has had one event, so that a job run twice has its effect once."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    event_id = models.UUIDField()
    subscriber = models.CharField(max_length=200)
    delivered_at = models.DateTimeField(db_default=Now())

    objects = DeliveryManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "event_id", "subscriber"], name="core_delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.event_id}"
