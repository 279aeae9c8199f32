"""Pages of steering: plans, meetings, decisions, responsibility, accountability, information."""

from __future__ import annotations

from django.urls import URLPattern, path

from oversight.views.case_letters import case_letter, case_letter_file
from oversight.views.case_list import case_list, cases_overdue
from oversight.views.case_new import case_new
from oversight.views.case_page import case_detail, case_moved
from oversight.views.decisions import decision_detail, decision_list, decision_moved
from oversight.views.information import information_edit, information_list, information_new
from oversight.views.meeting_acts import (
    agenda_added,
    agenda_drawn,
    agenda_marked,
    agenda_narrowed,
    meeting_cancelled,
    meeting_decided,
    meeting_held,
)
from oversight.views.meetings import (
    meeting_detail,
    meeting_edit,
    meeting_list,
    meeting_new,
    meeting_print,
)
from oversight.views.naming import responsibility_name
from oversight.views.plan_list import plan_list
from oversight.views.plan_pages import (
    plan_detail,
    plan_edit,
    plan_explained,
    plan_moved,
    plan_new,
)
from oversight.views.responsibility import (
    responsibility_ended,
    responsibility_list,
    responsibility_programme,
    responsibility_site,
)
from oversight.views.standing import standing, standing_members
from oversight.views.workbench import workbench as what_waits

app_name = "oversight"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = [path("", what_waits, name="workbench")]
responsibility: list[URLPattern] = [
    path("responsibility/", responsibility_list, name="responsibility-list"),
    path("responsibility/name/", responsibility_name, name="responsibility-name"),
    path(
        "responsibility/sites/<uuid:pk>/",
        responsibility_site,
        name="responsibility-site",
    ),
    path(
        "responsibility/programmes/<uuid:pk>/",
        responsibility_programme,
        name="responsibility-programme",
    ),
    path("responsibility/<uuid:pk>/end/", responsibility_ended, name="responsibility-end"),
]
plans: list[URLPattern] = [
    path("plans/", plan_list, name="plan-list"),
    path("plans/new/", plan_new, name="plan-new"),
    path("plans/<uuid:pk>/", plan_detail, name="plan-detail"),
    path("plans/<uuid:pk>/edit/", plan_edit, name="plan-edit"),
    path("plans/<uuid:pk>/move/", plan_moved, name="plan-move"),
    path("plans/<uuid:pk>/explain/", plan_explained, name="plan-explain"),
]
meetings: list[URLPattern] = [
    path("meetings/", meeting_list, name="meeting-list"),
    path("meetings/new/", meeting_new, name="meeting-new"),
    path("meetings/<uuid:pk>/", meeting_detail, name="meeting-detail"),
    path("meetings/<uuid:pk>/edit/", meeting_edit, name="meeting-edit"),
    path("meetings/<uuid:pk>/print/", meeting_print, name="meeting-print"),
    path("meetings/<uuid:pk>/draw/", agenda_drawn, name="agenda-draw"),
    path("meetings/<uuid:pk>/narrow/", agenda_narrowed, name="agenda-narrow"),
    path("meetings/<uuid:pk>/add/", agenda_added, name="agenda-add"),
    path("meetings/<uuid:pk>/agenda/<uuid:item>/", agenda_marked, name="agenda-mark"),
    path("meetings/<uuid:pk>/hold/", meeting_held, name="meeting-hold"),
    path("meetings/<uuid:pk>/cancel/", meeting_cancelled, name="meeting-cancel"),
    path("meetings/<uuid:pk>/decide/", meeting_decided, name="meeting-decide"),
    path("decisions/", decision_list, name="decision-list"),
    path("decisions/<uuid:pk>/", decision_detail, name="decision-detail"),
    path("decisions/<uuid:pk>/move/", decision_moved, name="decision-move"),
]
cases: list[URLPattern] = [
    path("cases/", case_list, name="case-list"),
    path("cases/new/", case_new, name="case-new"),
    path("cases/overdue/", cases_overdue, name="cases-overdue"),
    path("cases/<uuid:pk>/", case_detail, name="case-detail"),
    path("cases/<uuid:pk>/letters/<uuid:step>/", case_letter, name="case-letter"),
    path("cases/<uuid:pk>/letters/<uuid:step>/docx/", case_letter_file, name="case-letter-file"),
    path("cases/<uuid:pk>/<slug:move>/", case_moved, name="case-move"),
]
information: list[URLPattern] = [
    path("information/", information_list, name="information-list"),
    path("information/new/", information_new, name="information-new"),
    path("information/<uuid:pk>/", information_edit, name="information-edit"),
    path("standing/", standing, name="standing"),
    path("standing/<slug:fact>/", standing_members, name="standing-members"),
]

urlpatterns: list[URLPattern] = [
    *workbench,
    *responsibility,
    *plans,
    *meetings,
    *cases,
    *information,
]
