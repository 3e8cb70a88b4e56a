-- Every version of a row, the current one too, is a line of registry_version that is added and never changed;
-- registry_row keeps what lists are filtered, searched and sorted by, and which version is the current one.
drop index registry_version_until;
alter table registry_version drop column until_change;
insert into registry_version (row, version, change, cells)
	select key, version, change, cells from registry_row;
alter table registry_row drop column cells;
create index registry_version_change on registry_version (change);
