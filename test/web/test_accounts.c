/* How people sign in and keep their account safe, as they would notice. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/totp.h"
#include "mail/account_letter.h"
#include "store/login.h"
#include "store/organisation.h"
#include "store/person.h"
#include "web/account.h"
#include "web/invite.h"
#include "web/visitor.h"

static const char password[] = "une phrase que je retiens";
static const char typed[] =
	"courriel=camille%40ville.example&mot_de_passe=une+phrase+que+je+retiens";
static const char mistyped[] = "courriel=camille%40ville.example&mot_de_passe=une+autre+phrase";

static void must(enum status status)
{
	assert_int_equal(status, OK);
}

/* ---- who there is ------------------------------------------------------------------ */

static struct person add_named(struct fixture *fix, const char *given, const char *email)
{
	struct person p = { .given_name = given,
			    .family_name = "Aubry",
			    .email = email,
			    .made_at = VISITED_AT - 86400 };

	must(person_save(fix->db, fix->a, &p));
	return p;
}

/* Hashing takes a tenth of a second: once for all tests. */
static void give_password(struct fixture *fix, int64_t id)
{
	static char hash[PASSWORD_HASH_SIZE];

	if (!*hash)
		assert_true(password_hash(password, hash));
	must(credentials_set_password(fix->db, id, hash));
}

static struct person add_camille(struct fixture *fix)
{
	struct person p = add_named(fix, "Camille", "camille@ville.example");

	give_password(fix, p.id);
	return p;
}

static const char *give_factor(struct fixture *fix, int64_t id)
{
	const char *secret = totp_draw(fix->a);

	must(credentials_propose_totp(fix->db, id, secret));
	must(credentials_confirm_totp(fix->db, id, VISITED_AT - 3600));
	return secret;
}

static const char *code_form(struct visitor *v, const char *secret)
{
	char code[TOTP_FIGURES + 1];

	assert_true(totp_code(secret, v->now, code));
	return arena_printf(v->fix->a, "code=%s", code);
}

static void sign_in_as_camille(struct visitor *v)
{
	send_form(v, "/connexion", typed);
	assert_int_equal(v->code, 303);
	assert_string_equal(v->location, "/espace");
}

static bool is_in(struct visitor *v)
{
	visit(v, "/espace/securite");
	if (v->code == 200)
		return true;
	assert_int_equal(v->code, 303);
	return false;
}

static int64_t count_traces(struct fixture *fix, const char *action)
{
	struct query *q = db_query(fix->db, "SELECT count(*) FROM audit WHERE action = $1");
	int64_t n;

	query_text(q, 1, action);
	must(query_one_int(q, &n));
	return n;
}

static struct account_letter letter(struct fixture *fix, const struct person *p)
{
	return (struct account_letter){ .db = fix->db,
					.a = fix->a,
					.public_url = "https://exemple.fr",
					.now = VISITED_AT,
					.person = p };
}

/* ---- password ------------------------------------------------------------------ */

static void test_a_password_opens_a_session_that_ends_when_one_leaves(void **state)
{
	struct visitor v = visitor_new(*state);
	const char *old;

	add_camille(*state);
	assert_false(is_in(&v));
	assert_string_equal(v.location, "/connexion?retour=%2Fespace%2Fsecurite");
	sign_in_as_camille(&v);
	assert_holds(v.headers, "Set-Cookie: __Host-halle=");
	assert_holds(v.headers, "; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
	assert_holds(v.headers, "; Secure");
	assert_true(is_in(&v));
	assert_holds(v.body, "Firefox sur Windows");
	assert_holds(visit(&v, "/deconnexion"), "action=\"/deconnexion\"");
	assert_true(is_in(&v));
	old = v.cookie;
	send_form(&v, "/deconnexion", "");
	assert_string_equal(v.location, "/");
	assert_null(v.cookie);
	v.cookie = old;
	assert_false(is_in(&v));
	assert_int_equal(count_traces(*state, "sign-in"), 1);
	assert_int_equal(count_traces(*state, "sign-out"), 1);
	visit(&v, "/deconnexion");
	assert_string_equal(v.location, "/");
}

static void test_an_address_is_the_same_in_any_case(void **state)
{
	struct visitor v = visitor_new(*state);

	add_camille(*state);
	send_form(&v, "/connexion",
		  "courriel=++CAMILLE%40Ville.Example+&mot_de_passe=une+phrase+que+je+retiens");
	assert_string_equal(v.location, "/espace");
}

/* Unknown, wrong, without a password, blocked, gone: one answer. */
static void test_a_failure_tells_nothing(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person camille = add_camille(fix),
		      dodo = add_named(fix, "Dominique", "d@ville.example");
	struct person noe = add_named(fix, "Noé", "n@ville.example");
	const char *wrong,
		*form = "courriel=%s%%40ville.example&mot_de_passe=une+phrase+que+je+retiens";
	static const char *const who[] = { "camille", "d", "n", "inconnue" };

	(void)dodo;
	give_password(fix, noe.id);
	must(person_erase(fix->db, noe.id, "2026-11-23"));
	wrong = send_form(&v, "/connexion", mistyped);
	assert_int_equal(v.code, 422);
	assert_holds(wrong, "ne vont pas ensemble");
	assert_holds(wrong, "value=\"camille@ville.example\"");
	assert_lacks(wrong, "autre phrase");
	camille.is_blocked = true;
	must(person_save(fix->db, fix->a, &camille));
	for (size_t i = 0; i < 4; i++) {
		const char *body = send_form(&v, "/connexion", arena_printf(fix->a, form, who[i]));
		const char *email = arena_printf(fix->a, "value=\"%s@ville.example\"", who[i]);
		const char *at = strstr(body, email), *wrong_at = strstr(wrong, "value=\"camille@");

		assert_int_equal(v.code, 422);
		assert_null(v.cookie);
		assert_non_null(at);
		assert_int_equal(at - body, wrong_at - wrong);
		assert_memory_equal(body, wrong, (size_t)(at - body));
		assert_string_equal(at + strlen(email),
				    wrong_at + strlen("value=\"camille@ville.example\""));
	}
	assert_int_equal(count_traces(fix, "sign-in-failed"), 5);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM audit WHERE subject LIKE '%@%'"
					" OR detail LIKE '%@%' OR detail LIKE '%phrase%'"),
			 0);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM login_session"), 0);
}

