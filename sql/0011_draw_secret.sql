-- A visit keeps nothing of its site that a stolen database could join with another draw's: no keyed hash, which was
-- the same in every draw. Whoever holds the keys opens the sealed sites of the visits that are held; that a site waits
-- for one random draw at most is looked up so inside the serializable freeze, draw and replacement (app/life_held.h).
drop index visit_held;
drop index visit_tag;
drop index visit_certain_open;
alter table visit drop column tag;
alter table visit_certain drop column tag;
create index visit_held on visit (draw) where held = 1;
create index visit_certain_open on visit_certain (body, key) where used_by is null;

-- What an approval was given for: the plan's version, and the digest of the rule set's text that this version keeps.
alter table draw add column approved_version bigint not null default 0;
alter table draw add column approved_rules text not null default '';
