-- A department's draw of its own teams for the sites that a joint draw's lead drew (draw.parent; spec/draw.md 4.3), with
-- its name; '' in every other draw. Each department has one live draw of a lead's pool and period.
alter table draw add column department text not null default '' check (length(department) <= 200);
drop index draw_live;
create unique index draw_live on draw (body, kind, pool, period, department) where live = 1;
create index draw_parent on draw (parent) where parent is not null;

-- The lead's visit that a department's visit goes along with: one visit of the site, people of several departments.
alter table visit add column shared text references visit(id);
create index visit_shared on visit (shared) where shared is not null;