static void test_what_is_missing_is_said_beside_its_field(void **state)
{
	struct visitor v = visitor_new(*state);

	send_form(&v, "/connexion", "courriel=&mot_de_passe=");
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "id=\"courriel-erreur\"");
	assert_holds(v.body, "id=\"mot_de_passe-erreur\"");
	assert_int_equal(count_traces(*state, "sign-in-failed"), 0);
}

static void test_signing_in_again_is_another_session(void **state)
{
	struct visitor v = visitor_new(*state);
	const char *first;

	add_camille(*state);
	sign_in_as_camille(&v);
	first = v.cookie;
	sign_in_as_camille(&v);
	assert_string_not_equal(v.cookie, first);
	assert_int_equal(number_of(*state, "SELECT count(*) FROM login_session"), 1);
	visit(&v, "/connexion?retour=/agenda");
	assert_string_equal(v.location, "/agenda");
}

/* ---- where one comes back to --------------------------------------------------- */

static void test_one_comes_back_to_the_page_one_wanted(void **state)
{
	struct visitor v = visitor_new(*state);
	const char *body;

	add_camille(*state);
	body = visit(&v, "/connexion?retour=/ressources%3Fq=a%2526b%26page=2");
	assert_holds(body, "name=\"retour\" value=\"/ressources?q=a%26b&amp;page=2\"");
	assert_holds(body, "href=\"/connexion/lien?retour=");
	send_form(&v, "/connexion",
		  arena_printf(v.fix->a, "%s&retour=%%2Fressources%%3Fq%%3Da%%2526b", mistyped));
	assert_holds(v.body, "name=\"retour\" value=\"/ressources?q=a%26b\"");
	send_form(&v, "/connexion",
		  arena_printf(v.fix->a, "%s&retour=%%2Fressources%%3Fq%%3Da%%2526b", typed));
	assert_string_equal(v.location, "/ressources?q=a%26b");
}

static void test_no_other_site_is_come_back_to(void **state)
{
	static const char *const tricky[] = {
		"https://exemple.org/",
		"//exemple.org/",
		"///exemple.org",
		"/\\exemple.org",
		"/\\/exemple.org",
		"\\\\exemple.org",
		"\\/exemple.org",
		"http:exemple.org",
		"javascript:alert(1)",
		"data:text/html,x",
		"exemple.org",
		"/ /exemple.org",
		" //exemple.org",
		"/a b",
		".//exemple.org",
		"@exemple.org",
		"/a\\b",
		"?x",
		"#x",
		"",
		"/connexion",
		"/connexion/lien",
		"/deconnexion",
		"/mot-de-passe",
	};

	for (size_t i = 0; i < sizeof(tricky) / sizeof(*tricky); i++) {
		struct visitor v = visitor_new(*state);
		const char *path = url_path(v.fix->a, "", tricky[i]).address;

		if (!i)
			add_camille(*state);
		send_form(&v, "/connexion", arena_printf(v.fix->a, "%s&retour=%s", typed, path));
		assert_string_equal(v.location, "/espace");
		visit(&v, arena_printf(v.fix->a, "/connexion?retour=%s", path));
		assert_string_equal(v.location, "/espace");
		v.cookie = NULL;
		assert_lacks(visit(&v, arena_printf(v.fix->a, "/connexion?retour=%s", path)),
			     "name=\"retour\"");
	}
}

/* ---- links by mail ------------------------------------------------------------- */

static const char *ask_link(struct visitor *v, const char *form)
{
	send_form(v, "/connexion/lien", form);
	assert_int_equal(v->code, 303);
	assert_string_equal(v->location, "/connexion/lien-envoye");
	return last_link(v->fix, "/connexion/lien/");
}

static void test_a_link_by_mail_signs_in_once_and_leads_back(void **state)
{
	struct visitor v = visitor_new(*state), other = visitor_new(*state);
	const char *link;

	add_named(*state, "Camille", "camille@ville.example");
	link = ask_link(&v, "courriel=Camille%40ville.example&retour=%2Fagenda");
	assert_holds(visit(&v, v.location), "Si un compte existe");
	assert_holds(visit(&other, link), "celui de Camille Aubry");
	assert_holds(other.headers, "Cache-Control: private, no-store");
	assert_null(other.cookie);
	visit(&other, link); /* looking uses nothing */
	send_form(&v, link, "");
	assert_string_equal(v.location, "/agenda");
	assert_true(is_in(&v));
	send_form(&other, link, "");
	assert_int_equal(other.code, 410);
	assert_holds(other.body, "Ce lien ne sert plus");
	assert_null(other.cookie);
	visit(&other, link);
	assert_int_equal(other.code, 410);
}

static void test_asking_tells_nothing(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person blocked = add_named(fix, "Dominique", "d@ville.example");
	static const char *const who[] = { "camille", "d", "inconnue" };
	const char *headers = NULL;

	add_camille(fix);
	blocked.is_blocked = true;
	must(person_save(fix->db, fix->a, &blocked));
	for (size_t i = 0; i < 3; i++) {
		send_form(&v, "/connexion/lien",
			  arena_printf(fix->a, "courriel=%s%%40ville.example", who[i]));
		assert_string_equal(v.location, "/connexion/lien-envoye");
		assert_string_equal(v.body, "");
		if (headers)
			assert_string_equal(v.headers, headers);
		headers = v.headers;
	}
	assert_int_equal(count_letters(fix), 1);
	assert_int_equal(count_traces(fix, "link-asked"), 3);
}

