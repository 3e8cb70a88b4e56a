-- What gives rights carries a keyed hash under a key outside the database (app/account_bound.h). told: when the last act
-- that decided about the account was written down. Digests of tokens are keyed too from here on, so older ones fit nothing.
alter table account add column tag text not null default '';
alter table account add column told bigint not null default 0;
alter table account_session add column tag text not null default '';
alter table account_ticket add column tag text not null default '';
