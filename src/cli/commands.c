/* cli/commands.c — the command table. */
#include "cli/commands.h"

static const struct cli_command *const commands[] = {
	&cli_dr1_tickets,  &cli_dr1_root,     &cli_dr1_commit,   &cli_dr1_declare,
	&cli_dr1_run,      &cli_dr1_verify,   &cli_dr1_explain,  &cli_dr1_odds,
	&cli_sheet_import, &cli_sheet_freeze, &cli_sheet_finish, &cli_sheet_rehearse,
	&cli_demo,
	&cli_data_init, &cli_data_clock,
	&cli_ledger_list,
	&cli_ledger_verify,
	&cli_ledger_checkpoint,
	&cli_ledger_export,
	&cli_ledger_prove,
	&cli_import,
	&cli_registry_show,
	&cli_registry_edit,
	&cli_registry_history,
	&cli_registry_diff,
	&cli_registry_undo,
	&cli_registry_winner,
	&cli_registry_merge,
	&cli_registry_split,
	&cli_registry_suggestions,
	&cli_registry_quality,
	&cli_rules_list,
	&cli_rules_show,
	&cli_rules_check,
	&cli_rules_import,
	&cli_rules_edit,
	&cli_rules_export,
	&cli_rules_retire,
	&cli_rules_calendar,
	&cli_rules_schema,
	&cli_plan_new,
	&cli_plan_show,
	&cli_plan_check,
	&cli_plan_what_if,
	&cli_plan_submit,
	&cli_plan_approve,
	&cli_plan_extend,
	&cli_plan_open_balances,
};

const struct cli_command *const *cli_commands(size_t *count)
{
	*count = COUNT(commands);
	return commands;
}
