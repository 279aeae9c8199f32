"""The codes of money: who it comes from, how far it is, and what an entry is, with words.

The stored values are part of the stable interface; the words are translated.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceLevel(TextChoices):
    """Whose money it is; 中央及省 is the first two together."""

    CENTRAL = "central", pgettext_lazy("money", "Central")
    PROVINCE = "province", pgettext_lazy("money", "Provincial")
    CITY = "city", pgettext_lazy("money", "City")
    DISTRICT = "district", pgettext_lazy("money", "District")
    OTHER = "other", pgettext_lazy("money", "Other")


class SourceKind(TextChoices):
    """What other money is; a government's own money has no kind."""

    SOCIAL_CAPITAL = "social_capital", _("Social capital")
    VILLAGE_COLLECTIVE = "village_collective", _("Village collective")
    HOUSEHOLDS = "households", _("Raised from households")
    CASE_AWARD = "case_award", _("Award for case-by-case projects")
    DONATION = "donation", _("Donation")
    USER_FEES = "user_fees", _("User fees")
    MISCELLANEOUS = "miscellaneous", _("Other money")


class Stage(TextChoices):
    """How far money is: budgeted, allocated by a document, released to who spends it, paid."""

    BUDGET = "budget", pgettext_lazy("money", "Budget")
    ALLOCATED = "allocated", pgettext_lazy("money", "Allocated")
    RELEASED = "released", pgettext_lazy("money", "Released")
    PAID = "paid", pgettext_lazy("money", "Paid")


class EntryKind(TextChoices):
    """What a ledger entry does: book an amount, reverse an entry, or give money back 退回."""

    ENTRY = "entry", pgettext_lazy("ledger", "Entry")
    REVERSAL = "reversal", pgettext_lazy("ledger", "Reversal")
    RETURN = "return", pgettext_lazy("ledger", "Money returned")


class DocumentKind(TextChoices):
    """What an official document settles."""

    BUDGET = "budget", _("Budget document")
    ALLOCATION = "allocation", _("Allocation notice")
    RELEASE = "release", _("Release notice")
    VOUCHER = "voucher", _("Payment voucher")
    APPROVAL = "approval", _("Approval by the People's Congress standing committee")
    CONTRACT = "contract", _("Contract")
    SETTLEMENT = "settlement", _("Settlement report")
    LETTER = "letter", _("Letter")
    MINUTES = "minutes", _("Minutes")
    OTHER = "other", _("Other")


class TenderMethod(TextChoices):
    """How a contractor was chosen."""

    OPEN = "open", _("Open tender")
    INVITED = "invited", _("Invited tender")
    NEGOTIATED = "negotiated", _("Competitive negotiation")
    SINGLE = "single", _("Single source")
    BELOW_THRESHOLD = "below_threshold", _("Below the tender threshold")


class DrawReason(TextChoices):
    """What a reserve is drawn for."""

    NEW_ITEM = "new_item", _("New item")
    RAISED_STANDARD = "raised_standard", _("Raised standard")


class FallbackState(TextChoices):
    """Where a district fallback stands; only an approved one may be paid."""

    PROPOSED = "proposed", pgettext_lazy("fallback", "Proposed")
    APPROVED = "approved", pgettext_lazy("fallback", "Approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("fallback", "Withdrawn")


class MoneyLag(TextChoices):
    """How far payment is behind the work of a site, as a traffic light."""

    GREEN = "green", _("Payment keeps pace")
    YELLOW = "yellow", _("Payment behind the work")
    RED = "red", _("Payment far behind the work")
