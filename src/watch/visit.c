/* watch/visit.c -- one URL fetched by the rules of politeness: robots.txt, the pause between two requests, back-off, redirects. */
#include "base/utf8.h"
#include "watch/watch_priv.h"

enum { REDIRECTS_MAX = 5, DAY_SECONDS = 86400, DELAY_MAX = 60, BACK_OFF = 60, BACK_OFF_MAX = 3600, ROBOTS_BYTES = 500 << 10 };

struct watch_host *watch_host(struct ch_watch *w, const char *url, struct ch_str *path)
{
	struct ch_str name;
	uint32_t *at;
	bool added;

	if (!ch_web_part(&w->arena, url, &name, path) || !ch_utf8_valid(name))
		return NULL;
	at = ch_map_get(&w->host_index, name);
	if (!at) {
		const json_t *known;
		struct watch_host host = { .name = ch_arena_str(&w->keep, name) };

		known = watch_state(w, "hosts", host.name.ptr, false);
		host.until = json_number_value(json_object_get(known, "until"));
		at = ch_map_put(&w->host_index, host.name, w->hosts.n, &added);
		*CH_PUSH(&w->keep, &w->hosts) = host;
	}
	return &w->hosts.v[*at];
}

/* Leaves the host alone for as long as it asks, or longer each time. */
static void back_off(struct ch_watch *w, struct watch_host *host, long retry_after)
{
	json_t *entry = watch_state(w, "hosts", host->name.ptr, true);
	long long strikes = json_integer_value(json_object_get(entry, "strikes")) + 1;
	double seconds = BACK_OFF;

	for (long long i = 1; i < strikes && seconds < BACK_OFF_MAX; i++)
		seconds *= 2;
	if (seconds > BACK_OFF_MAX)
		seconds = BACK_OFF_MAX;
	if (retry_after > 0)
		seconds = retry_after < DAY_SECONDS ? (double)retry_after : DAY_SECONDS;
	host->until = w->web.now(w->web.ctx) + seconds;
	host->told = true;
	watch_state_set(entry, "strikes", json_integer(strikes));
	watch_state_set(entry, "until", json_real(host->until));
}

static bool is_busy(long status)
{
	return status == 429 || status == 503;
}

/* One request, after the pause that the host is due. One that is to be left alone is not waited for. */
static enum watch_visit ask(struct ch_watch *w, struct watch_host *host, struct ch_request *request, struct ch_answer *answer,
			    struct ch_err *err)
{
	double now = w->web.now(w->web.ctx), pause = host->robots.delay > w->options.delay ? host->robots.delay : w->options.delay;
	bool answered;

	*err = (struct ch_err){ 0 };
	if (pause > DELAY_MAX && pause > w->options.delay)
		pause = DELAY_MAX > w->options.delay ? DELAY_MAX : w->options.delay;
	if (host->until > now) {
		if (!host->told)
			ch_fail(err, "%s is left alone for %.0f seconds more; its pages wait for a later round", host->name.ptr,
				host->until - now);
		host->told = true;
		return WATCH_LATER;
	}
	if (host->ready > now && !w->web.wait(w->web.ctx, host->ready - now))
		return WATCH_LATER;
	request->private_hosts = host->given;
	answered = w->web.get(w->web.ctx, request, &w->arena, answer, err);
	host->ready = w->web.now(w->web.ctx) + pause;
	if (!answered && answer->refused)
		return WATCH_NEVER;
	if (!answered) {
		if (!w->web.wait(w->web.ctx, 0)) {   /* broken off because it is time to stop */
			*err = (struct ch_err){ 0 };
			return WATCH_LATER;
		}
		back_off(w, host, 0);
		return WATCH_FAILED;
	}
	if (is_busy(answer->status)) {
		back_off(w, host, answer->retry_after);
		ch_fail(err, "%s answers %ld; its pages wait for a later round", host->name.ptr, answer->status);
		return WATCH_LATER;
	}
	if (watch_state(w, "hosts", host->name.ptr, false))
		json_object_del(json_object_get(w->state, "hosts"), host->name.ptr);
	return WATCH_GOT;
}

/* robots.txt of the host, if it is not known, or a day old. 4xx: everything is allowed; no answer, 5xx: nothing, for now. */
static enum watch_visit read_robots(struct ch_watch *w, struct watch_host *host, struct ch_err *err)
{
	double now = w->web.now(w->web.ctx);
	const char *url;
	bool closed;

	if (host->robots_read > 0 && now - host->robots_read < DAY_SECONDS)
		return WATCH_GOT;
	url = ch_arena_printf(&w->arena, "%s/robots.txt", host->name.ptr).ptr;
	for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
		struct ch_request request = { .url = url, .bytes_max = ROBOTS_BYTES };
		struct ch_answer answer;
		struct ch_str path;
		struct watch_host *at = watch_host(w, url, &path);
		enum watch_visit got;

		answer = (struct ch_answer){ 0 };
		got = at ? ask(w, at, &request, &answer, err) : WATCH_NEVER;

		host = watch_host(w, host->name.ptr, &path);
		if (got == WATCH_LATER || got == WATCH_FAILED || answer.refused)
			return got;
		if (got == WATCH_GOT && answer.redirect.len && answer.status >= 300 && answer.status < 400) {
			url = answer.redirect.ptr;
			continue;
		}
		closed = got == WATCH_GOT && answer.status >= 500;
		host->robots_read = now;
		ch_robots_read(&host->robots, &w->keep, got == WATCH_GOT && answer.status == 200 ? answer.body : CH_STR(""),
			       CH_STR("chancery"));
		if (!closed)
			return WATCH_GOT;
		host->robots_read = 0;
		back_off(w, host, answer.retry_after);
		ch_fail(err, "%s answers %ld for robots.txt; its pages wait for a later round", host->name.ptr, answer.status);
		return WATCH_LATER;
	}
	/* Led round in circles: as if there were none (RFC 9309, 2.3.1.2). */
	host->robots_read = now;
	return WATCH_GOT;
}

enum watch_visit watch_visit(struct ch_watch *w, struct ch_request *request, struct ch_answer *answer, const char **final,
			     struct ch_err *err)
{
	ch_arena_reset(&w->arena);
	*final = request->url;
	*err = (struct ch_err){ 0 };
	for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
		struct ch_str path;
		struct watch_host *host = watch_host(w, *final, &path);
		enum watch_visit got;

		if (!host) {
			ch_fail(err, "leads to no http or https URL");
			return WATCH_NEVER;
		}
		got = read_robots(w, host, err);
		if (got != WATCH_GOT)
			return got;
		host = watch_host(w, *final, &path);
		if (!ch_robots_allow(&host->robots, &w->arena, path)) {
			ch_fail(err, "robots.txt of %s does not allow it", host->name.ptr);
			return WATCH_NEVER;
		}
		request->url = *final;
		got = ask(w, host, request, answer, err);
		if (got != WATCH_GOT)
			return got;
		if (answer->status >= 300 && answer->status < 400 && answer->status != 304 && answer->redirect.len) {
			*final = ch_arena_z(&w->arena, answer->redirect);
			request->etag = request->modified = NULL;   /* of another page */
			continue;
		}
		if (answer->status == 200 || answer->status == 203 || answer->status == 304)
			return WATCH_GOT;
		ch_fail(err, "answers %ld", answer->status);
		return answer->status >= 500 || answer->status == 408 ? WATCH_FAILED : WATCH_NEVER;
	}
	ch_fail(err, "leads on more than %d times", REDIRECTS_MAX);
	return WATCH_NEVER;
}
