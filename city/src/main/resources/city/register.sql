-- The primary's own tables. `stand` counts the changes of a record; `xid` is the transaction that made the last one, so that who
-- reads with a snapshot can ask for "everything since" and miss nothing that was still under way.
create schema register;
create schema export;

create table register.resident (
    om bigint primary key,
    stand bigint not null default 1,
    geaendert timestamptz not null default now(),
    xid xid8 not null default pg_current_xact_id(),
    familienname text not null,
    geburtsname text not null default '',
    fruehere_namen text not null default '',
    vornamen text not null,
    rufname text not null default '',
    doktorgrad text not null default '',
    geburtsdatum text not null,
    geburtsort text not null default '',
    geschlecht text not null,
    staatsangehoerigkeit text not null,
    strasse text not null,
    hausnummer text not null,
    zusatz text not null default '',
    plz text not null,
    ort text not null,
    einzug date not null,
    verstorben date,
    auskunftssperre boolean not null default false,
    sperre_grund text not null default '',
    sperre_seit date,
    such_familie text not null,
    such_geburt text not null,
    such_vornamen text[] not null
);

create sequence register.om;

-- What was carried out, once each: the key is the form's vorgang or the interface's Idempotency-Key.
create table register.auftrag (
    schluessel text primary key,
    nummer bigint generated always as identity unique,
    art text not null,
    om bigint not null,
    stand bigint not null,
    inhalt jsonb not null,
    kennung text not null,
    dienststelle text not null,
    eingang timestamptz not null,
    am timestamptz not null default now(),
    weg text not null
);
create index on register.auftrag (om);

create table register.sachbearbeiter (
    kennung text primary key,
    name text not null,
    dienststelle text not null,
    rollen text[] not null,
    rechte text[] not null,
    aktiv boolean not null default true,
    kennwort text not null,
    xid xid8 not null default pg_current_xact_id()
);

create table register.sitzung (
    pruefsumme text primary key,
    kennung text not null references register.sachbearbeiter,
    seit timestamptz not null default now()
);

create function register.changed() returns trigger language plpgsql as $$
begin
    new.xid := pg_current_xact_id();
    if tg_table_name = 'resident' then
        new.stand := old.stand + 1;
        new.geaendert := clock_timestamp();
    end if;
    return new;
end $$;

create view export.resident as
    select om::text as om, stand, geaendert, xid, familienname, geburtsname, fruehere_namen, vornamen, rufname, doktorgrad,
           geburtsdatum, geburtsort, geschlecht, staatsangehoerigkeit, strasse, hausnummer, zusatz, plz, ort, einzug, verstorben,
           auskunftssperre, sperre_grund, sperre_seit
    from register.resident;

create view export.clerk as
    select kennung, name, dienststelle, rollen, rechte, aktiv, xid from register.sachbearbeiter;
