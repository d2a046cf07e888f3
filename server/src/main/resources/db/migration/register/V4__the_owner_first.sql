-- A form that comes after users went back to the primary goes there, whatever the copy knows of the person by now: that the
-- record changed is then for the primary to say. The journal decides again, under its lock.
alter function take(text, uuid, text, text, text, jsonb, text, text, text, timestamptz, text, bigint) rename to take_as_owner;

create function take(
    of_service text, act uuid, act_operation text, person text, based_on text, act_payload jsonb, clerk_login text,
    clerk_actor text, clerk_office text, at timestamptz, entry_state text, entry_epoch bigint)
    returns text language plpgsql as
$$
begin
    if not exists (select 1 from register.receipt where vorgang = act)
       and not exists (select 1 from cycle.ownership o
                       where o.service = of_service and o.epoch = entry_epoch
                         and cycle.owner_of(o, case when person = '' then 'arrival' else 'resident' end,
                                            case when person = '' then act::text else person end) = 'STANDBY') then
        return 'FENCED';
    end if;
    return register.take_as_owner(of_service, act, act_operation, person, based_on, act_payload, clerk_login, clerk_actor,
                                  clerk_office, at, entry_state, entry_epoch);
end
$$;
