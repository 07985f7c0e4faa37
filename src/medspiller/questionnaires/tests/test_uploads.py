"""Files that are added to answers."""

import pytest

from medspiller.core.errors import NotFound
from medspiller.people.domain.scans import FileRefused
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.tests.factories import begin, type_in


class TestFiles:
    PDF = b"%PDF-1.7\n%%EOF\n"

    def add(self, family, content):
        begun = begin(family.contact, family.kari)
        return begun, services.add_upload(
            actor=family.contact, response_id=begun.id, field="q-file", title="Plan.pdf", content=content
        )

    def test_are_known_by_their_bytes_sealed_and_the_authors(self, family):
        _begun, kept = self.add(family, self.PDF)

        assert (kept.content_type, kept.size, kept.title) == ("application/pdf", len(self.PDF), "Plan.pdf")
        upload_id = kept.url.rpartition(":")[2]
        assert selectors.upload(actor=family.contact, upload_id=upload_id)[1] == self.PDF
        with pytest.raises(NotFound):
            selectors.upload(actor=family.citizen, upload_id=upload_id)

    def test_of_other_kinds_are_refused(self, family):
        with pytest.raises(FileRefused):
            self.add(family, b"<html><script>alert(1)</script></html>")

    def test_that_stand_in_no_answer_are_gone_with_the_form(self, family):
        begun, kept = self.add(family, self.PDF)
        type_in(family.contact, begun, helps="false")

        services.complete(actor=family.contact, response_id=begun.id)

        with pytest.raises(NotFound):
            selectors.upload(actor=family.contact, upload_id=kept.url.rpartition(":")[2])
