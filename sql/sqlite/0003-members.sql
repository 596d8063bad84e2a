-- Who people are, what they belong to, and what that opens.

-- Dues of a year make a membership; to_on is its last day, or NULL while none is known.
CREATE TABLE membership (
	id              INTEGER PRIMARY KEY,
	organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
	kind            TEXT    NOT NULL DEFAULT 'full' CHECK (kind IN ('full', 'associate', 'honorary')),
	from_on         TEXT    NOT NULL,
	to_on           TEXT,
	CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE INDEX membership_organisation ON membership (organisation_id, from_on);

-- Someone who left keeps a row without name nor address, so that what they did remains.
CREATE TABLE person (
	id          INTEGER PRIMARY KEY,
	slug        TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	given_name  TEXT    NOT NULL,
	family_name TEXT    NOT NULL,
	email       TEXT,
	email_key   TEXT UNIQUE, -- as it is compared
	is_shown    INTEGER NOT NULL DEFAULT 0 CHECK (is_shown IN (0, 1)), -- in the directory
	password    TEXT,    -- argon2id, in its own text form
	totp_secret TEXT,    -- base32; in use once totp_since is set
	totp_since  INTEGER,
	totp_step   INTEGER NOT NULL DEFAULT 0, -- the last one that was used
	is_blocked  INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1)),
	is_erased   INTEGER NOT NULL DEFAULT 0 CHECK (is_erased IN (0, 1)),
	made_at     INTEGER NOT NULL,
	seen_at     INTEGER, -- the last day on which they signed in or read, to the minute
	news_at     INTEGER, -- what came since is new to them
	revision    INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A function that someone has, or had, in an organisation.
CREATE TABLE function (
	id                INTEGER PRIMARY KEY,
	person_id         INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	-- Looked for at the end of a transaction: an import may tell of people first.
	organisation_id   INTEGER NOT NULL REFERENCES organisation (id) ON DELETE CASCADE
	                  DEFERRABLE INITIALLY DEFERRED,
	kind              TEXT    NOT NULL CHECK (kind IN ('elected', 'officer', 'partner', 'other')),
	title             TEXT,
	from_on           TEXT    NOT NULL,
	to_on             TEXT,
	is_representative INTEGER NOT NULL DEFAULT 0 CHECK (is_representative IN (0, 1)),
	is_manager        INTEGER NOT NULL DEFAULT 0 CHECK (is_manager IN (0, 1)),
	invited_as        TEXT, -- the name that a manager typed, until the person signs in
	CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE INDEX function_person ON function (person_id);
CREATE INDEX function_organisation ON function (organisation_id);

CREATE TABLE role (
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	role      TEXT    NOT NULL CHECK (role IN ('editor', 'administrator')),
	PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

-- A browser in which someone signed in. Only a hash of what its cookie holds is kept.
CREATE TABLE login_session (
	id         INTEGER PRIMARY KEY,
	hash       TEXT    NOT NULL UNIQUE,
	person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	is_whole   INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- 0 while the second factor is missing
	made_at    INTEGER NOT NULL,
	seen_at    INTEGER NOT NULL,
	address    TEXT,
	agent      TEXT
) STRICT;

CREATE INDEX login_session_person ON login_session (person_id);

-- What a link sent by mail holds, hashed; good once, until it expires.
CREATE TABLE token (
	id         INTEGER PRIMARY KEY,
	hash       TEXT    NOT NULL UNIQUE,
	purpose    TEXT    NOT NULL CHECK (purpose IN ('sign-in', 'password', 'email')),
	person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	subject    TEXT, -- the address to be confirmed
	made_at    INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at    INTEGER
) STRICT;

CREATE INDEX token_person ON token (person_id);

-- For whoever has lost the telephone of the second factor: hashed, good once each.
CREATE TABLE recovery_code (
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	hash      TEXT    NOT NULL,
	PRIMARY KEY (person_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE working_group (
	id             INTEGER PRIMARY KEY AUTOINCREMENT, -- never again another's key
	slug           TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	name           TEXT    NOT NULL CHECK (name <> ''),
	description    TEXT, -- restricted HTML
	coordinator_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
	revision       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE group_member (
	group_id  INTEGER NOT NULL REFERENCES working_group (id) ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	PRIMARY KEY (group_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_member_person ON group_member (person_id);

CREATE TABLE attendance (
	session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
	person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendance_person ON attendance (person_id);

-- The keys that open what is closed: 'function-elected', 'group-3', 'session-12', 'grant-7'.
CREATE TABLE opening (
	owner    TEXT    NOT NULL CHECK (owner IN ('resource', 'cycle', 'session')),
	owner_id INTEGER NOT NULL,
	key      TEXT    NOT NULL CHECK (key LIKE '%-%'),
	PRIMARY KEY (owner, owner_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX opening_key ON opening (key);

-- A person asks for a closed resource; what was granted is the key 'grant-' and this id.
CREATE TABLE access_request (
	id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never again another's key
	person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	reason      TEXT    NOT NULL,
	made_at     INTEGER NOT NULL,
	answer      TEXT CHECK (answer IN ('granted', 'refused')),
	until_on    TEXT, -- the last day of what was granted
	words       TEXT, -- of the answer
	answered_at INTEGER,
	answered_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
	CHECK ((answer IS NULL) = (answered_at IS NULL)),
	CHECK (answer <> 'granted' OR until_on IS NOT NULL)
) STRICT;

CREATE INDEX access_request_person ON access_request (person_id);
CREATE INDEX access_request_resource ON access_request (resource_id);
CREATE INDEX access_request_waiting ON access_request (made_at) WHERE answer IS NULL;

CREATE TABLE saved_resource (
	person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	saved_at    INTEGER NOT NULL,
	PRIMARY KEY (person_id, resource_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX saved_resource_resource ON saved_resource (resource_id);

-- Nothing in it is changed, and nothing leaves it before a month has passed.
CREATE TABLE audit (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	at        INTEGER NOT NULL,
	action    TEXT    NOT NULL,
	person_id INTEGER, -- who did it, NULL when nobody was known
	subject   TEXT,    -- what it was done to
	detail    TEXT,
	address   TEXT
) STRICT;

CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
	SELECT raise(ABORT, 'the journal of what was done is not changed');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.at > unixepoch() - 30 * 86400
BEGIN
	SELECT raise(ABORT, 'the journal of what was done is kept for a month at least');
END;

-- Contents are in the folder 'files', by hash; the id is drawn at random and told to nobody who
-- may not read what the file belongs to.
CREATE TABLE file (
	id         TEXT    PRIMARY KEY,
	sha256     TEXT    NOT NULL,
	name       TEXT    NOT NULL CHECK (name <> ''),
	media_type TEXT    NOT NULL,
	size       INTEGER NOT NULL,
	made_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX file_sha256 ON file (sha256);

-- Files travel apart from the interchange: a link may be there before its file is.
ALTER TABLE link ADD COLUMN file_id TEXT;
CREATE INDEX link_file ON link (file_id);
