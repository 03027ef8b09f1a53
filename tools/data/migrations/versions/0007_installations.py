"""workspaces that installed the app, and installations under way"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import tools.data.types

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('installation',
    sa.Column('surface', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('installed_at', tools.data.types.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('surface', 'organisation', 'team')
    )
    op.create_table('installing',
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('expires_at', tools.data.types.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('state')
    )


def downgrade() -> None:
    op.drop_table('installing')
    op.drop_table('installation')
