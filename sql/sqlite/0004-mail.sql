-- The outbox: every message there is to send, or was sent.

CREATE TABLE mail (
	id               INTEGER PRIMARY KEY,
	key              TEXT    NOT NULL UNIQUE CHECK (key <> ''), -- the same is never queued twice
	person_id        INTEGER,           -- whom it is about; the trace may outlive the account
	to_address       TEXT    NOT NULL CHECK (to_address <> ''),
	to_name          TEXT,
	subject          TEXT    NOT NULL CHECK (subject <> ''),
	text             TEXT    NOT NULL,  -- emptied once sent, and the next: one-time links stand there
	html             TEXT    NOT NULL,
	list_unsubscribe TEXT,
	message_id       TEXT    NOT NULL,
	made_at          INTEGER NOT NULL,
	state            TEXT    NOT NULL DEFAULT 'waiting'
	                 CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'abandoned')),
	attempts         INTEGER NOT NULL DEFAULT 0,
	next_at          INTEGER NOT NULL,  -- not to be taken before, nor given up while being sent
	last_error       TEXT,
	sent_at          INTEGER,
	answer           TEXT               -- of the server that took it: names it in its journal
) STRICT;

CREATE INDEX mail_due ON mail (state, next_at, id);
CREATE INDEX mail_person ON mail (person_id);
