"""Somebody in front of a page, who does what people do: reads, presses, types, finds the way with the keyboard."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

MOST_TABS = 80


class NotReached(AssertionError):
    """What was wanted cannot be reached with the Tab key."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the page they have open. Everything they do returns them, so that a story reads as one."""

    page: Page

    def visit(self, address: str) -> "Person":
        self.page.goto(address)
        return self

    def press(self, name: str) -> "Person":
        """Press the button or follow the link of that name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.or_(self.page.get_by_role("link", name=name, exact=True)).first.click()
        return self

    def goes_by(self, name: str) -> "Person":
        """Press the button or follow the link of that name, and come to the page that it leads to."""
        with self.page.expect_navigation():
            self.press(name)
        return self

    def type(self, label: str, text: str) -> "Person":
        self.page.get_by_label(label).fill(text)
        return self

    def sees(self, *texts: str) -> "Person":
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()
        return self

    def does_not_see(self, *texts: str) -> "Person":
        for text in texts:
            expect(self.page.get_by_text(text, exact=True).locator("visible=true")).to_have_count(0)
        return self

    def reads_heading(self, text: str) -> "Person":
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)
        return self

    def has_typed(self, label: str, text: str) -> "Person":
        expect(self.page.get_by_label(label)).to_have_value(text)
        return self

    def tabs_to(self, name: str) -> "Person":
        """
        Press Tab until what bears that name has the focus, and can be seen to have it.

        :raises NotReached: with all that was passed on the way.
        """
        passed = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.page.locator(":focus")
            text = " ".join(here.inner_text().split()) if here.count() else ""
            passed.append(text)
            if text == name:
                assert _focus_shows(self.page), f"nothing shows that {name!r} has the focus"
                return self
        raise NotReached(f"{name!r} is not among {passed}")

    def presses_enter(self) -> "Person":
        self.page.keyboard.press("Enter")
        return self

    def skips_to_the_content(self) -> "Person":
        """Use the link that every page begins with."""
        self.page.keyboard.press("Tab")
        expect(self.page.locator(":focus")).to_have_attribute("href", "#main")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()
        return self


def _focus_shows(page: Page) -> bool:
    """Say whether what has the focus, or what it stands in, looks different from when it has not."""
    return bool(
        page.evaluate(
            """() => {
                const focused = document.activeElement;
                const around = [];
                for (let each = focused; each !== document.body; each = each.parentElement) around.push(each);
                const look = () => around.map((each) => {
                    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
                    return `${outlineStyle} ${outlineWidth} ${boxShadow}`;
                }).join();
                const withFocus = look();
                focused.blur();
                const without = look();
                focused.focus({ focusVisible: true });
                return withFocus !== without;
            }"""
        )
    )
