-- Who owns the keys of a service, and the announced change of it; one row a service, changed by compare-and-set.
create table ownership (
    service        text primary key,
    epoch          bigint      not null,
    owner          text        not null check (owner in ('PRIMARY', 'STANDBY')),
    exceptions     jsonb       not null default '[]', -- [{"space":..,"id":..,"side":..}]
    since          timestamptz not null,
    reason         text        not null,
    intents        bigint      not null default 0, -- number of the last intent
    intent_gateway text,
    intent_owner   text,
    intent_number  bigint
);

-- The gateways of a service; a beat is heard by its change, not by its time.
create table gateway (
    service text   not null,
    gateway text   not null,
    beats   bigint not null,
    yielded bigint not null,
    company text[] not null,
    primary key (service, gateway)
);

-- What was done on the standby, and what was under way to the primary when users were moved.
create table journal (
    number          bigint generated always as identity primary key,
    service         text        not null,
    idempotency_key text        not null,
    operation       text        not null,
    key_space       text        not null,
    key_id          text        not null,
    base_version    text        not null,
    payload         jsonb       not null,
    actor           text        not null,
    office          text        not null,
    at              timestamptz not null,
    state           text        not null,
    epoch           bigint      not null,
    why             text        not null default '',
    suspected       boolean     not null default false, -- a suspect that its user has not sent again
    changed         timestamptz not null default now(),
    unique (service, idempotency_key)
);
-- Finished entries are the many, unfinished ones the few that are asked for.
create index journal_unfinished on journal (service, key_space, key_id, number)
    where state in ('SUSPECT', 'OPEN', 'TRYING', 'DECIDED_APPLY', 'REVIEW', 'CONFLICT', 'UNKNOWN');
create index journal_of_key on journal (service, key_space, key_id);

-- Each step of an entry, and who decided it.
create table journal_step (
    number bigint      not null references journal,
    at     timestamptz not null default now(),
    state  text        not null,
    why    text        not null,
    actor  text        not null default ''
);
create index journal_step_number on journal_step (number);

create table proof (
    service      text        not null,
    at           timestamptz not null,
    lasted       interval    not null,
    slice        text        not null,
    requests     bigint      not null,
    in_budget    bigint      not null,
    lost         bigint      not null,
    independence jsonb       not null,
    sentence     text        not null,
    primary key (service, at)
);

create table permit (
    service text        not null,
    id      text        not null,
    side    text        not null,
    what    text        not null,
    actor   text        not null,
    since   timestamptz not null,
    until   timestamptz not null,
    stage   text        not null,
    reason  text        not null,
    primary key (service, id)
);

-- What users (and probes) got on each side, a minute a row, for the picture of the last day.
create table traffic (
    service   text        not null,
    side      text        not null,
    minute    timestamptz not null,
    in_budget integer     not null,
    late      integer     not null,
    failed    integer     not null,
    none      integer     not null,
    probes    integer     not null,
    p50_ms    integer     not null,
    p95_ms    integer     not null,
    primary key (service, side, minute)
);

-- The decisions that the picture marks; the evidence log has all of them.
create table decision (
    service text        not null,
    at      timestamptz not null,
    action  text        not null,
    state   text        not null,
    reason  text        not null
);
create index decision_at on decision (service, at);

-- The fence between those who append and the one who changes the owner: many may hold it shared, a claim waits for them all.
create function fence(of_service text) returns bigint language sql immutable as $$
    select hashtextextended('cycle.' || of_service, 0)
$$;

-- The owner of one key, exceptions considered.
create function owner_of(o ownership, space text, id text) returns text language sql immutable as $$
    select coalesce(
        (select e ->> 'side' from jsonb_array_elements(o.exceptions) e where e ->> 'space' = space and e ->> 'id' = id),
        o.owner)
$$;

-- Appends in one round trip, within the caller's transaction if there is one. Separate statements, because each then sees
-- what was committed before it: the lock is held when the owner is read.
create function append(
    of_service text, entry_key text, entry_operation text, space text, id text, base text, entry_payload jsonb,
    entry_actor text, entry_office text, entry_at timestamptz, entry_state text, entry_epoch bigint,
    out outcome text, out entry_number bigint)
    language plpgsql as
$$
declare
    o cycle.ownership;
    before cycle.journal;
begin
    perform pg_advisory_xact_lock_shared(cycle.fence(of_service));
    select * into o from cycle.ownership where service = of_service;
    if not found or o.epoch <> entry_epoch or cycle.owner_of(o, space, id) <> 'STANDBY' then
        outcome := 'FENCED';
        return;
    end if;
    insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version, payload, actor, office,
                               at, state, epoch)
    values (of_service, entry_key, entry_operation, space, id, base, entry_payload, entry_actor, entry_office,
            entry_at, entry_state, entry_epoch)
    on conflict (service, idempotency_key) do nothing
    returning journal.number into entry_number;
    if entry_number is not null then
        outcome := 'STORED';
        return;
    end if;
    select * into before from cycle.journal
    where service = of_service and idempotency_key = entry_key for update;
    entry_number := before.number;
    outcome := 'DUPLICATE';
    if before.suspected and before.state in ('SUSPECT', 'DROPPED') then
        update cycle.journal
        set operation = entry_operation, key_space = space, key_id = id, base_version = base, payload = entry_payload,
            actor = entry_actor, office = entry_office, at = entry_at, state = entry_state, epoch = entry_epoch,
            why = 'sent again by its user', suspected = false, changed = now()
        where journal.number = before.number;
        insert into cycle.journal_step (number, state, why) values (before.number, entry_state, 'sent again by its user');
        outcome := 'STORED';
    end if;
end
$$;
