-- What was answered to a change that a client asked for under a key of its own (a UUID), kept in the transaction of the
-- change, so that asking again gives the same answer and does nothing. request: keyed tag of what was asked; answer: sealed,
-- null where it may be shown only once. Swept after some days.
create table answer_kept (
	account bigint not null references account(key),
	key text not null check (length(key) = 36),
	request text not null check (length(request) = 64),
	status bigint not null check (status between 200 and 299),
	etag text,
	answer bytea,
	at bigint not null,
	primary key (account, key)
);
create index answer_kept_at on answer_kept (at);
