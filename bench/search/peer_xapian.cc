/*
 * peer_xapian.cc - Xapian over the corpus of a folder: French stems, facets counted by a spy.
 *
 *	peer_xapian FOLDER DATABASE [RUNS [LIMIT]]
 *
 * DATABASE is a folder that is made, and left to the caller. Prints the lines of measure.h.
 */
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <string>
#include <vector>
#include <xapian.h>

#include "documents.h"
#include "measure.h"

namespace
{

const char engine[] = "Xapian";
const Xapian::doccount top = 10;

/* The terms of a facet in a value: four bytes each. */
std::string packed(const peer_document *d, int facet)
{
	std::string bytes;

	for (size_t i = 0; i < d->n_bearings; i++)
		if (d->bearing[i].facet == facet) {
			uint32_t term = static_cast<uint32_t>(d->bearing[i].term);

			bytes.append(reinterpret_cast<const char *>(&term), sizeof(term));
		}
	return bytes;
}

class Spy : public Xapian::MatchSpy
{
	Xapian::valueno slot;
	std::vector<uint32_t> count;

      public:
	explicit Spy(Xapian::valueno slot) : slot(slot), count(4096)
	{
	}
	void operator()(const Xapian::Document &document, double) override
	{
		const std::string bytes = document.get_value(slot);

		for (size_t at = 0; at + 4 <= bytes.size(); at += 4) {
			uint32_t term;

			std::memcpy(&term, bytes.data() + at, sizeof(term));
			if (term >= count.size())
				count.resize(2 * term);
			count[term]++;
		}
	}
};

struct Peer {
	Xapian::WritableDatabase writable;
	Xapian::TermGenerator generator;
	Xapian::Database database;
	Xapian::QueryParser parser;
	unsigned n_documents = 0;
};

void add(void *context, const peer_document *d)
{
	Peer *p = static_cast<Peer *>(context);
	Xapian::Document document;

	p->generator.set_document(document);
	p->generator.index_text(d->title, 8);
	p->generator.increase_termpos();
	p->generator.index_text(d->summary, 3);
	p->generator.increase_termpos();
	p->generator.index_text(d->body, 1);
	for (int facet = 0; facet < N_PEER_FACETS; facet++)
		document.add_value(static_cast<Xapian::valueno>(facet), packed(d, facet));
	p->writable.add_document(document);
	p->n_documents++;
}

void build(Peer *p, const char *folder, const std::string &path)
{
	double start = seconds_now();

	p->writable = Xapian::WritableDatabase(path + ".new", Xapian::DB_CREATE_OR_OVERWRITE);
	p->generator.set_stemmer(Xapian::Stem("french"));
	documents_each(folder, add, p);
	p->writable.commit();
	p->writable.compact(path);
	p->writable.close();
	p->database = Xapian::Database(path);
	note(engine, "%s, index of %u documents: %.2f s, %.1f MB on disk (compacted)",
	     Xapian::version_string(), p->n_documents, seconds_now() - start,
	     static_cast<double>(size_on_disk(path.c_str())) / 1e6);
}

/* Stop words are kept, as the others keep them. */
void read_with(Peer *p)
{
	p->parser.set_database(p->database);
	p->parser.set_default_op(Xapian::Query::OP_AND);
	p->parser.set_stemmer(Xapian::Stem("french"));
	p->parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
}

/* Checking as many as there are makes the count exact and shows each match to the spies. */
int64_t ask(void *context, const char *text)
{
	Peer *p = static_cast<Peer *>(context);
	Xapian::Enquire enquire(p->database);
	Spy kind(PEER_KIND), category(PEER_CATEGORY), keyword(PEER_KEYWORD);
	Xapian::MSet found;

	enquire.set_query(p->parser.parse_query(text, Xapian::QueryParser::FLAG_PHRASE |
							      Xapian::QueryParser::FLAG_WILDCARD));
	enquire.add_matchspy(&kind);
	enquire.add_matchspy(&category);
	enquire.add_matchspy(&keyword);
	found = enquire.get_mset(0, top, p->database.get_doccount());
	return found.get_matches_estimated();
}

int run(int argc, char *argv[])
{
	Peer p;
	asked_list list = asked_read((std::string(argv[1]) + "/queries.tsv").c_str());

	build(&p, argv[1], argv[2]);
	read_with(&p);
	measure_all(engine, &list, argc > 3 ? atoi(argv[3]) : 3, argc > 4 ? atof(argv[4]) : 60, ask,
		    &p);
	asked_release(&list);
	return 0;
}

} // namespace

int main(int argc, char *argv[])
{
	if (argc < 3) {
		std::cerr << "usage: peer_xapian FOLDER DATABASE [RUNS [LIMIT]]\n";
		return 2;
	}
	try {
		return run(argc, argv);
	} catch (const Xapian::Error &error) {
		std::cerr << "Xapian: " << error.get_description() << '\n';
	} catch (const std::exception &error) {
		std::cerr << error.what() << '\n';
	}
	return 3;
}
