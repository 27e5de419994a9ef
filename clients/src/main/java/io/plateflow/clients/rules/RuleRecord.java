package io.plateflow.clients.rules;

/** One record of the topics of rules and sites: a change, or why it is none. */
public sealed interface RuleRecord permits RuleChange, SiteChange, RuleRejection {}
