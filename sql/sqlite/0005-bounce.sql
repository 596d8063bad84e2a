-- A message that had left may come back. The table is made anew, since a check cannot be changed.

CREATE TABLE mail_anew (
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
	                 CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'abandoned', 'bounced')),
	attempts         INTEGER NOT NULL DEFAULT 0,
	next_at          INTEGER NOT NULL,  -- not to be taken before, nor given up while being sent
	last_error       TEXT,
	sent_at          INTEGER,
	answer           TEXT               -- of the server that took it: names it in its journal
) STRICT;

INSERT INTO mail_anew SELECT id, key, person_id, to_address, to_name, subject, text, html,
	list_unsubscribe, message_id, made_at, state, attempts, next_at, last_error, sent_at, answer
	FROM mail;
DROP TABLE mail;
ALTER TABLE mail_anew RENAME TO mail;

CREATE INDEX mail_due ON mail (state, next_at, id);
CREATE INDEX mail_person ON mail (person_id);
CREATE INDEX mail_address ON mail (to_address, id);
CREATE INDEX mail_message ON mail (message_id);

-- Who invited is told of letters that came back since, and of none before: 0 when it is not known.
ALTER TABLE function ADD COLUMN invited_at INTEGER NOT NULL DEFAULT 0;