static void test_a_mailbox_is_not_flooded(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);

	add_camille(fix);
	for (int i = 0; i < 20; i++) {
		v.address = arena_printf(fix->a, "192.0.2.%d", i + 1);
		send_form(&v, i % 2 ? "/connexion/lien" : "/mot-de-passe",
			  "courriel=camille%40ville.example");
		assert_int_equal(v.code, 303);
	}
	/* Three of each kind. */
	assert_int_equal(count_letters(fix), 6);
	v.now += 1801;
	send_form(&v, "/connexion/lien", "courriel=camille%40ville.example");
	assert_int_equal(count_letters(fix), 7);
}

static void test_an_address_with_an_end_of_line_gets_no_letter(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);

	add_camille(fix);
	send_form(&v, "/connexion/lien",
		  "courriel=camille%40ville.example%0D%0ABcc%3A+x%40exemple.org");
	assert_int_equal(v.code, 422);
	assert_int_equal(count_letters(fix), 0);
}

static void test_a_link_is_refused_when_altered_late_or_of_another_kind(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	const char *link, *secret;
	char *altered;

	add_camille(fix);
	link = ask_link(&v, "courriel=camille%40ville.example");
	secret = link + strlen("/connexion/lien/");
	altered = arena_strdup(fix->a, link);
	altered[strlen(altered) - 3] ^= 1;
	send_form(&v, altered, "");
	assert_int_equal(v.code, 410);
	send_form(&v, arena_printf(fix->a, "%sA", link), "");
	assert_int_equal(v.code, 410);
	send_form(&v, arena_printf(fix->a, "/connexion/lien/%.42s", secret), "");
	assert_int_equal(v.code, 410);
	send_form(&v, arena_printf(fix->a, "/mot-de-passe/%s", secret),
		  "nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 410);
	send_form(&v, arena_printf(fix->a, "/courriel/%s", secret), "");
	assert_int_equal(v.code, 410);
	assert_null(v.cookie);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM token WHERE used_at IS NOT NULL"), 0);
	v.now += SIGN_IN_LINK;
	send_form(&v, link, "");
	assert_int_equal(v.code, 410);
	v.now -= 1;
	send_form(&v, link, "");
	assert_int_equal(v.code, 303);
}

static void test_a_link_of_someone_blocked_is_none(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person camille = add_camille(fix);
	const char *link = ask_link(&v, "courriel=camille%40ville.example");

	camille.is_blocked = true;
	must(person_save(fix->db, fix->a, &camille));
	send_form(&v, link, "");
	assert_int_equal(v.code, 410);
	assert_null(v.cookie);
}

static void test_the_secret_of_a_link_is_not_kept(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	const char *secret;
	struct query *q;
	int64_t n;

	add_camille(fix);
	secret = ask_link(&v, "courriel=camille%40ville.example") + strlen("/connexion/lien/");
	q = db_query(fix->db, "SELECT count(*) FROM token WHERE hash = $1 OR subject = $1");
	query_text(q, 1, secret);
	must(query_one_int(q, &n));
	assert_int_equal(n, 0);
}

/* ---- invitation, first password ------------------------------------------------ */

static void test_an_invitation_leads_to_a_first_password(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_named(fix, "Camille", "camille@ville.example");
	const struct account_letter l = letter(fix, &p);
	const char *link;

	must(letter_invite(&l));
	link = last_link(fix, "/mot-de-passe/");
	v.now += INVITATION_LINK - 1;
	assert_holds(visit(&v, link), "camille@ville.example");
	send_form(&v, link, "nouveau=trop+court");
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "au moins 12 caractères");
	assert_lacks(v.body, "trop court\"");
	send_form(&v, link, "nouveau=camille%40ville.example");
	assert_holds(v.body, "trop à votre adresse");
	send_form(&v, link, "nouveau=motdepasse2026");
	assert_holds(v.body, "parmi les plus répandus");
	assert_null(v.cookie);
	send_form(&v, link, "nouveau=une+phrase+que+je+retiens");
	assert_string_equal(v.location, "/espace");
	assert_true(is_in(&v));
	send_form(&v, link, "nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 410);
	v.cookie = NULL;
	sign_in_as_camille(&v);
	assert_int_equal(count_letters(fix), 1); /* a first password is no news */
}

static void test_an_invitation_has_its_time(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_named(fix, "Camille", "camille@ville.example");
	const struct account_letter l = letter(fix, &p);

	must(letter_invite(&l));
	v.now += INVITATION_LINK;
	visit(&v, last_link(fix, "/mot-de-passe/"));
	assert_int_equal(v.code, 410);
}

static void test_who_has_a_password_is_invited_without_a_link(void **state)
{
	struct fixture *fix = *state;
	struct person p = add_camille(fix);
	struct account_letter l = letter(fix, &p);

	p.has_password = true;
	must(letter_invite(&l));
	assert_string_equal(last_link(fix, "https://exemple.fr/connexion"),
			    "https://exemple.fr/connexion");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM token"), 0);
	p.email = NULL;
	assert_int_equal(letter_invite(&l), INVALID);
}

static void test_a_new_password_ends_the_other_sessions_and_is_told(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix), other = visitor_new(fix);
	const char *link;

	add_camille(fix);
	sign_in_as_camille(&other);
	send_form(&v, "/mot-de-passe", "courriel=camille%40ville.example");
	link = last_link(fix, "/mot-de-passe/");
	assert_holds(visit(&v, link), "Vos autres appareils seront déconnectés");
	send_form(&v, link, "nouveau=une+autre+phrase+longue");
	assert_string_equal(v.location, "/espace");
	assert_true(is_in(&v));
	assert_false(is_in(&other));
	assert_non_null(last_link(fix, "vient d’être changé"));
	send_form(&other, "/connexion", typed);
	assert_int_equal(other.code, 422);
	assert_int_equal(count_traces(fix, "password-set"), 1);
}

