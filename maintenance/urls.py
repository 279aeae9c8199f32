"""Pages of the `maintenance` app, and those of an asset that need what this app knows."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.payment_urls import payment_patterns
from maintenance.views.agreement_edit import agreement_edit, agreement_new
from maintenance.views.agreement_list import agreement_list
from maintenance.views.agreement_page import (
    agreement_delete,
    agreement_detail,
    agreement_keeper,
    agreement_move,
    agreement_print,
    agreement_renewal,
    agreement_signature,
)
from maintenance.views.agreement_scope import agreement_scope
from maintenance.views.claims import claim_list, claim_moved
from maintenance.views.defect_list import defect_list
from maintenance.views.defect_new import defect_new
from maintenance.views.defect_pages import (
    defect_claimed,
    defect_detail,
    defect_moved,
    defect_photos,
    defect_placed,
)
from maintenance.views.duties import duty_detail, duty_list, duty_plan, patrol_plan
from maintenance.views.inspection_pages import (
    inspection_detail,
    inspection_list,
    inspection_new,
)
from maintenance.views.log_new import log_new
from maintenance.views.log_pages import log_detail, log_list, log_reviewed
from maintenance.views.order_bulk import log_bulk, order_bulk, order_issue_many
from maintenance.views.order_list import order_list
from maintenance.views.order_new import order_new
from maintenance.views.order_page import (
    order_cost,
    order_cost_reversed,
    order_detail,
    order_moved,
)
from maintenance.views.passport import asset_detail, asset_plate, public_asset_page
from maintenance.views.posts import post_end, post_new, post_page
from maintenance.views.public_reports import public_report, public_track
from maintenance.views.reports import (
    report_answered,
    report_detail,
    report_linked,
    report_list,
    report_opened,
)
from maintenance.views.standards import standard_edit, standard_list, standard_new
from maintenance.views.workbench import workbench as my_work

app_name = "maintenance"

# Each owner of a part adds the addresses of that part to its own list.
workbench: list[URLPattern] = [path("maintenance/", my_work, name="workbench")]
agreements: list[URLPattern] = [
    path("maintenance/agreements/", agreement_list, name="agreement-list"),
    path("maintenance/agreements/new/", agreement_new, name="agreement-new"),
    path("maintenance/agreements/<uuid:pk>/", agreement_detail, name="agreement-detail"),
    path("maintenance/agreements/<uuid:pk>/edit/", agreement_edit, name="agreement-edit"),
    path("maintenance/agreements/<uuid:pk>/scope/", agreement_scope, name="agreement-scope"),
    path("maintenance/agreements/<uuid:pk>/print/", agreement_print, name="agreement-print"),
    path("maintenance/agreements/<uuid:pk>/move/", agreement_move, name="agreement-move"),
    path("maintenance/agreements/<uuid:pk>/sign/", agreement_signature, name="agreement-sign"),
    path("maintenance/agreements/<uuid:pk>/renew/", agreement_renewal, name="agreement-renew"),
    path("maintenance/agreements/<uuid:pk>/remove/", agreement_delete, name="agreement-remove"),
    path(
        "maintenance/agreements/<uuid:pk>/keepers/<uuid:stretch>/",
        agreement_keeper,
        name="agreement-keeper",
    ),
    path("maintenance/agreements/<uuid:pk>/posts/", post_new, name="post-new"),
    path("maintenance/posts/<uuid:pk>/", post_page, name="post-page"),
    path("maintenance/posts/<uuid:pk>/end/", post_end, name="post-end"),
]
duties: list[URLPattern] = [
    path("maintenance/standards/", standard_list, name="standard-list"),
    path("maintenance/standards/new/", standard_new, name="standard-new"),
    path("maintenance/standards/<uuid:pk>/", standard_edit, name="standard-edit"),
    path("maintenance/duties/", duty_list, name="duty-list"),
    path("maintenance/duties/plan/", duty_plan, name="duty-plan"),
    path("maintenance/duties/<uuid:pk>/", duty_detail, name="duty-detail"),
    path("maintenance/patrol-plans/<uuid:pk>/", patrol_plan, name="patrol-plan"),
    path("maintenance/inspections/", inspection_list, name="inspection-list"),
    path("maintenance/inspections/new/", inspection_new, name="inspection-new"),
    path("maintenance/inspections/<uuid:pk>/", inspection_detail, name="inspection-detail"),
]
defects: list[URLPattern] = [
    path("maintenance/defects/", defect_list, name="defect-list"),
    path("maintenance/defects/new/", defect_new, name="defect-new"),
    path("maintenance/defects/<uuid:pk>/", defect_detail, name="defect-detail"),
    path("maintenance/defects/<uuid:pk>/move/", defect_moved, name="defect-move"),
    path("maintenance/defects/<uuid:pk>/photos/", defect_photos, name="defect-photos"),
    path("maintenance/defects/<uuid:pk>/place/", defect_placed, name="defect-place"),
    path("maintenance/defects/<uuid:pk>/claim/", defect_claimed, name="defect-claim"),
    path("maintenance/claims/", claim_list, name="claim-list"),
    path("maintenance/claims/<uuid:pk>/move/", claim_moved, name="claim-move"),
    path("maintenance/reports/", report_list, name="report-list"),
    path("maintenance/reports/<uuid:pk>/", report_detail, name="report-detail"),
    path("maintenance/reports/<uuid:pk>/link/", report_linked, name="report-link"),
    path("maintenance/reports/<uuid:pk>/open/", report_opened, name="report-open"),
    path("maintenance/reports/<uuid:pk>/answer/", report_answered, name="report-answer"),
]
orders: list[URLPattern] = [
    path("maintenance/orders/", order_list, name="order-list"),
    path("maintenance/orders/new/", order_new, name="order-new"),
    path("maintenance/orders/issue/", order_issue_many, name="order-issue-many"),
    path("maintenance/orders/bulk/", order_bulk, name="order-bulk"),
    path("maintenance/orders/<uuid:pk>/", order_detail, name="order-detail"),
    path("maintenance/orders/<uuid:pk>/move/", order_moved, name="order-move"),
    path("maintenance/orders/<uuid:pk>/costs/", order_cost, name="order-cost"),
    path(
        "maintenance/orders/<uuid:pk>/costs/<uuid:cost>/reverse/",
        order_cost_reversed,
        name="order-cost-reverse",
    ),
    path("maintenance/logs/", log_list, name="log-list"),
    path("maintenance/logs/new/", log_new, name="log-new"),
    path("maintenance/logs/bulk/", log_bulk, name="log-bulk"),
    path("maintenance/logs/<uuid:pk>/", log_detail, name="log-detail"),
    path("maintenance/logs/<uuid:pk>/review/", log_reviewed, name="log-review"),
]
payments: list[URLPattern] = payment_patterns
passports: list[URLPattern] = [
    path("assets/<uuid:pk>/", asset_detail, name="asset-detail"),
    path("assets/<uuid:pk>/plate/", asset_plate, name="asset-plate"),
    path("public/a/<slug:plate>/", public_asset_page, name="public-asset"),
]
public: list[URLPattern] = [
    path("public/a/<slug:plate>/report/", public_report, name="public-report"),
    path("public/track/<slug:code>/", public_track, name="public-track"),
]

urlpatterns: list[URLPattern] = [
    *workbench,
    *agreements,
    *duties,
    *defects,
    *orders,
    *payments,
    *passports,
    *public,
]
