"""Who sits at which desk of a journey: pages opened and forms sent as somebody."""

from __future__ import annotations


class Desks:
    """Opens one page after another as somebody, each day with a session of its own."""

    def __init__(self, visits, users):
        self.visits = visits
        self.users = users
        self.page = None

    def open(self, role, address):
        self.page = self.visits.open(address, user=self.users[role], ready=False, language="en-US")
        return self.page

    def send(self, button, **values):
        """Fill in the form of a button and send it."""
        form = self.page.locator("form").filter(
            has=self.page.get_by_role("button", name=button, exact=True, include_hidden=True)
        )
        form.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
        for name, value in values.items():
            field = form.locator(f"[name='{name}']")
            kind = field.evaluate("field => field.type")
            if kind == "checkbox":
                field.check()
            elif kind == "select-one":
                field.select_option(value)
            elif kind == "file":
                field.set_input_files(value)
            else:
                field.fill(value)
        with self.page.expect_navigation():
            form.get_by_role("button", name=button, exact=True).click()
        return self.page.content()

    def text(self):
        return self.page.locator("main").inner_text()
