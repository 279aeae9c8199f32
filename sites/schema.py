"""How migrations that only add make their tables.

Django renders all models of the project again for each operation of a migration. With hundreds
of operations that costs a minute and a half on an empty database. Where a migration only adds,
nothing reads the tables between its operations, and one rendering is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class AdditiveMigration(migrations.Migration):
    """A migration that creates models, adds to others and runs SQL: the state first, then all SQL.

    A model that it creates is whole: with its indexes, constraints and, in its options, the
    triggers, which are installed last. No operation may touch such a model again.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """Run the operations against the state that they lead to, and return it."""
        after = ProjectState(
            {key: state.clone() for key, state in project_state.models.items()},
            project_state.real_apps,
        )
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, project_state, after)
        for trigger in self._triggers():
            # Its SQL is whole: parameters would make percent signs special.
            schema_editor.execute(trigger.install_sql, params=None)
        return after

    def _triggers(self) -> Iterator[Trigger]:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                yield from operation.options.get("triggers", ())
