-- The visits of a draw in the order of their ids: what a draw has left is summed up without sorting what is sealed. Nothing
-- asks for a state first.
drop index visit_draw;
create index visit_draw on visit (draw, id);
