"""The triggers that catch every change of an area's rows, and those that keep journal and evidence append-only.

Made again after each migration (a rebuilt table loses its triggers). They catch what comes by another way, too:
such rows stay unclaimed in `house_change`, and `journal verify` names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tortoise.models import Model

from cstui.contract.records import AnonymousRecord, Evidence

MASK = "***"
AT_ONCE = 50
"""Columns in one call of SQLite's json_object, which takes 127 arguments at most."""


def columns(model: type[Model]) -> list[str]:
    """Database columns of a model, in order; also those that are declared no more."""
    return list(dict.fromkeys([*model._meta.fields_db_projection.values(), *getattr(model, "kept", ())]))


def secret_columns(model: type[Model]) -> set[str]:
    """Columns whose value never stands in the journal (only that it is set)."""
    names = getattr(model, "secret_fields", ())
    return {model._meta.fields_db_projection[name] for name in names}


def masked(value: str) -> str:
    """SQL that tells of a secret value only whether it is set."""
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE '{MASK}' END"


def journalled(models: Iterable[type[Model]]) -> list[type[Model]]:
    return [m for m in models if not issubclass(m, (AnonymousRecord, Evidence)) and not m._meta.abstract]


def sqlite_triggers(models: Iterable[type[Model]]) -> Iterator[str]:
    for model in journalled(models):
        table, pk = model._meta.db_table, model._meta.db_pk_column
        old, new = _image(model, "OLD"), _image(model, "NEW")
        for event, row, before, after in (
            ("INSERT", "NEW", "NULL", new), ("UPDATE", "NEW", old, new), ("DELETE", "OLD", old, "NULL"),
        ):  # fmt: skip
            name = f"journal_{table}_{event.lower()}"
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (
                f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN '
                f'INSERT INTO "house_change"("tab","record","before","after") '
                f"VALUES('{table}',{row}.\"{pk}\",{before},{after}); END"
            )


def _sqlite_guards(guards: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for table, event, condition in guards:
        name = f"guard_{table}_{event.lower()}"
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {f"WHEN {condition} " if condition else ""}'
            f"BEGIN SELECT RAISE(ABORT,'{table} is append-only'); END"
        )


def _image(model: type[Model], row: str) -> str:
    """A row's columns as one JSON object; of a secret one only whether it is set."""
    secret, parts = secret_columns(model), []
    for column in columns(model):
        value = f'{row}."{column}"'
        if column in secret:
            value = masked(value)
        parts.append(f"'{column}',{value}")
    return _object(parts)


def _object(parts: Sequence[str]) -> str:
    """One JSON object of "'name',value"; of many columns several are made, and their texts joined."""
    made = [f"json_object({','.join(parts[at : at + AT_ONCE])})" for at in range(0, len(parts), AT_ONCE)]
    if len(made) == 1:
        return made[0]
    inner = "||','||".join(f"trim({one},'{{}}')" for one in made)  # no value ends in a brace: texts stand in quotes
    return f"'{{'||{inner}||'}}'"


def _append_only(tables: Iterable[str]) -> list[tuple[str, str, str]]:
    """(table, event, condition)."""
    return [(table, event, "") for table in tables for event in ("UPDATE", "DELETE")]


HOUSE = [
    *_append_only(("house_entry", "house_ref")),
    ("house_body", "DELETE", ""),
    ("house_body", "UPDATE", "NEW.body IS NOT NULL OR NEW.seq <> OLD.seq"),
]
"""Entries never change; a body may only be blanked."""

POSTGRES_FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION house_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE old_row jsonb; new_row jsonb; secret text;
BEGIN
  IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
  FOR i IN 1 .. TG_NARGS - 1 LOOP
    secret := TG_ARGV[i];
    IF old_row ->> secret IS NOT NULL THEN old_row := jsonb_set(old_row, ARRAY[secret], '"***"'); END IF;
    IF new_row ->> secret IS NOT NULL THEN new_row := jsonb_set(new_row, ARRAY[secret], '"***"'); END IF;
  END LOOP;
  INSERT INTO house_change(tab, record, before, after)
    VALUES (TG_TABLE_NAME, COALESCE(new_row, old_row) ->> TG_ARGV[0], old_row::text, new_row::text);
  RETURN NULL;
END $$
""",
    """
CREATE OR REPLACE FUNCTION house_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$
""",
)


def postgres_triggers(models: Iterable[type[Model]]) -> Iterator[str]:
    for model in journalled(models):
        table = model._meta.db_table
        arguments = ", ".join(f"'{name}'" for name in (model._meta.db_pk_column, *sorted(secret_columns(model))))
        yield f'DROP TRIGGER IF EXISTS "journal_{table}" ON "{table}"'
        yield (
            f'CREATE TRIGGER "journal_{table}" AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION house_journal({arguments})"
        )


def _postgres_guards(guards: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for table, event, condition in guards:
        name = f"guard_{table}_{event.lower()}"
        yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
        when = f"WHEN ({condition}) " if condition else ""
        yield (f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {when}EXECUTE FUNCTION house_guard()')


def of_house(dialect: str) -> list[str]:
    """What keeps the journal append-only, and what the triggers of areas call."""
    return [*_sqlite_guards(HOUSE)] if dialect == "sqlite" else [*POSTGRES_FUNCTIONS, *_postgres_guards(HOUSE)]


def of_area(dialect: str, models: Sequence[type[Model]]) -> list[str]:
    """What catches the changes of these records, and keeps the evidence among them append-only."""
    evidence = [model._meta.db_table for model in models if issubclass(model, Evidence) and not model._meta.abstract]
    guards = _append_only(evidence)
    if dialect == "sqlite":
        return [*sqlite_triggers(models), *_sqlite_guards(guards)]
    return [*postgres_triggers(models), *_postgres_guards(guards)]