/* ---- second factor ------------------------------------------------------------- */

static void test_the_second_factor_is_asked_for(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);
	const char *secret = give_factor(fix, p.id), *half;

	send_form(&v, "/connexion", arena_printf(fix->a, "%s&retour=%%2Fagenda", typed));
	assert_string_equal(v.location, "/connexion/code?retour=%2Fagenda");
	assert_false(is_in(&v));
	half = v.cookie;
	assert_holds(visit(&v, "/connexion/code?retour=/agenda"),
		     "name=\"retour\" value=\"/agenda\"");
	send_form(&v, "/connexion/code", "code=000000&retour=%2Fagenda");
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "pas le bon code");
	assert_false(is_in(&v));
	send_form(&v, "/connexion/code",
		  arena_printf(fix->a, "%s&retour=%%2Fagenda", code_form(&v, secret)));
	assert_string_equal(v.location, "/agenda");
	assert_string_not_equal(v.cookie, half);
	assert_true(is_in(&v));
	v.cookie = half;
	assert_false(is_in(&v));
	assert_int_equal(count_traces(fix, "sign-in"), 1);
}

static void test_a_code_is_good_once(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);
	const char *secret = give_factor(fix, p.id);

	send_form(&v, "/connexion", typed);
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_int_equal(v.code, 303);
	send_form(&v, "/connexion", typed);
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_int_equal(v.code, 422);
	v.now += TOTP_SECONDS;
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_int_equal(v.code, 303);
}

static void test_the_second_factor_is_asked_for_after_a_link_and_a_reset(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);

	give_factor(fix, p.id);
	send_form(&v, ask_link(&v, "courriel=camille%40ville.example&retour=%2Fagenda"), "");
	assert_string_equal(v.location, "/connexion/code?retour=%2Fagenda");
	assert_false(is_in(&v));
	send_form(&v, "/mot-de-passe", "courriel=camille%40ville.example");
	send_form(&v, last_link(fix, "/mot-de-passe/"), "nouveau=une+autre+phrase+longue");
	assert_string_equal(v.location, "/connexion/code");
	assert_false(is_in(&v));
}

static void test_half_a_session_does_not_last(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);
	const char *secret = give_factor(fix, p.id);

	send_form(&v, "/connexion", typed);
	v.now += LOGIN_HALF;
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_string_equal(v.location, "/connexion");
	v.cookie = NULL;
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_string_equal(v.location, "/connexion");
}

/* "<code>abcd-efgh-ijkl</code>" */
static const char *first_recovery(struct visitor *v)
{
	const char *at = strstr(v->body, "<li><code>");

	assert_non_null(at);
	return arena_strndup(v->fix->a, at + strlen("<li><code>"), 14);
}

static const char *proposed_key(struct visitor *v)
{
	const char *at = strstr(v->body, "<code class=\"key\">");
	char *key = arena_make(v->fix->a, char, 64);
	size_t n = 0;

	assert_non_null(at);
	for (at += strlen("<code class=\"key\">"); *at != '<'; at++)
		if (*at != ' ')
			key[n++] = *at;
	return key;
}

/* From the first page to the recovery codes; the key. */
static const char *set_up_factor(struct visitor *v)
{
	const char *key;

	send_form(v, "/espace/securite/deux-etapes/commencer", "");
	assert_string_equal(v->location, "/espace/securite/deux-etapes");
	visit(v, v->location);
	assert_holds(v->body, "<svg class=\"qr\"");
	key = proposed_key(v);
	send_form(v, "/espace/securite/deux-etapes",
		  arena_printf(v->fix->a, "%s&actuel=une+phrase+que+je+retiens",
			       code_form(v, key)));
	assert_int_equal(v->code, 200);
	return key;
}

static void test_a_second_factor_is_set_up_with_a_first_code(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix), other = visitor_new(fix);
	const char *key, *before, *code;

	add_camille(fix);
	sign_in_as_camille(&other);
	sign_in_as_camille(&v);
	before = v.cookie;
	assert_holds(visit(&v, "/espace/securite/deux-etapes"), "Commencer");
	send_form(&v, "/espace/securite/deux-etapes", "code=123456");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE totp_since IS NOT NULL"),
			 0);
	key = set_up_factor(&v);
	code = first_recovery(&v);
	assert_string_not_equal(v.cookie, before);
	assert_true(is_in(&v));
	assert_false(is_in(&other));
	assert_int_equal(number_of(fix, "SELECT count(*) FROM recovery_code"), 10);
	assert_holds(visit(&v, "/espace/securite/deux-etapes"), "Il vous reste 10 codes");
	assert_lacks(v.body, code);
	assert_lacks(v.body, "class=\"key\"");
	assert_non_null(last_link(fix, "connexion en deux étapes est en place"));

	/* The code that set it up does not sign in as well; a recovery code does, once. */
	send_form(&other, "/connexion", typed);
	send_form(&other, "/connexion/code", code_form(&other, key));
	assert_int_equal(other.code, 422);
	send_form(&other, "/connexion/code",
		  arena_printf(fix->a, "secours=%%20%.4s+%.4s%s", code, code + 5, code + 10));
	assert_int_equal(other.code, 303);
	assert_true(is_in(&other));
	send_form(&other, "/connexion", typed);
	send_form(&other, "/connexion/code", arena_printf(fix->a, "secours=%s", code));
	assert_int_equal(other.code, 422);
	assert_holds(other.body, "<details open>");
	assert_int_equal(count_traces(fix, "factor-set"), 1);
}

