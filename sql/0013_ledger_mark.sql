-- A keyed hash over the entry and its id, under a key outside the database (app/ledger_mark.h): what was written past the
-- program gets no number, and what was numbered past it is found.
alter table ledger_entry add column mark text not null default '';
