"""what is needed to answer an event later, and how far it is"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import tools.data.types

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('inbound_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('conversation', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('state', sa.String(length=32), nullable=False, server_default='claimed'))
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('payload', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('received_at', tools.data.types.UtcDateTime(), nullable=False, server_default='1970-01-01 00:00:00'))
        batch_op.create_index('ix_inbound_event_open', ['answered_at', 'claimed_at'], unique=False)
    # Leftovers of earlier versions hold nothing to answer from.
    op.execute("UPDATE inbound_event SET answered_at = claimed_at WHERE answered_at IS NULL")


def downgrade() -> None:
    with op.batch_alter_table('inbound_event', schema=None) as batch_op:
        batch_op.drop_index('ix_inbound_event_open')
        for name in ('received_at', 'payload', 'attempts', 'state', 'conversation'):
            batch_op.drop_column(name)