/* It would keep the owner out. */
static void test_a_session_left_open_sets_up_no_second_factor(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	static const char path[] = "/espace/securite/deux-etapes";
	const char *in_use = "SELECT count(*) FROM person WHERE totp_since IS NOT NULL";

	add_camille(fix);
	(void)add_named(fix, "Louise", "louise@ville.example");
	sign_in_as_camille(&v);
	send_form(&v, "/espace/securite/deux-etapes/commencer", "");
	visit(&v, path);
	send_form(&v, path, code_form(&v, proposed_key(&v)));
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "actuel-erreur");
	send_form(&v, path,
		  arena_printf(fix->a, "%s&actuel=une+autre+phrase",
			       code_form(&v, proposed_key(&v))));
	assert_int_equal(v.code, 422);
	assert_int_equal(number_of(fix, in_use), 0);

	/* Who has no password came by a link, not long ago. */
	v.cookie = NULL;
	send_form(&v, ask_link(&v, "courriel=louise%40ville.example"), "");
	v.now += 31 * 60;
	send_form(&v, "/espace/securite/deux-etapes/commencer", "");
	assert_holds(visit(&v, path), "revenez par un nouveau lien");
	assert_lacks(v.body, "class=\"key\"");
	v.cookie = NULL;
	send_form(&v, ask_link(&v, "courriel=louise%40ville.example"), "");
	visit(&v, path);
	assert_lacks(v.body, "name=\"actuel\"");
	send_form(&v, path, code_form(&v, proposed_key(&v)));
	assert_int_equal(v.code, 200);
	assert_int_equal(number_of(fix, in_use), 1);
}

static void test_a_second_factor_is_taken_away_with_proof(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	const char *old, *key;
	static const char remove[] = "/espace/securite/deux-etapes/retirer";

	add_camille(fix);
	sign_in_as_camille(&v);
	key = set_up_factor(&v);
	old = first_recovery(&v);
	send_form(&v, remove, "preuve_retrait=une+autre+phrase");
	assert_int_equal(v.code, 422);
	send_form(&v, remove, "preuve_retrait=000000");
	assert_int_equal(v.code, 422);
	v.now += TOTP_SECONDS;
	send_form(&v, "/espace/securite/deux-etapes/codes",
		  arena_printf(fix->a, "preuve_codes=%s", code_form(&v, key) + 5));
	assert_string_not_equal(first_recovery(&v), old);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM recovery_code"), 10);
	v.now += TOTP_SECONDS;
	send_form(&v, "/espace/securite/mot-de-passe",
		  arena_printf(fix->a, "actuel=%s&nouveau=une+autre+phrase+longue",
			       code_form(&v, key) + 5));
	assert_int_equal(v.code, 422); /* a code is no password */
	send_form(&v, remove, "preuve_retrait=une+phrase+que+je+retiens");
	assert_string_equal(v.location, "/espace/securite?fait=retrait");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM recovery_code"), 0);
	v.cookie = NULL;
	sign_in_as_camille(&v);
	assert_int_equal(count_traces(fix, "factor-removed"), 1);
}

static void test_who_administers_has_a_second_factor(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);

	must(role_set(fix->db, p.id, "administrator", true));
	sign_in_as_camille(&v);
	assert_holds(visit(&v, "/espace/securite"), "Votre rôle d’administration commence");
	assert_lacks(visit(&v, "/agenda"), "Votre rôle d’administration commence");
	assert_lacks(v.body, "href=\"/gestion\"");
	set_up_factor(&v);
	assert_lacks(visit(&v, "/espace/securite"), "Votre rôle d’administration commence");
	assert_holds(v.body, "href=\"/gestion\"");
	assert_holds(visit(&v, "/espace/securite/deux-etapes"), "protège tout le réseau");
	send_form(&v, "/espace/securite/deux-etapes/retirer",
		  "preuve_retrait=une+phrase+que+je+retiens");
	assert_int_equal(v.code, 403);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE totp_since IS NOT NULL"),
			 1);
}

/* ---- changing what is there ---------------------------------------------------- */

static void test_a_password_is_changed_with_the_present_one(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix), other = visitor_new(fix);
	const char *before;
	static const char path[] = "/espace/securite/mot-de-passe";

	add_camille(fix);
	sign_in_as_camille(&v);
	sign_in_as_camille(&other);
	before = v.cookie;
	send_form(&v, path, "nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 422);
	send_form(&v, path, "actuel=une+autre+phrase&nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "pas votre mot de passe actuel");
	assert_true(is_in(&other));
	send_form(&v, path, "actuel=une+phrase+que+je+retiens&nouveau=court");
	assert_int_equal(v.code, 422);
	send_form(&v, path, "actuel=une+phrase+que+je+retiens&nouveau=une+autre+phrase+longue");
	assert_string_equal(v.location, "/espace/securite?fait=mot-de-passe");
	assert_holds(visit(&v, v.location), "Votre mot de passe est changé");
	assert_string_not_equal(v.cookie, before);
	assert_false(is_in(&other));
	assert_non_null(last_link(fix, "vient d’être changé"));
}

static void test_who_came_by_a_link_needs_no_present_password_for_a_while(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	static const char path[] = "/espace/securite/mot-de-passe";

	add_camille(fix);
	send_form(&v, ask_link(&v, "courriel=camille%40ville.example"), "");
	v.now += 29 * 60;
	assert_lacks(visit(&v, "/espace/securite"), "name=\"actuel\"");
	v.now += 60;
	assert_holds(visit(&v, "/espace/securite"), "name=\"actuel\"");
	send_form(&v, path, "nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 422);
	v.now -= 60;
	send_form(&v, path, "nouveau=une+autre+phrase+longue");
	assert_int_equal(v.code, 303);
	assert_holds(visit(&v, "/espace/securite"), "name=\"actuel\"");
}

static void test_who_has_no_password_asks_for_a_link_to_choose_one(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);

	add_named(fix, "Camille", "camille@ville.example");
	send_form(&v, ask_link(&v, "courriel=camille%40ville.example"), "");
	assert_holds(visit(&v, "/espace/securite"), "Choisir ce mot de passe");
	v.now += 3600;
	assert_holds(visit(&v, "/espace/securite"), "href=\"/mot-de-passe\"");
	assert_lacks(v.body, "name=\"nouveau\"");
	send_form(&v, "/espace/securite/mot-de-passe", "actuel=&nouveau=une+autre+phrase+longue");
	send_form(&v, "/espace/securite/mot-de-passe", "actuel=x&nouveau=une+autre+phrase+longue");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE password IS NOT NULL"),
			 0);
}

