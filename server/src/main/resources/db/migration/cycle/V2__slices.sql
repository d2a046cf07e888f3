-- Keys that belong to the other side than the rest are a slice: some named ones, and a share picked by a hash.
alter table ownership
    drop column exceptions,
    add column apart_names    text[]  not null default '{}', -- space/id
    add column apart_permille integer not null default 0;

-- As continuity's Slice has it: the first 28 bits of the name's MD5, modulo 1000.
create function in_slice(names text[], permille integer, name text) returns boolean language sql immutable as $$
    select permille = 1000
        or permille > 0 and ('x' || substr(md5(name), 1, 7))::bit(28)::integer % 1000 < permille
        or name = any (names)
$$;

create or replace function owner_of(o ownership, space text, id text) returns text language sql immutable as $$
    select case when cycle.in_slice(o.apart_names, o.apart_permille, space || '/' || id)
        then case o.owner when 'PRIMARY' then 'STANDBY' else 'PRIMARY' end
        else o.owner end
$$;
