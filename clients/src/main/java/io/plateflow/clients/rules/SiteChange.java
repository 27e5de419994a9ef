package io.plateflow.clients.rules;

import io.plateflow.schemas.rules.Site;

/** What is known of a site now. */
public record SiteChange(Site site) implements RuleRecord {}