static void test_an_address_changes_once_it_is_confirmed(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix), other = visitor_new(fix);
	const char *link, *old_link;
	static const char path[] = "/espace/securite/courriel";

	add_camille(fix);
	old_link = ask_link(&other, "courriel=camille%40ville.example");
	sign_in_as_camille(&v);
	send_form(&v, path, "courriel=Camille%40autre.example&preuve=faux+mot+de+passe");
	assert_int_equal(v.code, 422);
	assert_holds(v.body, "value=\"Camille@autre.example\"");
	send_form(&v, path, "courriel=CAMILLE%40ville.example&preuve=une+phrase+que+je+retiens");
	assert_holds(v.body, "déjà votre adresse");
	send_form(&v, path, "courriel=Camille%40autre.example&preuve=une+phrase+que+je+retiens");
	assert_string_equal(v.location, "/espace/securite?fait=courriel-demande");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM mail WHERE to_address ="
					" 'Camille@autre.example'"),
			 1);
	link = last_link(fix, "/courriel/");
	assert_holds(visit(&other, link), "Camille@autre.example");
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE email ="
					" 'camille@ville.example'"),
			 1);
	send_form(&other, link, "");
	assert_int_equal(other.code, 303);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE email_key ="
					" 'camille@autre.example'"),
			 1);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM mail WHERE to_address ="
					" 'camille@ville.example' AND subject LIKE '%a changé%'"),
			 1);
	send_form(&other, old_link, ""); /* what went to the old mailbox opens nothing */
	assert_int_equal(other.code, 410);
	send_form(&other, link, "");
	assert_int_equal(other.code, 410);
}

/* Whoever was in a session that is not theirs must not come back by what they asked for there. */
static void test_a_new_password_ends_what_was_asked_for_before(void **state)
{
	struct fixture *fix = *state;
	struct visitor thief = visitor_new(fix), v = visitor_new(fix);
	const char *first, *second;
	static const char path[] = "/espace/securite/courriel";
	static const char take[] = "courriel=moi%40autre.example&preuve=une+phrase+que+je+retiens";

	add_camille(fix);
	sign_in_as_camille(&thief);
	send_form(&thief, path, take);
	first = last_link(fix, "/courriel/");
	send_form(&v, "/mot-de-passe", "courriel=camille%40ville.example");
	send_form(&v, last_link(fix, "/mot-de-passe/"), "nouveau=une+autre+phrase+longue");
	assert_string_equal(v.location, "/espace");
	send_form(&thief, first, "");
	assert_int_equal(thief.code, 410);
	send_form(&v, path, "courriel=moi%40autre.example&preuve=une+autre+phrase+longue");
	second = last_link(fix, "/courriel/");
	send_form(&v, "/espace/securite/mot-de-passe",
		  "actuel=une+autre+phrase+longue&nouveau=encore+une+phrase+longue");
	assert_int_equal(v.code, 303);
	send_form(&thief, second, "");
	assert_int_equal(thief.code, 410);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE email ="
					" 'camille@ville.example'"),
			 1);
}

static void test_an_address_of_another_is_not_told(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);

	add_camille(fix);
	add_named(fix, "Dominique", "d@ville.example");
	sign_in_as_camille(&v);
	send_form(&v, "/espace/securite/courriel",
		  "courriel=D%40ville.example&preuve=une+phrase+que+je+retiens");
	assert_string_equal(v.location, "/espace/securite?fait=courriel-demande");
	assert_int_equal(count_letters(fix), 0);
}

static void test_an_address_taken_meanwhile_is_refused(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	const char *link;

	add_camille(fix);
	sign_in_as_camille(&v);
	send_form(&v, "/espace/securite/courriel",
		  "courriel=d%40ville.example&preuve=une+phrase+que+je+retiens");
	link = last_link(fix, "/courriel/");
	add_named(fix, "Dominique", "D@ville.example");
	send_form(&v, link, "");
	assert_int_equal(v.code, 410);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM person WHERE email ="
					" 'camille@ville.example'"),
			 1);
}

static void test_sessions_are_listed_and_ended(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix), other = visitor_new(fix), third = visitor_new(fix);
	struct person d = add_named(fix, "Dominique", "d@ville.example");
	struct visitor stranger = visitor_new(fix);
	int64_t id;

	add_camille(fix);
	give_password(fix, d.id);
	other.agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1";
	other.address = "198.51.100.7";
	sign_in_as_camille(&v);
	sign_in_as_camille(&other);
	sign_in_as_camille(&third);
	send_form(&stranger, "/connexion",
		  "courriel=d%40ville.example&mot_de_passe=une+phrase+que+je+retiens");
	visit(&v, "/espace/securite");
	assert_holds(v.body, "Safari sur iPhone");
	assert_holds(v.body, "198.51.100.7");
	assert_holds(v.body, "Cet appareil");
	assert_holds(v.body, "lundi 23 novembre 2026");
	id = number_of(fix, "SELECT id FROM login_session WHERE address = '198.51.100.7'");

	/* Another person's session is nobody's business. */
	send_form(&stranger, arena_printf(fix->a, "/espace/securite/appareils/%d/fin", (int)id),
		  "");
	assert_int_equal(stranger.code, 404);
	assert_true(is_in(&other));
	send_form(&v, "/espace/securite/appareils/99999999999999999999/fin", "");
	assert_int_equal(v.code, 404);
	send_form(&v, arena_printf(fix->a, "/espace/securite/appareils/%d/fin", (int)id), "");
	assert_string_equal(v.location, "/espace/securite?fait=appareil");
	assert_false(is_in(&other));
	assert_true(is_in(&third));
	send_form(&v, "/espace/securite/appareils/autres", "");
	assert_false(is_in(&third));
	assert_true(is_in(&v));
	assert_true(is_in(&stranger));
}

