"""The API's own description, for programs and for people."""

from __future__ import annotations

from django.views.generic import TemplateView
from drf_spectacular.utils import extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularJSONAPIView

from sites.api import schema_extensions as schema_extensions
from sites.api.resource import OneRendering


@extend_schema_view(get=extend_schema(tags=["about"], operation_id="schema", auth=[]))
class SchemaView(SpectacularJSONAPIView):
    """The OpenAPI 3 document of every address under `/api/`."""

    authentication_classes = ()
    content_negotiation_class = OneRendering


class DocsPage(TemplateView):
    """The OpenAPI document to read and to try, from files of our own only."""

    template_name = "sites/api_docs.html"
