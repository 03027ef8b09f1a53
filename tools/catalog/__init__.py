"""What the assistant can do: one module per tool. `READS` answer, `WRITES` propose changes."""

from tools.catalog import (
    account_family,
    account_profile,
    account_summary,
    account_value,
    capabilities,
    checklist,
    checklist_state,
    composite_score,
    coverage_gaps,
    coverage_list,
    coverage_owner,
    explain_term,
    key_accounts,
    method_search,
    pipeline,
    priority_list,
    profitability,
    revenue,
    rfm,
    score_gaps,
    selection_criteria,
    serving_mode,
    share_of_wallet,
    unassigned_deals,
    win_rate,
)
from tools.catalog.spec import Tool

READS: tuple[Tool, ...] = tuple(
    Tool.of(module)
    for module in (
        account_profile,
        account_summary,
        account_family,
        composite_score,
        key_accounts,
        priority_list,
        rfm,
        score_gaps,
        selection_criteria,
        account_value,
        share_of_wallet,
        profitability,
        serving_mode,
        coverage_owner,
        coverage_list,
        coverage_gaps,
        revenue,
        pipeline,
        win_rate,
        unassigned_deals,
        checklist,
        checklist_state,
        method_search,
        explain_term,
        capabilities,
    )
)
WRITES: tuple[Tool, ...] = ()
