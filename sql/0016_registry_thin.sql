-- What the current version of a row is, its versions tell: the last one. A change that leaves name, code and facet as
-- they are touches no line of registry_row.
alter table registry_row drop column version;
alter table registry_row drop column change;
