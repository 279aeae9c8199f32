"""Pages of the `sites` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from sites.views.areas import area_detail, area_list
from sites.views.listing import site_list
from sites.views.programmes import programme_list
from sites.views.site_page import site_detail, site_edit, site_move, site_progress

app_name = "sites"
urlpatterns: list[URLPattern] = [
    path("sites/", site_list, name="site-list"),
    path("sites/<uuid:pk>/", site_detail, name="site-detail"),
    path("sites/<uuid:pk>/edit/", site_edit, name="site-edit"),
    path("sites/<uuid:pk>/move/", site_move, name="site-move"),
    path("sites/<uuid:pk>/progress/", site_progress, name="site-progress"),
    path("areas/", area_list, name="area-list"),
    path("areas/<str:code>/", area_detail, name="area-summary"),
    path("programmes/", programme_list, name="programme-list"),
]