/* ---- limits -------------------------------------------------------------------- */

static void test_many_tries_from_one_place_wait(void **state)
{
	struct visitor v = visitor_new(*state);
	int n = 0;

	v.limiter = limiter_new();
	do {
		send_form(&v, "/connexion/lien",
			  arena_printf(v.fix->a, "courriel=x%d%%40ville.example", n));
	} while (v.code == 303 && n++ < 100);
	assert_int_equal(n, 10);
	assert_int_equal(v.code, 429);
	assert_holds(v.headers, "Retry-After: 60\n");
	assert_holds(v.body, "Trop d’essais");
	v.address = "192.0.2.2";
	send_form(&v, "/connexion/lien", "courriel=x%40ville.example");
	assert_int_equal(v.code, 303);
	limiter_free(v.limiter);
}

static void make_manager(struct fixture *fix, int64_t person_id)
{
	struct organisation o = { .slug = "ville", .name = "Ville", .kind = "commune" };
	struct function f = { .person_id = person_id,
			      .kind = "officer",
			      .from_on = "2026-01-01",
			      .is_manager = true };

	must(organisation_save(fix->db, &o));
	f.organisation_id = o.id;
	must(function_save(fix->db, &f));
}

/* Each sends a letter with a name they chose to an address they chose. */
static void test_a_manager_does_not_flood_mailboxes(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	static const char path[] = "/espace/organisations/ville/inviter";

	v.limiter = limiter_new();
	make_manager(fix, add_camille(fix).id);
	sign_in_as_camille(&v);
	for (int i = 0; i < 2; i++)
		send_form(&v, path,
			  "courriel=x%40b.fr&prenom=A&nom=B&genre=other&debut=01/01/2040");
	assert_int_equal(v.code, 422); /* it is the same function, though it has not begun */
	assert_int_equal(count_letters(fix), 1);
	for (int i = 0; i < 40; i++)
		send_form(&v, path,
			  arena_printf(fix->a,
				       "courriel=x%d%%40b.fr&prenom=A&nom=B&genre=other"
				       "&debut=01/01/2026",
				       i));
	assert_int_equal(v.code, 429);
	assert_int_equal(count_letters(fix), 30);
	limiter_free(v.limiter);
}

static void test_nobody_is_kept_out_by_another(void **state)
{
	struct fixture *fix = *state;
	struct visitor camille = visitor_new(fix), attacker = visitor_new(fix);
	int n;

	add_camille(fix);
	camille.limiter = attacker.limiter = limiter_new();
	camille.address = "198.51.100.7";
	sign_in_as_camille(&camille);
	send_form(&camille, "/deconnexion", "");
	for (n = 0; n < 30; n++) {
		attacker.address = arena_printf(fix->a, "192.0.2.%d", n + 1);
		send_form(&attacker, "/connexion", mistyped);
		if (attacker.code == 429)
			break;
	}
	assert_int_equal(n, 10);

	/* Neither does an unknown address answer otherwise. */
	for (n = 0; n < 30; n++) {
		attacker.address = arena_printf(fix->a, "192.0.3.%d", n + 1);
		send_form(&attacker, "/connexion", "courriel=x%40y.example&mot_de_passe=z");
		if (attacker.code == 429)
			break;
	}
	assert_int_equal(n, 10);
	attacker.address = "192.0.2.200";
	send_form(&attacker, "/connexion", typed); /* even with the right one */
	assert_int_equal(attacker.code, 429);
	assert_holds(attacker.body, "href=\"/connexion/lien\"");

	sign_in_as_camille(&camille); /* from where she was before */
	attacker.address = "203.0.113.9";
	send_form(&attacker, ask_link(&attacker, "courriel=camille%40ville.example"), "");
	assert_int_equal(attacker.code, 303); /* and by mail from anywhere */
	limiter_free(camille.limiter);
}

static void test_codes_cannot_be_tried_at_will(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);
	const char *secret = give_factor(fix, p.id);
	int n;

	v.limiter = limiter_new();
	send_form(&v, "/connexion", typed);
	for (n = 0; n < 30; n++) {
		v.address = arena_printf(fix->a, "192.0.2.%d", n + 1);
		send_form(&v, "/connexion/code", "code=000000");
		if (v.code == 429)
			break;
	}
	assert_int_equal(n, 6);
	send_form(&v, "/connexion/code", code_form(&v, secret));
	assert_int_equal(v.code, 429);
	assert_false(is_in(&v));
	limiter_free(v.limiter);
}

/* ---- what is sent by others ---------------------------------------------------- */

static void test_a_form_of_another_site_changes_nothing(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	struct person p = add_camille(fix);
	const struct account_letter l = letter(fix, &p);
	static const char *const origin[] = { "https://exemple.org",
					      "null",
					      "http://exemple.fr",
					      "https://exemple.fr.exemple.org",
					      "",
					      NULL };
	static const char *const form[][2] = {
		{ "/connexion", typed },
		{ "/connexion/lien", "courriel=camille%40ville.example" },
		{ "/mot-de-passe", "courriel=camille%40ville.example" },
		{ "/deconnexion", "" },
		{ "/espace/securite/mot-de-passe",
		  "actuel=une+phrase+que+je+retiens&nouveau=une+autre+phrase+longue" },
		{ "/espace/securite/courriel",
		  "courriel=x%40y.example&preuve=une+phrase+que+je+retiens" },
		{ "/espace/securite/appareils/autres", "" },
		{ "/espace/securite/deux-etapes/commencer", "" },
	};
	int64_t traces;
	const char *cookie, *link;

	must(letter_sign_in(&l, NULL));
	link = last_link(fix, "/connexion/lien/");
	sign_in_as_camille(&v);
	cookie = v.cookie;
	traces = number_of(fix, "SELECT count(*) FROM audit");
	for (size_t i = 0; i < sizeof(origin) / sizeof(*origin); i++) {
		v.origin = origin[i];
		for (size_t k = 0; k < sizeof(form) / sizeof(*form); k++) {
			send_form(&v, form[k][0], form[k][1]);
			assert_int_equal(v.code, 403);
			assert_ptr_equal(v.cookie, cookie);
		}
		send_form(&v, link, "");
		assert_int_equal(v.code, 403);
	}
	assert_true(is_in(&v));
	assert_int_equal(number_of(fix, "SELECT count(*) FROM audit"), traces);
	assert_int_equal(number_of(fix, "SELECT count(*) FROM token WHERE used_at IS NOT NULL"), 0);
	assert_int_equal(count_letters(fix), 1);
	assert_int_equal(
		number_of(fix, "SELECT count(*) FROM person WHERE totp_secret IS NOT NULL"), 0);
}

