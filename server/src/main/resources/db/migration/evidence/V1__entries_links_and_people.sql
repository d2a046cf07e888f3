-- What happened, as committed. Rows are never changed; detail is json, not jsonb, because its text is hashed.
create table evidence.entry (
    number  bigint generated always as identity primary key,
    id      uuid        not null unique,
    at      timestamptz not null,
    process text        not null,
    service text        not null,
    kind    text        not null,
    text    text        not null,
    detail  json,
    person  uuid
);

create index entry_service on evidence.entry (service, number);
create index entry_at on evidence.entry using brin (at) with (pages_per_range = 32);

-- The chain: position without gaps, hash over the entry and the hash before.
create table evidence.link (
    position bigint primary key,
    entry    bigint not null unique,
    hash     bytea  not null check (length(hash) = 32)
);

-- Whom an opaque id in an entry means; deleted when its time is over, without breaking the chain.
create table evidence.person (
    id    uuid primary key,
    label text not null unique,
    seen  date not null
);

create function evidence.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'evidence is never changed or removed';
end
$$;

create trigger entry_stays before update or delete on evidence.entry
    for each row execute function evidence.refuse_change();
create trigger entry_is_not_emptied before truncate on evidence.entry
    for each statement execute function evidence.refuse_change();
create trigger link_stays before update or delete on evidence.link
    for each row execute function evidence.refuse_change();
create trigger link_is_not_emptied before truncate on evidence.link
    for each statement execute function evidence.refuse_change();
