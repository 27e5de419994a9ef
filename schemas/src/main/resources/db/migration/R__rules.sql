-- What writes rules and sites, and the views that know of sites. Run again whenever this file changes.

-- Of each rule the highest version stays, of equal ones the last.
CREATE OR REPLACE FUNCTION record_rules(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO rules AS old (
        rule_id, name, enabled, trigger, lists, not_on_lists, pattern, vehicle_classes,
        plate_colors, plate_types, cameras, sites, gates, directions, hours, times, within,
        longer_than, fill, max_per_hour, match_all, removed, version, changed_at, changed_by)
    SELECT DISTINCT ON (r.rule_id)
           r.rule_id, r.name, r.enabled, r.trigger, r.lists, r.not_on_lists, r.pattern,
           r.vehicle_classes, r.plate_colors, r.plate_types, r.cameras, r.sites, r.gates,
           r.directions, r.hours, r.times, r.within, r.longer_than, r.fill, r.max_per_hour,
           r.match_all, r.removed, r.version, r.changed_at, r.changed_by
      FROM jsonb_to_recordset(batch) AS r (
           rule_id text, name text, enabled boolean, trigger text, lists text[],
           not_on_lists text[], pattern text, vehicle_classes text[], plate_colors text[],
           plate_types text[], cameras text[], sites text[], gates text[], directions text[],
           hours text, times integer, within text, longer_than text, fill double precision,
           max_per_hour integer, match_all boolean, removed boolean, version bigint,
           changed_at timestamptz, changed_by text)
     ORDER BY r.rule_id, r.version DESC
    ON CONFLICT (rule_id) DO UPDATE SET
        name = excluded.name, enabled = excluded.enabled, trigger = excluded.trigger,
        lists = excluded.lists, not_on_lists = excluded.not_on_lists, pattern = excluded.pattern,
        vehicle_classes = excluded.vehicle_classes, plate_colors = excluded.plate_colors,
        plate_types = excluded.plate_types, cameras = excluded.cameras, sites = excluded.sites,
        gates = excluded.gates, directions = excluded.directions, hours = excluded.hours,
        times = excluded.times, within = excluded.within, longer_than = excluded.longer_than,
        fill = excluded.fill, max_per_hour = excluded.max_per_hour,
        match_all = excluded.match_all, removed = excluded.removed, version = excluded.version,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by, timestamp = now()
     WHERE old.version <= excluded.version
$$;
COMMENT ON FUNCTION record_rules IS 'Writes a batch of rules; a lower version changes nothing.';

CREATE OR REPLACE FUNCTION record_sites(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO sites AS old (
        site_id, name, capacity, stay_limit, grace, removed, version, changed_at, changed_by)
    SELECT DISTINCT ON (r.site_id)
           r.site_id, r.name, r.capacity, make_interval(secs => r.limit_seconds),
           make_interval(secs => r.grace_seconds), r.removed, r.version, r.changed_at, r.changed_by
      FROM jsonb_to_recordset(batch) AS r (
           site_id text, name text, capacity integer, limit_seconds double precision,
           grace_seconds double precision, removed boolean, version bigint,
           changed_at timestamptz, changed_by text)
     ORDER BY r.site_id, r.version DESC
    ON CONFLICT (site_id) DO UPDATE SET
        name = excluded.name, capacity = excluded.capacity, stay_limit = excluded.stay_limit,
        grace = excluded.grace, removed = excluded.removed, version = excluded.version,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by, timestamp = now()
     WHERE old.version <= excluded.version
$$;
COMMENT ON FUNCTION record_sites IS 'Writes a batch of what is known of sites; a lower version changes nothing.';

DROP VIEW IF EXISTS site_occupancy;
CREATE VIEW site_occupancy AS
SELECT coalesce(p.site, s.site_id) AS site, s.name, coalesce(p.vehicles, 0) AS vehicles, s.capacity,
       greatest(s.capacity - coalesce(p.vehicles, 0), 0) AS free, p.longest_since
  FROM (SELECT site, count(*) AS vehicles, min(entry_time) AS longest_since
          FROM parking_sessions WHERE state = 'open' GROUP BY site) p
  FULL JOIN (SELECT site_id, name, capacity FROM sites WHERE NOT removed) s ON s.site_id = p.site;
COMMENT ON VIEW site_occupancy IS 'Vehicles that are on each site now, beside its capacity; null where that is not known.';

DROP VIEW IF EXISTS overstays;
CREATE VIEW overstays AS
SELECT p.visit_id, p.site, p.plate_text, p.vehicle_class, p.entry_time, p.entry_local,
       p.entry_location, p.exit_time,
       coalesce(p.exit_time, now()) - p.entry_time AS stayed, s.stay_limit, s.grace,
       coalesce(p.exit_time, now()) - p.entry_time - s.stay_limit AS over,
       p.state
  FROM parking_sessions p
  JOIN sites s ON s.site_id = p.site AND NOT s.removed
 WHERE p.state IN ('open', 'closed')
   AND coalesce(p.exit_time, now()) - p.entry_time > s.stay_limit + coalesce(s.grace, interval '0');
COMMENT ON VIEW overstays IS 'Visits that are, or were, longer than their site allows, by its limit of today.';