static void test_a_cookie_of_any_kind_is_nobodys(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	char *long_one = arena_make(fix->a, char, 8193);
	const char *good;

	add_camille(fix);
	sign_in_as_camille(&v);
	good = v.cookie;
	memset(long_one, 'A', 8192);
	v.cookie = long_one;
	assert_false(is_in(&v));
	v.cookie = arena_printf(fix->a, "%s%s", good, long_one);
	assert_false(is_in(&v));
	v.cookie = "' OR 1=1 --";
	assert_false(is_in(&v));
	v.cookie = "";
	assert_false(is_in(&v));
	v.cookie = arena_strndup(fix->a, good, strlen(good) - 1);
	assert_false(is_in(&v));
	v.cookie = good;
	assert_true(is_in(&v));
}

static void test_what_is_typed_is_text(void **state)
{
	struct visitor v = visitor_new(*state);

	send_form(&v, "/connexion",
		  "courriel=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&mot_de_passe=x");
	assert_lacks(v.body, "<script>alert");
	assert_holds(v.body, "&lt;script&gt;");
	visit(&v, "/connexion?retour=/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
	assert_lacks(v.body, "<script>alert");
}

static void test_every_page_is_whole_and_in_no_cache(void **state)
{
	struct fixture *fix = *state;
	struct visitor v = visitor_new(fix);
	static const char *const path[] = {
		"/connexion",
		"/connexion/lien",
		"/connexion/lien-envoye",
		"/mot-de-passe",
		"/connexion/lien/x",
		"/mot-de-passe/x",
		"/courriel/x",
		"/deconnexion",
		"/espace/securite",
		"/espace/securite/deux-etapes",
	};

	add_camille(fix);
	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		if (i == 7)
			sign_in_as_camille(&v);
		visit(&v, path[i]);
		assert_int_equal(v.code, strstr(path[i], "/x") ? 410 : 200);
		assert_holds(v.body, "<h1");
		assert_null(strstr(strstr(v.body, "<h1") + 1, "<h1"));
		assert_holds(v.body, "noindex");
		assert_lacks(v.body, "canonical");
		if (strncmp(path[i], "/espace", 7) == 0)
			continue; /* the server sees to pages of who is signed in */
		assert_holds(v.headers, "Cache-Control: private, no-store");
		assert_holds(v.headers, "Referrer-Policy: same-origin");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_password_opens_a_session_that_ends_when_one_leaves),
		TEST(test_an_address_is_the_same_in_any_case),
		TEST(test_a_failure_tells_nothing),
		TEST(test_what_is_missing_is_said_beside_its_field),
		TEST(test_signing_in_again_is_another_session),
		TEST(test_one_comes_back_to_the_page_one_wanted),
		TEST(test_no_other_site_is_come_back_to),
		TEST(test_a_link_by_mail_signs_in_once_and_leads_back),
		TEST(test_asking_tells_nothing),
		TEST(test_a_mailbox_is_not_flooded),
		TEST(test_an_address_with_an_end_of_line_gets_no_letter),
		TEST(test_a_link_is_refused_when_altered_late_or_of_another_kind),
		TEST(test_a_link_of_someone_blocked_is_none),
		TEST(test_the_secret_of_a_link_is_not_kept),
		TEST(test_an_invitation_leads_to_a_first_password),
		TEST(test_an_invitation_has_its_time),
		TEST(test_who_has_a_password_is_invited_without_a_link),
		TEST(test_a_new_password_ends_the_other_sessions_and_is_told),
		TEST(test_the_second_factor_is_asked_for),
		TEST(test_a_code_is_good_once),
		TEST(test_the_second_factor_is_asked_for_after_a_link_and_a_reset),
		TEST(test_half_a_session_does_not_last),
		TEST(test_a_second_factor_is_set_up_with_a_first_code),
		TEST(test_a_session_left_open_sets_up_no_second_factor),
		TEST(test_a_second_factor_is_taken_away_with_proof),
		TEST(test_who_administers_has_a_second_factor),
		TEST(test_a_password_is_changed_with_the_present_one),
		TEST(test_who_came_by_a_link_needs_no_present_password_for_a_while),
		TEST(test_who_has_no_password_asks_for_a_link_to_choose_one),
		TEST(test_an_address_changes_once_it_is_confirmed),
		TEST(test_a_new_password_ends_what_was_asked_for_before),
		TEST(test_an_address_of_another_is_not_told),
		TEST(test_an_address_taken_meanwhile_is_refused),
		TEST(test_sessions_are_listed_and_ended),
		TEST(test_many_tries_from_one_place_wait),
		TEST(test_a_manager_does_not_flood_mailboxes),
		TEST(test_nobody_is_kept_out_by_another),
		TEST(test_codes_cannot_be_tried_at_will),
		TEST(test_a_form_of_another_site_changes_nothing),
		TEST(test_a_cookie_of_any_kind_is_nobodys),
		TEST(test_what_is_typed_is_text),
		TEST(test_every_page_is_whole_and_in_no_cache),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
