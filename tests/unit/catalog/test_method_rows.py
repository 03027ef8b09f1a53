"""Every part of the method has a tool that answers for it, and every tool a part.

The parts are listed by the document of the methodology that describes them, so that a document
without a tool shows, as does a tool that no part of the method asks for.
"""

from kam_knowledge.folders import METHODOLOGY
from tools.catalog import READS, WRITES

ROWS: dict[str, dict[str, tuple[str, ...]]] = {
    "kam-overview": {
        "what the method is": ("method_search", "explain_term"),
        "one page on an account": ("account_summary", "account_profile"),
    },
    "five-processes": {"the five processes": ("process_matrix", "method_search")},
    "score-composite": {
        "score with inputs, points, weights": ("composite_score",),
        "supposed inputs and weights": ("score_what_if",),
        "accounts side by side": ("compare_accounts",),
        "inputs as they change": ("set_factor_input", "set_financial"),
    },
    "score-bands": {
        "raw value to points": ("composite_score",),
        "bands and weights as rules": ("change_rule", "rules_in_force"),
    },
    "score-ranking": {
        "rank and top share": ("key_accounts",),
        "what keeps accounts from a rank": ("score_gaps",),
        "what changed between two days": ("score_changes",),
    },
    "selection-criteria": {"four subscores": ("selection_criteria", "record_evaluation")},
    "strategic-selection": {
        "assessment of the customer's system": ("strategic_assessment", "record_answer"),
        "sub-units": ("account_family",),
    },
    "account-value": {
        "value estimate": ("account_value",),
        "how the customer buys": ("set_purchasing_behaviour",),
    },
    "share-of-wallet": {"shares now and forecast": ("share_of_wallet", "set_wallet_share")},
    "profitability": {
        "profit after cost to serve": ("profitability",),
        "revenue by any cut": ("revenue", "unassigned_deals"),
    },
    "serving-modes": {"mode and break-even": ("serving_mode",)},
    "priority-list": {"quadrants": ("priority_list",), "RFM": ("rfm",)},
    "tiers": {"one account": ("tier",), "many accounts": ("tier_list",)},
    "three-knows": {"three knows, three checks": ("three_checks",)},
    "coverage-lines": {
        "owner and both lines": ("coverage_owner",),
        "gaps and overlaps": ("coverage_gaps",),
        "how a deal is credited": ("deal_credit", "set_credit_shares"),
    },
    "coverage-duties": {"duties of a role": ("role_duties",)},
    "coverage-units": {
        "mandate and metrics": ("unit_mandate",),
        "load per person and unit": ("coverage_list",),
        "assignment and handover": ("assign_coverage", "end_coverage", "hand_over"),
        "who belongs to a team": ("team",),
    },
    "playbooks": {"steps and who does them": ("playbook_steps",)},
    "whcse-in-practice": {"the five questions": ("whcse",)},
    "esp-plus": {
        "stage and route": ("esp_stage",),
        "projects": ("pipeline", "win_rate", "add_opportunity", "update_opportunity"),
    },
    "process-matrices": {
        "matrices": ("process_matrix",),
        "checklists": ("checklist", "checklist_state", "set_checklist_item"),
    },
    "acquisition-plan": {"readiness": ("acquisition_readiness", "checklist_state")},
    "penetration-plan": {"barriers": ("penetration_barriers",)},
    "information-levels": {
        "completeness by level": ("information_state",),
        "the level of a record": ("set_level",),
    },
    "customer-analysis": {
        "completeness by domain": ("information_state",),
        "what is recorded": ("account_profile", "update_account", "add_alias"),
    },
    "analysis-questions": {"the next best question": ("information_state",)},
    "needs-horizons": {"needs and gaps": ("needs", "add_need", "update_need")},
    "account-strategy": {
        "state of the strategy": ("strategy_state", "add_task", "update_task"),
        "the plan": ("account_plan", "start_plan", "add_plan_section", "edit_plan_section"),
        "its approval and review": ("submit_plan", "approve_plan", "review_plan"),
        "what plans and notes say": ("account_search",),
        "from a note to a plan": ("note_to_plan",),
    },
    "service-ladder": {"ladder and staged release": ("strategy_state",)},
    "relationship-building": {
        "contacts by layer": ("contact_map", "contact", "add_contact", "update_contact"),
        "meetings": ("log_interaction",),
    },
    "evaluation-cadence": {"due and overdue": ("evaluations_due", "record_evaluation")},
    "relationship-closeness": {"both parts": ("closeness",)},
    "health-and-risks": {
        "health check": ("health",),
        "risk register": ("risks", "add_risk", "update_risk"),
    },
    "account-review": {
        "who moved and why": ("review_changes",),
        "closing a period": ("close_review",),
        "a manager's portfolio": ("portfolio_summary",),
        "what waits for a person": ("my_day",),
        "what changed since a day": ("what_changed",),
    },
    "kpis-and-roll-out": {
        "targets and actuals": ("kpis", "set_kpi_target"),
        "the roll-out plan": ("rollout_plan", "update_rollout"),
    },
    "access-and-changes": {
        "what a person may do": ("capabilities",),
        "rules as data": ("change_rule",),
    },
    "open-points": {"what the sources leave open": ("method_search",)},
    "first-month": {"the newcomer's lessons": ("learning_path", "finish_lesson", "method_search")},
}
# Tools that the records ask for rather than a part of the method.
OF_THE_RECORDS = {"account_list", "set_exchange_rate"}


def test_every_document_of_the_method_has_its_parts_listed() -> None:
    documents = {path.stem.partition("-")[2] for path in (METHODOLOGY / "en").glob("*.md")}
    assert set(ROWS) == documents
    assert all(parts and all(parts.values()) for parts in ROWS.values())


def test_every_part_names_tools_that_are_there() -> None:
    there = {tool.name for tool in (*READS, *WRITES)}
    named = {
        (document, part, tool)
        for document, parts in ROWS.items()
        for part, tools in parts.items()
        for tool in tools
    }
    assert not [row for row in sorted(named) if row[2] not in there]


def test_every_tool_serves_a_part_of_the_method() -> None:
    served = {tool for parts in ROWS.values() for tools in parts.values() for tool in tools}
    there = {tool.name for tool in (*READS, *WRITES)}
    assert there - served - OF_THE_RECORDS == set()
