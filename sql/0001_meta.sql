-- Exactly one row: which database this is. The epoch changes when a backup is restored, so that those who
-- kept receipts notice.
create table meta (
	id bigint primary key check (id = 1),
	epoch text not null check (length(epoch) = 32),
	created_at bigint not null
);
