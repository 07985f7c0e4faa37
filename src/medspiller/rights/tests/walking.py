"""Somebody who answers what they are asked, page by page."""

import re
from html import unescape

ASK, ANSWERS = "/rettigheter/sporsmal/", "/rettigheter/svar/"


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def hidden(page, name="tilstand"):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return unescape(found[1]) if found else ""


def heading(page):
    return unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.S)[1])).strip()


class Walker:
    """Goes through the questions of one area. `asked` are those that were answered or skipped."""

    def __init__(self, client, page, *, ask=ASK, answers=ANSWERS):
        self.client, self.page, self.asked, self.ask, self.answers = client, page, [], ask, answers

    @property
    def question(self):
        return hidden(self.page, "sporsmal")

    @property
    def inputs(self):
        return list(dict.fromkeys(re.findall(r'name="(v-[^"]+)"', self.page.content.decode())))

    def send(self, address="", **fields):
        sent = {"tilstand": hidden(self.page), "sporsmal": self.question, "til": hidden(self.page, "til")}
        fields = {name: value for name, value in sent.items() if value} | fields
        self.page = self.client.post(address or self.ask, fields)
        return self.page

    def skip(self):
        self.asked.append(self.question)
        return self.send(gjor="hopp")

    def say(self, *values):
        """Answer the question that is asked, each of its inputs in turn."""
        self.asked.append(self.question)
        return self.send(gjor="svar", **dict(zip(self.inputs, values, strict=True)))

    def change(self, question):
        """Open a question from the answers."""
        return self.send(endre=question)

    def so_far(self):
        return self.send(self.answers)

    def until(self, question, known):
        """Answer from what is known, skip the rest, until a question is asked."""
        for _ in range(80):
            if self.question == question or not self.question:
                break
            values = known.get(self.question)
            self.say(*([values] * len(self.inputs))) if values else self.skip()
        return self
