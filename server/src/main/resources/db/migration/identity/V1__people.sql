-- Who may log in to Doppelboden, and what outlives a log-in.

create table identity.person (
    id              bigint generated always as identity primary key,
    login           text        not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    name            text        not null check (length(name) between 1 and 200),
    office          text        not null check (length(office) <= 200),
    roles           text[]      not null,
    password        text        not null,
    must_change     boolean     not null,
    active          boolean     not null default true,
    created         timestamptz not null,
    changed         timestamptz not null
);

-- Sessions are signed and not stored; stored is only which of them are no longer good.
create table identity.revocation (
    session         text        primary key,
    until           timestamptz not null
);

-- All sessions of this person that were begun before are no longer good.
create table identity.expulsion (
    login           text        primary key,
    began_before    timestamptz not null,
    until           timestamptz not null
);

-- Log-ins that the primary of a service accepted: whom to let in while it is gone.
create table identity.remembered (
    service         text        not null,
    login           text        not null,
    password        text        not null,
    verified        timestamptz not null,
    primary key (service, login)
);

create index remembered_verified on identity.remembered (service, verified);
