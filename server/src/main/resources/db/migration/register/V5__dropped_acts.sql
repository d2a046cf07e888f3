-- A receipt is closed when the primary has the act, or when a person decided that it does not go over: the clerk is told which.
alter table receipt add column dropped boolean not null default false;
