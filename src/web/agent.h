/*
 * agent.h - which browser it was, in words its owner knows again: "Firefox sur Windows".
 */
#ifndef WEB_AGENT_H
#define WEB_AGENT_H

struct arena;

/* `agent` is a User-Agent, or NULL. */
const char *agent_in_words(struct arena *a, const char *agent);

#endif
