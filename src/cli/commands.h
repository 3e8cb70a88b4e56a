#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H
/* cli/commands.h — every command, one declaration each; commands.c lists them in the order of the help. */
#include "cli/cli.h"

extern const struct cli_command cli_dr1_tickets;
extern const struct cli_command cli_dr1_root;
extern const struct cli_command cli_dr1_commit;
extern const struct cli_command cli_dr1_declare;
extern const struct cli_command cli_dr1_run;
extern const struct cli_command cli_dr1_verify;
extern const struct cli_command cli_dr1_explain;
extern const struct cli_command cli_dr1_odds;
extern const struct cli_command cli_sheet_import;
extern const struct cli_command cli_sheet_freeze;
extern const struct cli_command cli_sheet_finish;
extern const struct cli_command cli_sheet_rehearse;
extern const struct cli_command cli_demo;
extern const struct cli_command cli_data_init;
extern const struct cli_command cli_data_clock;
extern const struct cli_command cli_ledger_list;
extern const struct cli_command cli_ledger_verify;
extern const struct cli_command cli_ledger_checkpoint;
extern const struct cli_command cli_ledger_export;
extern const struct cli_command cli_ledger_prove;
extern const struct cli_command cli_import;
extern const struct cli_command cli_registry_show;
extern const struct cli_command cli_registry_edit;
extern const struct cli_command cli_registry_history;
extern const struct cli_command cli_registry_diff;
extern const struct cli_command cli_registry_undo;
extern const struct cli_command cli_registry_winner;
extern const struct cli_command cli_registry_merge;
extern const struct cli_command cli_registry_split;
extern const struct cli_command cli_registry_suggestions;
extern const struct cli_command cli_registry_quality;
extern const struct cli_command cli_rules_list;
extern const struct cli_command cli_rules_show;
extern const struct cli_command cli_rules_check;
extern const struct cli_command cli_rules_import;
extern const struct cli_command cli_rules_edit;
extern const struct cli_command cli_rules_export;
extern const struct cli_command cli_rules_retire;
extern const struct cli_command cli_rules_calendar;
extern const struct cli_command cli_rules_schema;
extern const struct cli_command cli_plan_new;
extern const struct cli_command cli_plan_show;
extern const struct cli_command cli_plan_check;
extern const struct cli_command cli_plan_what_if;
extern const struct cli_command cli_plan_submit;
extern const struct cli_command cli_plan_approve;
extern const struct cli_command cli_plan_extend;
extern const struct cli_command cli_plan_open_balances;
extern const struct cli_command cli_draw_prepare;
extern const struct cli_command cli_draw_approve;
extern const struct cli_command cli_draw_party;
extern const struct cli_command cli_draw_freeze;
extern const struct cli_command cli_draw_hold;
extern const struct cli_command cli_draw_open;
extern const struct cli_command cli_draw_run;
extern const struct cli_command cli_draw_replace;
extern const struct cli_command cli_draw_cancel;
extern const struct cli_command cli_draw_annul;
extern const struct cli_command cli_draw_reveal;
extern const struct cli_command cli_draw_export;
extern const struct cli_command cli_draw_rehearse;
extern const struct cli_command cli_draw_press;
extern const struct cli_command cli_draw_answer;
extern const struct cli_command cli_draw_list;
extern const struct cli_command cli_draw_show;
extern const struct cli_command cli_visits_list;
extern const struct cli_command cli_visits_show;
extern const struct cli_command cli_visits_accept;
extern const struct cli_command cli_visits_done;
extern const struct cli_command cli_visits_end;
extern const struct cli_command cli_visits_open;

#endif
