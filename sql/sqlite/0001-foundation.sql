-- Times are seconds since 1970, UTC; days are 'YYYY-MM-DD'; yes and no are 1 and 0.

CREATE TABLE setting (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

-- What derived state (search index, page cache) follows.
CREATE TABLE change (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	kind      TEXT    NOT NULL,
	object_id INTEGER NOT NULL
) STRICT;

CREATE TABLE term (
	id          INTEGER PRIMARY KEY,
	vocabulary  TEXT    NOT NULL
	            CHECK (vocabulary IN ('kind', 'form', 'category', 'keyword', 'territory', 'audience')),
	slug        TEXT    NOT NULL CHECK (slug <> ''),
	label       TEXT    NOT NULL CHECK (label <> ''),
	parent_id   INTEGER REFERENCES term (id),
	replaced_by INTEGER REFERENCES term (id),
	revision    INTEGER NOT NULL DEFAULT 1,
	UNIQUE (vocabulary, slug)
) STRICT;

CREATE INDEX term_label ON term (vocabulary, label);
CREATE INDEX term_parent ON term (parent_id);
CREATE INDEX term_replaced_by ON term (replaced_by);

CREATE TABLE organisation (
	id           INTEGER PRIMARY KEY,
	slug         TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	name         TEXT    NOT NULL CHECK (name <> ''),
	kind         TEXT    NOT NULL,
	acronym      TEXT,
	siren        TEXT,
	insee        TEXT,
	territory_id INTEGER REFERENCES term (id),
	website      TEXT,
	lat          REAL,
	lon          REAL,
	revision     INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX organisation_territory ON organisation (territory_id);

CREATE TABLE collection (
	id          INTEGER PRIMARY KEY,
	slug        TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	title       TEXT    NOT NULL CHECK (title <> ''),
	description TEXT, -- restricted HTML
	revision    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE resource (
	id             INTEGER PRIMARY KEY,
	slug           TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	kind_id        INTEGER NOT NULL REFERENCES term (id),
	form_id        INTEGER REFERENCES term (id),
	title          TEXT    NOT NULL CHECK (title <> ''),
	summary        TEXT, -- restricted HTML, written to be public
	body           TEXT, -- restricted HTML
	visibility     TEXT    NOT NULL CHECK (visibility IN ('public', 'members', 'restricted')),
	status         TEXT    NOT NULL CHECK (status IN ('draft', 'review', 'published', 'archived')),
	listed         INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),
	published_on   TEXT,
	date_precision TEXT    NOT NULL DEFAULT 'day' CHECK (date_precision IN ('day', 'month', 'year')),
	collection_id  INTEGER REFERENCES collection (id),
	number         INTEGER,
	edition        TEXT,
	replaces_id    INTEGER REFERENCES resource (id),
	language       TEXT    NOT NULL DEFAULT 'fr',
	extent         TEXT,
	access_note    TEXT,
	notice         TEXT,
	source         TEXT,
	source_id      TEXT,
	modified_at    INTEGER NOT NULL,
	revision       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX resource_kind ON resource (kind_id);
CREATE INDEX resource_form ON resource (form_id);
CREATE INDEX resource_published ON resource (status, published_on, id);
CREATE INDEX resource_collection ON resource (collection_id, number);
CREATE INDEX resource_replaces ON resource (replaces_id);
CREATE INDEX resource_source ON resource (source, source_id);

-- The states a resource had before the present one, as interchange objects.
CREATE TABLE resource_version (
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	revision    INTEGER NOT NULL,
	replaced_at INTEGER NOT NULL,
	data        TEXT    NOT NULL,
	PRIMARY KEY (resource_id, revision)
) STRICT;

CREATE TABLE resource_term (
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	term_id     INTEGER NOT NULL REFERENCES term (id),
	position    INTEGER NOT NULL,
	PRIMARY KEY (resource_id, term_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_term_term ON resource_term (term_id);

CREATE TABLE cycle (
	id          INTEGER PRIMARY KEY,
	slug        TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	title       TEXT    NOT NULL CHECK (title <> ''),
	description TEXT, -- restricted HTML
	announced   INTEGER,
	visibility  TEXT    NOT NULL DEFAULT 'public'
	            CHECK (visibility IN ('public', 'members', 'restricted')),
	revision    INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE session (
	id               INTEGER PRIMARY KEY,
	slug             TEXT    NOT NULL UNIQUE CHECK (slug <> ''),
	cycle_id         INTEGER REFERENCES cycle (id),
	number           INTEGER,
	title            TEXT    NOT NULL CHECK (title <> ''),
	on_day           TEXT    NOT NULL,
	starts_at        INTEGER, -- NULL when only the day is known
	ends_at          INTEGER,
	status           TEXT    NOT NULL DEFAULT 'planned'
	                 CHECK (status IN ('planned', 'confirmed', 'cancelled', 'held')),
	visibility       TEXT    NOT NULL DEFAULT 'public'
	                 CHECK (visibility IN ('public', 'members', 'restricted')),
	audience         TEXT,
	place            TEXT,
	online_url       TEXT,
	objectives       TEXT, -- restricted HTML, and the two below
	contents         TEXT,
	description      TEXT,
	duration_min     INTEGER,
	capacity         INTEGER,
	quota            INTEGER,
	opens_at         INTEGER,
	closes_at        INTEGER,
	members_until    INTEGER,
	registration_url TEXT,
	attended_text    TEXT,
	sequence         INTEGER NOT NULL DEFAULT 0,
	modified_at      INTEGER NOT NULL,
	revision         INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX session_cycle ON session (cycle_id);
CREATE INDEX session_day ON session (on_day, starts_at, id);

-- Which resources announce or report a session, or tell of a cycle.
CREATE TABLE resource_session (
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	session_id  INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
	PRIMARY KEY (resource_id, session_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_session_session ON resource_session (session_id);

CREATE TABLE resource_cycle (
	resource_id INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
	cycle_id    INTEGER NOT NULL REFERENCES cycle (id) ON DELETE CASCADE,
	PRIMARY KEY (resource_id, cycle_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_cycle_cycle ON resource_cycle (cycle_id);

-- A link with neither url nor resource lost its target, and is to be completed.
CREATE TABLE link (
	id          INTEGER PRIMARY KEY,
	owner       TEXT    NOT NULL CHECK (owner IN ('resource', 'cycle', 'session')),
	owner_id    INTEGER NOT NULL,
	position    INTEGER NOT NULL,
	role        TEXT    NOT NULL,
	label       TEXT    NOT NULL CHECK (label <> ''),
	url         TEXT,
	resource_id INTEGER REFERENCES resource (id),
	visibility  TEXT CHECK (visibility IN ('public', 'members', 'restricted')),
	CHECK (url IS NULL OR resource_id IS NULL)
) STRICT;

CREATE INDEX link_owner ON link (owner, owner_id, position);
CREATE INDEX link_resource ON link (resource_id);

CREATE TABLE contribution (
	id              INTEGER PRIMARY KEY,
	owner           TEXT    NOT NULL CHECK (owner IN ('resource', 'cycle', 'session')),
	owner_id        INTEGER NOT NULL,
	position        INTEGER NOT NULL,
	role            TEXT    NOT NULL,
	name            TEXT,
	organisation_id INTEGER REFERENCES organisation (id),
	affiliation     TEXT,
	title           TEXT,
	email           TEXT,
	visibility      TEXT CHECK (visibility IN ('public', 'members', 'restricted'))
) STRICT;

CREATE INDEX contribution_owner ON contribution (owner, owner_id, position);
CREATE INDEX contribution_organisation ON contribution (organisation_id);

CREATE TABLE redirect (
	path   TEXT PRIMARY KEY,
	target TEXT NOT NULL
) STRICT;

-- An import, undone as one.
CREATE TABLE batch (
	id        INTEGER PRIMARY KEY,
	format    TEXT    NOT NULL,
	name      TEXT    NOT NULL, -- of the file
	made_at   INTEGER NOT NULL,
	undone_at INTEGER
) STRICT;

CREATE TABLE batch_item (
	batch_id  INTEGER NOT NULL REFERENCES batch (id),
	position  INTEGER NOT NULL,
	kind      TEXT    NOT NULL,
	name      TEXT    NOT NULL, -- its slug then, or the path of a redirect
	object_id INTEGER NOT NULL,
	revision  INTEGER NOT NULL, -- after the import
	before    TEXT,             -- the interchange object it was; NULL when it was created
	PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_item_object ON batch_item (kind, object_id, batch_id);

-- What a source last said of a record: the same again changes nothing here.
CREATE TABLE imported (
	source      TEXT    NOT NULL,
	source_id   TEXT    NOT NULL,
	kind        TEXT    NOT NULL,
	object_id   INTEGER NOT NULL,
	digest      TEXT    NOT NULL,
	PRIMARY KEY (source, kind, source_id)
) STRICT, WITHOUT ROWID;

-- Names met by an import before what they name; empty once it has ended.
CREATE TABLE pending (
	id       INTEGER PRIMARY KEY,
	line     INTEGER NOT NULL,
	owner    TEXT    NOT NULL,
	owner_id INTEGER NOT NULL,
	field    TEXT    NOT NULL,
	position INTEGER NOT NULL,
	target   TEXT    NOT NULL
) STRICT;
