-- A clerk may send again what she sent to the primary without an answer, though her own block may hide the person from her by
-- now: the journal knows that the act was hers. Everything else is as before.
create or replace function take(
    of_service text, act uuid, act_operation text, person text, based_on text, act_payload jsonb, clerk_login text,
    clerk_actor text, clerk_office text, at timestamptz, entry_state text, entry_epoch bigint)
    returns text language plpgsql as
$$
declare
    found_base text;
    appended record;
begin
    if exists (select 1 from register.receipt where vorgang = act) then
        return 'DONE'; -- the same form sent twice
    end if;
    if person <> '' then
        select r.stand || coalesce('+' || (select p.vorgang from register.receipt p where p.om = r.om and p.closed_at is null
                                           order by p.number desc limit 1), '')
        into found_base
        from register.resident r
        where r.om = person
          and (not (r.auskunftssperre or r.sperre_vorlaeufig)
               or exists (select 1 from register.clerk c
                          where c.kennung = clerk_login and c.aktiv and 'sperre.sehen' = any (c.rechte))
               or exists (select 1 from cycle.journal j
                          where j.service = of_service and j.idempotency_key = act::text and j.key_space = 'resident'
                            and j.key_id = person and j.actor = clerk_actor));
        if not found then
            return 'NOBODY';
        end if;
        if act_operation <> 'register.block' and found_base <> based_on then
            return 'CHANGED'; -- a block never waits for that
        end if;
    end if;
    select * into appended
    from cycle.append(of_service, act::text, act_operation, case when person = '' then 'arrival' else 'resident' end,
                      case when person = '' then act::text else person end, based_on, act_payload, clerk_actor, clerk_office,
                      at, entry_state, entry_epoch);
    if appended.outcome = 'FENCED' then
        return 'FENCED';
    end if;
    insert into register.receipt (vorgang, number, operation, om, login, office, received, payload)
    values (act, appended.entry_number, act_operation, nullif(person, ''), clerk_login, clerk_office, at, act_payload)
    on conflict (vorgang) do nothing;
    if act_operation = 'register.block' then
        update register.resident set sperre_vorlaeufig = true where om = person;
    end if;
    return 'DONE';
end
$$;
