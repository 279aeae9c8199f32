"""The codes of steering: plans, meetings, responsibility and accountability, with words.

The stored values are part of the stable interface; the words are translated.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """The life of a monthly plan 月度方案; a closed one is locked."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "Submitted")
    RETURNED = "returned", pgettext_lazy("plan", "Returned")
    CONFIRMED = "confirmed", pgettext_lazy("plan", "Confirmed")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")


class ItemResult(TextChoices):
    """What became of a plan's item when the plan was closed against facts."""

    OPEN = "open", pgettext_lazy("plan item", "Open")
    MET = "met", pgettext_lazy("plan item", "Met")
    PARTLY = "partly", pgettext_lazy("plan item", "Partly met")
    MISSED = "missed", pgettext_lazy("plan item", "Missed")


class MeetingLevel(TextChoices):
    """How often a dispatch meeting 会商调度 of this kind is held."""

    WEEK = "week", pgettext_lazy("meeting", "Weekly")
    MONTH = "month", pgettext_lazy("meeting", "Monthly")
    QUARTER = "quarter", pgettext_lazy("meeting", "Quarterly")
    SPECIAL = "special", pgettext_lazy("meeting", "Special")


class MeetingState(TextChoices):
    """Whether a meeting is being prepared, or held and its minutes fixed."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class AgendaCause(TextChoices):
    """Why an item stands on the agenda by itself."""

    MILESTONE = "milestone", _("Milestone overdue")
    DELAY = "delay", _("Seriously late")
    MONEY_LAG = "money_lag", _("Money far behind work")
    QUIET = "quiet", _("No evidence of work")
    PLAN_MISSED = "plan_missed", _("Monthly plan missed")
    DECISION = "decision", _("Decision overdue")
    ADDED = "added", _("Added by the office")


class RedCause(TextChoices):
    """Why a site is red by itself: the causes of an agenda without what the office adds."""

    MILESTONE = "milestone", AgendaCause.MILESTONE.label
    DELAY = "delay", AgendaCause.DELAY.label
    MONEY_LAG = "money_lag", AgendaCause.MONEY_LAG.label
    QUIET = "quiet", AgendaCause.QUIET.label
    PLAN_MISSED = "plan_missed", AgendaCause.PLAN_MISSED.label
    DECISION = "decision", AgendaCause.DECISION.label


class DecisionState(TextChoices):
    """Whether what was decided is done; overdue follows from the date."""

    OPEN = "open", pgettext_lazy("decision", "Open")
    DONE = "done", pgettext_lazy("decision", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("decision", "Withdrawn")


class ResponsibleRole(TextChoices):
    """The rows of the responsibility matrix 责任落实."""

    LEADER = "leader", _("Responsible leader")
    DEPARTMENT_HEAD = "department_head", _("Head of the lead department")
    TOWNSHIP_HEAD = "township_head", _("Head of the township")
    PROJECT_LEAD = "project_lead", _("Project lead")
    SITE_SUPERVISOR = "site_supervisor", _("Supervisor on site")


class CaseLevel(TextChoices):
    """The steps of accountability 责任追究, from the mildest to the gravest."""

    REMINDER = "reminder", _("Reminder")
    SUPERVISION = "supervision", _("Supervised rectification")
    TALK = "talk", _("Accountability talk")
    NOTICE = "notice", _("Notice of criticism")
    TRANSFER = "transfer", _("Transfer to discipline inspection")


CASE_LADDER = tuple(CaseLevel.values)
"""The levels in the order in which a case climbs."""


class CaseState(TextChoices):
    """Where a case stands."""

    RAISED = "raised", pgettext_lazy("case", "Raised")
    NOTIFIED = "notified", pgettext_lazy("case", "Notified")
    REPLIED = "replied", pgettext_lazy("case", "Replied")
    APPEALED = "appealed", pgettext_lazy("case", "Appealed")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")


class CaseCause(TextChoices):
    """What a case rests on."""

    DECISION = "decision", _("Decision not carried out")
    MILESTONE = "milestone", _("Milestone overdue")
    PLAN = "plan", _("Monthly plan missed or filed late")
    FINDING = "finding", _("Finding not rectified")
    DEFECT = "defect", _("Defect")
    DATA = "data", _("False or missing report")
    OTHER = "other", _("Other")


class StepKind(TextChoices):
    """What happened to a case."""

    RAISE = "raise", pgettext_lazy("case step", "Raised")
    NOTIFY = "notify", pgettext_lazy("case step", "Letter sent")
    REPLY = "reply", pgettext_lazy("case step", "Reply")
    ESCALATE = "escalate", pgettext_lazy("case step", "Raised to the next level")
    APPEAL = "appeal", pgettext_lazy("case step", "Appeal")
    UPHOLD = "uphold", pgettext_lazy("case step", "Appeal refused")
    WITHDRAW = "withdraw", pgettext_lazy("case step", "Appeal granted, case withdrawn")
    CLOSE = "close", pgettext_lazy("case step", "Closed")


class SentTo(TextChoices):
    """Which government a piece of information was filed to 信息报送."""

    PROVINCE = "province", _("Provincial")
    CITY = "city", _("City level")
