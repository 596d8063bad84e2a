#include "mail/smtp.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "store/mail_setting.h"

/* Seconds. All of a message takes less than MAIL_LEASE, its last answer included. */
enum { CONNECT_LIMIT = 15, ANSWER_LIMIT = 120, MESSAGE_LIMIT = 180, LAST_ANSWER_LIMIT = 5 };

/* How far the conversation has come. */
enum stage { BEFORE, AT_RECIPIENT, AT_TEXT, AFTER_TEXT };

struct smtp {
	CURL *curl;
	struct smtp_hooks hooks;
	const char *message; /* what is left of it to send */
	size_t left;
	enum stage stage;
	int code; /* of the last answer; 0: none since the last byte */
	bool answer_ended, has_quit;
	bool is_open; /* there is a connection on which all went well */
	time_t told_to_stop;
	char answer[SMTP_WORDS_SIZE], error[CURL_ERROR_SIZE];
};

/* ---- what curl asks ------------------------------------------------------------- */

/* "250-First line", "250 last line": one answer. That to QUIT tells nothing. */
static size_t take_answer(char *line, size_t size, size_t n, void *context)
{
	struct smtp *s = context;
	size_t length = size * n, used;

	if (s->has_quit)
		return length;
	if (s->answer_ended)
		s->answer[0] = '\0';
	used = strlen(s->answer);
	snprintf(s->answer + used, sizeof(s->answer) - used, "%.*s", (int)length, line);
	s->answer_ended = length > 3 && line[3] == ' ';
	if (s->answer_ended)
		s->code = atoi(line);
	return length;
}

/* The commands that go out tell how far the conversation has come. */
static int note_command(CURL *curl, curl_infotype type, char *bytes, size_t length, void *context)
{
	struct smtp *s = context;

	(void)curl;
	if (type != CURLINFO_HEADER_OUT || length < 4)
		return 0;
	if (!strncmp(bytes, "MAIL", 4))
		s->stage = BEFORE;
	else if (!strncmp(bytes, "RCPT", 4))
		s->stage = AT_RECIPIENT;
	else if (!strncmp(bytes, "DATA", 4))
		s->stage = AT_TEXT;
	else if (!strncmp(bytes, "QUIT", 4))
		s->has_quit = true;
	return 0;
}

/* A server that has not had the last byte throws the message away when the connection breaks. */
static size_t give_bytes(char *bytes, size_t size, size_t n, void *context)
{
	struct smtp *s = context;
	size_t length = size * n < s->left ? size * n : s->left;

	if (s->left && length == s->left) {
		if (!s->hooks.may_end(s->hooks.context))
			return CURL_READFUNC_ABORT;
		s->stage = AFTER_TEXT;
		s->code = 0;
	}
	memcpy(bytes, s->message, length);
	s->message += length;
	s->left -= length;
	return length;
}

/* Before the last byte, it stops at once; after it, the answer is worth a few seconds. */
static int may_stop(void *context, curl_off_t down, curl_off_t down_now, curl_off_t up,
		    curl_off_t up_now)
{
	struct smtp *s = context;

	(void)down, (void)down_now, (void)up, (void)up_now;
	if (!s->hooks.must_stop(s->hooks.context))
		return 0;
	if (!s->told_to_stop)
		s->told_to_stop = time(NULL);
	return s->stage != AFTER_TEXT || time(NULL) - s->told_to_stop >= LAST_ANSWER_LIMIT;
}

/* ---- settings --------------------------------------------------------------------- */

static enum status read_password(const struct mail_settings *settings, char *password, int size,
				 char words[SMTP_WORDS_SIZE])
{
	FILE *f = *settings->password_file ? fopen(settings->password_file, "re") : NULL;

	if (!*settings->password_file) {
		snprintf(words, SMTP_WORDS_SIZE, "smtp_user is set, smtp_password_file is not");
		return INVALID;
	}
	if (!f || !fgets(password, size, f)) {
		snprintf(words, SMTP_WORDS_SIZE, "cannot read the password in '%s': %s",
			 settings->password_file, f ? "it is empty" : strerror(errno));
		if (f)
			fclose(f);
		return INVALID;
	}
	password[strcspn(password, "\r\n")] = '\0';
	fclose(f);
	return OK;
}

static void set_hooks(struct smtp *s)
{
	curl_easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->error);
	curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, take_answer);
	curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(s->curl, CURLOPT_DEBUGFUNCTION, note_command);
	curl_easy_setopt(s->curl, CURLOPT_DEBUGDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(s->curl, CURLOPT_READDATA, s);
	curl_easy_setopt(s->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(s->curl, CURLOPT_XFERINFOFUNCTION, may_stop);
	curl_easy_setopt(s->curl, CURLOPT_XFERINFODATA, s);
}

static void set_limits(struct smtp *s)
{
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->curl, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_LIMIT);
	curl_easy_setopt(s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ANSWER_LIMIT);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)MESSAGE_LIMIT);
}

