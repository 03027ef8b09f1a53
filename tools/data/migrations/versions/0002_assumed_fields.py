"""which fields of a change line are assumed"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('change_line', schema=None) as batch_op:
        batch_op.drop_column('assumed')
        batch_op.add_column(sa.Column('assumed', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('change_line', schema=None) as batch_op:
        batch_op.drop_column('assumed')
        batch_op.add_column(
            sa.Column('assumed', sa.Boolean(), nullable=False, server_default=sa.false())
        )
