-- A register of a few residents as the feed finds a primary's, and the standby in charge of it.
create schema export;
create table export.resident as
select (1000 + n)::text as om, 1::bigint as stand, now() as geaendert, pg_current_xact_id() as xid,
       (array['Müller', 'Meier-Lüdenscheidt', 'Graf von Neuenwalde', 'Sœrensen'])[1 + n % 4] as familienname,
       '' as geburtsname, '' as fruehere_namen, 'Anna Maria' as vornamen, '' as rufname, '' as doktorgrad,
       (1930 + n % 90) || '-06-05' as geburtsdatum, 'Hamburg' as geburtsort, 'w' as geschlecht,
       'DEU' as staatsangehoerigkeit, 'Lange Straße' as strasse, n::text as hausnummer, '' as zusatz, '20095' as plz,
       'Hamburg' as ort, date '2010-01-01' as einzug, null::date as verstorben,
       n % 10 = 0 as auskunftssperre, '' as sperre_grund, null::date as sperre_seit
from generate_series(1, 200) n;
create table export.clerk as
select 'e.beispiel' as kennung, 'Erika Beispiel' as name, 'Bürgeramt Mitte' as dienststelle, '{clerk}'::text[] as rollen,
       '{sperre.sehen}'::text[] as rechte, true as aktiv, pg_current_xact_id() as xid;
insert into cycle.ownership (service, epoch, owner, since, reason) values ('register', 1, 'STANDBY', now(), 'rehearsal');
