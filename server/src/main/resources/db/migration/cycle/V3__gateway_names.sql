-- Gateways are named by their data folder from now on. One that ran under the old, shared name does so no more, and nobody is to wait
-- for it.
delete from gateway where gateway = 'gateway';
