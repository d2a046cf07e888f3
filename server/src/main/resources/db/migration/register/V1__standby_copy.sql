-- The standby's copy of the register. German column names are those of the primary's view export.resident.
-- Search columns hold search forms (DIN 91379, A-Z); collation C lets a plain btree serve prefixes.

create table resident (
    om                   text collate "C" not null,
    stand                bigint           not null,
    geaendert            timestamptz      not null,
    xid                  bigint           not null,
    familienname         text,
    geburtsname          text,
    fruehere_namen       text,
    vornamen             text,
    rufname              text,
    doktorgrad           text,
    geburtsdatum         text collate "C",
    geburtsort           text,
    geschlecht           text,
    staatsangehoerigkeit text,
    strasse              text,
    hausnummer           text,
    zusatz               text,
    plz                  text,
    ort                  text,
    einzug               date,
    verstorben           date,
    auskunftssperre      boolean          not null,
    sperre_grund         text,
    sperre_seit          date,
    familienname_suche   text collate "C" not null,
    geburtsname_suche    text collate "C" not null,
    fruehere_suche       text collate "C" not null, -- several names, parted by |
    vornamen_suche       text collate "C" not null,
    -- Not from the primary: a block set on the standby hides at once, until the primary has it.
    sperre_vorlaeufig    boolean          not null default false,
    -- A block that the fast path saw before the record itself: it holds until a record of this version or a later one is read.
    sperre_stand         bigint
);
alter table resident add constraint resident_pkey primary key (om);
create index resident_born on resident (geburtsdatum);
create index resident_xid on resident (xid);

-- One row for each word of each name a resident has or had, and one for each name of several words without its blanks; with
-- what a clerk narrows by.
create table resident_name (
    part  text collate "C" not null,
    kind  smallint         not null, -- 0 family name, 1 birth name, 2.. former names
    word  boolean          not null, -- one word of the name
    whole boolean          not null, -- the whole name
    given text collate "C" not null,
    born  text collate "C",
    om    text collate "C" not null
);
create index resident_name_part on resident_name (part) include (kind, word, whole, given, born, om);
create index resident_name_om on resident_name (om);

create function name_parts(family text, birth text, former text)
    returns table (part text, kind smallint, word boolean, whole boolean) language sql immutable as
$$
    with names as (select 0::smallint as kind, family as name
                   union all select 1::smallint, birth
                   union all select (1 + n)::smallint, f from unnest(string_to_array(former, '|')) with ordinality x(f, n))
    select w, kind, true, position(' ' in name) = 0
    from names, unnest(string_to_array(name, ' ')) w where w <> ''
    union all
    select replace(name, ' ', ''), kind, false, true from names where position(' ' in name) > 0
$$;

-- What a row was before the feed changed it, for 24 hours: mistakes come unannounced. before is null for a new row.
create table resident_history (
    replaced_at timestamptz      not null,
    om          text collate "C" not null,
    before      jsonb
);
create index resident_history_at on resident_history (replaced_at);

create table clerk (
    kennung      text primary key,
    name         text    not null,
    dienststelle text    not null,
    rollen       text[]  not null,
    rechte       text[]  not null,
    aktiv        boolean not null
);

-- How current the copy is; one row.
create table feed_state (
    only_row        boolean primary key default true check (only_row),
    phase           text        not null, -- EMPTY LOADING RUNNING HELD STOPPED
    reason          text        not null default '',
    cursor_xid      bigint,               -- changes from this transaction on have not been read
    as_of           timestamptz,          -- the copy shows the primary as it was then
    blocks_as_of    timestamptz,
    failing_since   timestamptz,
    failure         text        not null default '',
    residents       bigint      not null default 0,
    changes         bigint      not null default 0,
    load_started    timestamptz,
    load_rows       bigint      not null default 0,
    load_total      bigint      not null default 0,
    compared_at     timestamptz,
    comparison      text        not null default ''
);
insert into feed_state (phase) values ('EMPTY');

-- What people and the change gate ask of the feed; carried out at its next pass.
create table feed_order (
    number     bigint generated always as identity primary key,
    kind       text        not null, -- HOLD RELEASE ACCEPT COMPARE RELOAD GO_BACK
    reason     text        not null,
    actor      text        not null,
    until      timestamptz,          -- GO_BACK: the copy is to be as it was then
    ordered_at timestamptz not null default now(),
    done_at    timestamptz,
    result     text        not null default ''
);
create index feed_order_open on feed_order (number) where done_at is null;

-- What a clerk did on the standby: her receipt, and what the copy shows until the primary has it.
create table receipt (
    vorgang      uuid primary key,
    number       bigint           not null,
    operation    text             not null,
    om           text collate "C",
    login        text             not null,
    office       text             not null,
    received     timestamptz      not null,
    payload      jsonb            not null,
    closed_at    timestamptz
);
create index receipt_open on receipt (om) where closed_at is null;
create index receipt_office on receipt (office, received);