/* Whatever the settings say, nothing goes in clear to another machine. */
static void set_tls(struct smtp *s, const struct mail_settings *settings,
		    const struct smtp_place *place)
{
	bool in_clear = settings->without_tls && place->is_here;

	curl_easy_setopt(s->curl, CURLOPT_USE_SSL,
			 (long)(in_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(s->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (*settings->ca_file)
		curl_easy_setopt(s->curl, CURLOPT_CAINFO, settings->ca_file);
}

static enum status set_place(struct smtp *s, struct arena *a, const struct mail_settings *settings,
			     const char *hello, char words[SMTP_WORDS_SIZE])
{
	char password[256];
	struct smtp_place place;
	const char *why;
	enum status status = smtp_place_read(a, settings->smtp_url, &place, &why);

	if (status != OK) {
		snprintf(words, SMTP_WORDS_SIZE, "smtp_url: %s", why);
		return status;
	}
	curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(s->curl, CURLOPT_PROXY, ""); /* whatever the environment says */
	curl_easy_setopt(s->curl, CURLOPT_URL,
			 arena_printf(a, "%s://%s:%d/%s", place.is_tls ? "smtps" : "smtp",
				      place.host, place.port, hello));
	set_tls(s, settings, &place);
	if (!*settings->user)
		return OK;
	status = read_password(settings, password, sizeof(password), words);
	if (status != OK)
		return status;
	curl_easy_setopt(s->curl, CURLOPT_USERNAME, settings->user);
	curl_easy_setopt(s->curl, CURLOPT_PASSWORD, password);
	return OK;
}

static void start_curl(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		die("cannot start libcurl");
}

enum status smtp_new(struct arena *a, const struct mail_settings *settings, const char *hello,
		     struct smtp_hooks hooks, char words[SMTP_WORDS_SIZE], struct smtp **smtp)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct smtp *s = calloc(1, sizeof(*s));
	enum status status;

	(void)pthread_once(&once, start_curl);
	if (!s || !(s->curl = curl_easy_init()))
		die("out of memory");
	s->hooks = hooks;
	set_hooks(s);
	set_limits(s);
	status = set_place(s, a, settings, hello, words);
	if (status == OK)
		*smtp = s;
	else
		smtp_free(s);
	return status;
}

/*
 * curl says QUIT when it cleans up, and then waits two minutes for the answer, whoever asks to
 * stop. So it is said here, after a command that does nothing.
 */
static void take_leave(struct smtp *s)
{
	s->stage = BEFORE;
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 0L);
	curl_easy_setopt(s->curl, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, NULL);
	curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	curl_easy_setopt(s->curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)LAST_ANSWER_LIMIT);
	(void)curl_easy_perform(s->curl);
}

static void hang_up(struct smtp *s)
{
	curl_socket_t fd;

	if (curl_easy_getinfo(s->curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
	    fd != CURL_SOCKET_BAD)
		shutdown(fd, SHUT_RDWR);
}

void smtp_free(struct smtp *s)
{
	if (!s)
		return;
	if (s->is_open && !s->hooks.must_stop(s->hooks.context))
		take_leave(s);
	hang_up(s);
	curl_easy_cleanup(s->curl);
	free(s);
}

/* ---- one message -------------------------------------------------------------------- */

static enum smtp_answer answer_of(const struct smtp *s, CURLcode code)
{
	bool said_never = s->code >= 500 && s->code < 600;

	if (code == CURLE_OK || (s->stage == AFTER_TEXT && s->code / 100 == 2))
		return SMTP_TAKEN;
	if (s->stage == AFTER_TEXT && !s->code)
		return SMTP_UNKNOWN;
	if (code == CURLE_ABORTED_BY_CALLBACK)
		return SMTP_STOPPED;
	if (s->stage == BEFORE)
		return SMTP_AWAY;
	return said_never ? SMTP_NEVER : SMTP_LATER;
}

/* On one line: neither what is not text nor the end of a line comes from a server. */
static void clean(const char *from, char words[SMTP_WORDS_SIZE])
{
	size_t n = 0;

	for (; *from && n < SMTP_WORDS_SIZE - 1; from++) {
		bool is_blank = (unsigned char)*from <= ' ' || *from == 0x7f;

		if (is_blank && (!n || words[n - 1] == ' '))
			continue;
		words[n++] = *from;
		if (is_blank)
			words[n - 1] = ' ';
		else if ((unsigned char)*from > 0x7f)
			words[n - 1] = '?';
	}
	while (n && words[n - 1] == ' ')
		n--;
	words[n] = '\0';
}

static void tell(const struct smtp *s, CURLcode code, char words[SMTP_WORDS_SIZE])
{
	if (s->code && (code == CURLE_OK || s->code >= 400))
		clean(s->answer, words);
	else
		clean(*s->error ? s->error : curl_easy_strerror(code), words);
}

static void begin(struct smtp *s, const char *message, size_t length)
{
	s->message = message;
	s->left = length;
	s->stage = BEFORE;
	s->code = 0;
	s->answer_ended = true;
	s->has_quit = false;
	s->answer[0] = s->error[0] = '\0';
	curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)length);
}

enum smtp_answer smtp_send(struct smtp *s, const char *from, const char *to, const char *message,
			   size_t length, char words[SMTP_WORDS_SIZE])
{
	struct curl_slist *recipients = curl_slist_append(NULL, to);
	CURLcode code;

	if (!recipients)
		die("out of memory");
	begin(s, message, length);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, recipients);
	code = curl_easy_perform(s->curl);
	s->is_open = code == CURLE_OK;
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(recipients);
	tell(s, code, words);
	return answer_of(s, code);
}
