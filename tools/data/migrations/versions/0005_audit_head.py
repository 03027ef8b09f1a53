"""the head of the audit trail, and entries whose words can be erased"""

import hashlib
import json
import secrets
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op

import tools.data.types

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_ENTRIES = sa.table(
    'audit_entry',
    *(sa.column(name) for name in ('id', 'actor_id', 'actor', 'surface', 'thread', 'action')),
    *(sa.column(name) for name in ('subject', 'accounts', 'rules_version', 'salt')),
    *(sa.column(name) for name in ('content_hash', 'previous_hash', 'hash')),
    sa.column('at', tools.data.types.UtcDateTime()),
    sa.column('detail', sa.JSON()),
)


def upgrade() -> None:
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_hash', _TEXT(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        for name in ('accounts', 'salt', 'content_hash'):
            batch_op.add_column(sa.Column(name, _TEXT(), nullable=False, server_default=''))
    count, last = _sealed_anew(op.get_bind())
    op.execute(
        sa.text("INSERT INTO audit_head (id, count, last_hash) VALUES (1, :count, :last)")
        .bindparams(count=count, last=last)
    )


def downgrade() -> None:
    # The entries stay sealed in the newer way, so an older program calls all of them altered.
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        for name in ('content_hash', 'salt', 'accounts'):
            batch_op.drop_column(name)
    op.drop_table('audit_head')


def _sealed_anew(connection: sa.Connection) -> tuple[int, str]:
    """Chains the entries with salted words. One that did not fit before keeps its old hash, so
    that it does not fit now."""
    was = now = '0' * 64
    count = 0
    for row in connection.execute(sa.select(_ENTRIES).order_by(_ENTRIES.c.id)).mappings().all():
        entry = dict(row)
        fits = entry['previous_hash'] == was and entry['hash'] == _old(entry)
        was = entry['hash']
        salt = secrets.token_hex(16)
        said = _sha256({'salt': salt, 'actor': entry['actor'], 'detail': entry['detail']})
        fresh = {'salt': salt, 'content_hash': said, 'previous_hash': now}
        fresh['hash'] = _new(entry | fresh) if fits else was
        now = fresh['hash']
        count += 1
        connection.execute(
            sa.update(_ENTRIES).where(_ENTRIES.c.id == entry['id']).values(fresh)
        )
    return count, now


def _old(entry: dict[str, Any]) -> str:
    names = ('actor_id', 'actor', 'surface', 'thread', 'action', 'subject', 'detail')
    kept = {name: entry[name] for name in (*names, 'rules_version', 'previous_hash')}
    return _sha256(kept | {'at': entry['at'].isoformat()})


def _new(entry: dict[str, Any]) -> str:
    names = ('actor_id', 'surface', 'thread', 'action', 'subject', 'accounts', 'rules_version')
    kept = {name: entry[name] for name in (*names, 'content_hash', 'previous_hash')}
    return _sha256(kept | {'at': entry['at'].isoformat()})


def _sha256(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(',', ':'))
    return hashlib.sha256(canonical.encode()).hexdigest()
