#include "web/server_inside.h"

enum { WAIT_MS = 10000 };

static void run(struct task *task, bool in_time)
{
	struct visit *v = task->owner;

	v->answer = handle_apart(v, in_time ? 0 : 503);
}

/* libmicrohttpd comes back to visit_on_request(), in the connection's own thread. */
static void done(struct task *task)
{
	struct visit *v = task->owner;

	MHD_resume_connection(v->asleep);
}

const struct slow_work errand_work = { run, done, WAIT_MS };

enum MHD_Result errand_begin(struct visit *v, struct MHD_Connection *con)
{
	struct request req;

	v->task = (struct task){ .owner = v, .address = v->address };
	if (!slow_enter(v->server->slow, &v->task)) {
		handle_begin(v, &req);
		return handle_refusal(v, con, &req, handle_target(v, &req) == OK ? 503 : 400);
	}
	v->asleep = con;
	MHD_suspend_connection(con);
	slow_push(v->server->slow, &v->task);
	return MHD_YES;
}

enum MHD_Result errand_finish(struct visit *v, struct MHD_Connection *con)
{
	enum MHD_Result result = answer_send(v, con, v->answer);

	errand_end(v);
	return result;
}

void errand_end(struct visit *v)
{
	if (v->answer)
		answer_free(v->answer);
	v->answer = NULL;
}
