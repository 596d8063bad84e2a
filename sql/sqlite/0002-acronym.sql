-- What was decided about acronyms: each row is one meaning of one.

CREATE TABLE acronym (
	id      INTEGER PRIMARY KEY,
	letters TEXT    NOT NULL CHECK (letters <> ''), -- capitals, without dots
	words   TEXT    NOT NULL CHECK (words <> ''),
	folded  TEXT    NOT NULL CHECK (folded <> ''),  -- the words, for comparing
	status  TEXT    NOT NULL CHECK (status IN ('confirmed', 'refused')),
	UNIQUE (letters, folded)
) STRICT;
