create schema export;
create table resident_of_primary (
    om text primary key, stand bigint not null default 1, geaendert timestamptz not null default now(),
    xid xid8 not null default pg_current_xact_id(),
    familienname text not null, geburtsname text not null default '', fruehere_namen text not null default '',
    vornamen text not null, rufname text not null default '', doktorgrad text not null default '',
    geburtsdatum text not null, geburtsort text not null default 'Hamburg', geschlecht text not null default 'w',
    staatsangehoerigkeit text not null default 'DEU', strasse text not null default 'Lange Straße',
    hausnummer text not null default '1', zusatz text not null default '', plz text not null default '20095',
    ort text not null default 'Hamburg', einzug date not null default '2010-01-01', verstorben date,
    auskunftssperre boolean not null default false, sperre_grund text not null default '', sperre_seit date);
create function changed() returns trigger language plpgsql as $$
begin
    new.xid := pg_current_xact_id(); new.stand := old.stand + 1; new.geaendert := clock_timestamp();
    return new;
end $$;
create trigger changed before update on resident_of_primary for each row execute function changed();
create view export.resident as select * from resident_of_primary;
create table clerk_of_primary (kennung text primary key, name text not null, dienststelle text not null,
    rollen text[] not null, rechte text[] not null, aktiv boolean not null default true,
    xid xid8 not null default pg_current_xact_id());
create view export.clerk as select * from clerk_of_primary;
insert into clerk_of_primary (kennung, name, dienststelle, rollen, rechte) values
    ('e.beispiel', 'Erika Beispiel', 'Bürgeramt Mitte', '{clerk}', '{sperre.sehen}'),
    ('m.muster', 'Max Muster', 'Bürgeramt Nord', '{clerk}', '{}');
insert into resident_of_primary (om, familienname, geburtsname, vornamen, geburtsdatum)
select (1000 + n)::text, (array['Müller', 'Meier-Lüdenscheidt', 'Graf von Neuenwalde', 'O''Connor', 'Sœrensen'])[1 + n % 5],
       case when n % 3 = 0 then 'Weiß' else '' end, (array['Hans Georg Arthur', 'Anna', 'Karl-Heinz'])[1 + n % 3],
       (1930 + n % 90) || '-' || lpad((1 + n % 12)::text, 2, '0') || '-' || lpad((1 + n % 28)::text, 2, '0')
from generate_series(1, 1000) n;
