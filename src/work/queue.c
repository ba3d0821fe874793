#include "work/queue.h"
#include "base/arena.h"
#include <stdio.h>
#include <stdlib.h>

enum { SERVERS_MAX = 16, CONNECT_MS = 3000, REQUEST_MS = 5000, RECONNECT_MS = 250 };

/* A cluster elects its leaders in seconds: until then what is asked of it is asked again. */
enum { TRIES = 20, AGAIN_MS = 500 };

/* How long a page that is submitted again is known to have been there, and how many pages may be with workers at once. */
#define DUPLICATES_NS ((int64_t)3600 * 1000000000)
enum { WAITING_MAX = 100000, ACK_PENDING_MAX = 4096, ACK_SECONDS = 30 };

/* Of the server's (server/errors.json), by what they mean here. */
enum { CODE_NO_JETSTREAM = 10076, CODE_NOT_FOR_ACCOUNT = 10039, CODE_NO_STREAM = 10059, CODE_NO_CONSUMER = 10014, CODE_NO_ROOM = 10047,
       CODE_STORE_FAILED = 10077, CODE_NO_LEADER = 10008, CODE_NO_PEERS = 10005, CODE_OFFLINE = 10118, CODE_NAME_IN_USE = 10013,
       CODE_CONSUMER_EXISTS = 10105 };

/* The list of servers, without the user and password that a URL may hold. */
static void show(const char *servers, char *out, size_t room)
{
	struct ch_str rest = ch_str_z(servers), url;
	size_t n = 0;

	*out = '\0';
	while (ch_str_cut(&rest, ',', &url)) {
		size_t host = ch_str_find(url, CH_STR("://"), 0), at = ch_str_find_byte(url, '@', 0);
		struct ch_str scheme = host == CH_STR_NONE ? CH_STR("") : ch_str_sub(url, 0, host + 3);

		host = at != CH_STR_NONE ? at + 1 : scheme.len;
		url = ch_str_sub(url, host, url.len);
		n += (size_t)snprintf(out + n, room - n, "%s%.*s%.*s", n ? "," : "", CH_STR_ARG(scheme), CH_STR_ARG(url));
		if (n >= room)
			return;
	}
}

static bool good_name(struct ch_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return s.len && s.len <= CH_QUEUE_NAME_MAX;
}

static bool names(struct ch_queue *queue, const char *name, struct ch_err *err)
{
	if (!name)
		name = "chancery";
	if (!good_name(ch_str_z(name)))
		return ch_fail(err, "'%.80s' is no name of a queue: letters, digits, - and _, %d at most", name, CH_QUEUE_NAME_MAX);
	snprintf(queue->name, sizeof queue->name, "%s", name);
	snprintf(queue->dead, sizeof queue->dead, "%s-dead", name);
	snprintf(queue->pages_subject, sizeof queue->pages_subject, "%s.pages", name);
	snprintf(queue->dead_subject, sizeof queue->dead_subject, "%s.dead", name);
	return true;
}

/* Lost connections are shown by what fails, not by lines of the library's own on standard error. */
static void on_error(natsConnection *nc, natsSubscription *sub, natsStatus s, void *ctx)
{
	(void)nc, (void)sub, (void)s, (void)ctx;
}

static bool connect_to(struct ch_queue *queue, const char *servers, struct ch_err *err)
{
	char *list = strdup(servers), *urls[SERVERS_MAX];
	natsOptions *opts = NULL;
	natsStatus s;
	int n = 0;

	if (!list)
		ch_die_memory(strlen(servers));
	for (char *p = list; p && n < SERVERS_MAX; n++) {
		char *comma = strchr(p, ',');

		if (comma)
			*comma++ = '\0';
		urls[n] = p;
		p = comma;
	}
	s = natsOptions_Create(&opts);
	s = s == NATS_OK ? natsOptions_SetServers(opts, (const char **)urls, n) : s;
	s = s == NATS_OK ? natsOptions_SetTimeout(opts, CONNECT_MS) : s;
	s = s == NATS_OK ? natsOptions_SetMaxReconnect(opts, -1) : s;
	s = s == NATS_OK ? natsOptions_SetReconnectWait(opts, RECONNECT_MS) : s;
	s = s == NATS_OK ? natsOptions_SetPingInterval(opts, 5000) : s;   /* a partition is noticed */
	s = s == NATS_OK ? natsOptions_SetName(opts, "chancery") : s;
	s = s == NATS_OK ? natsOptions_SetErrorHandler(opts, on_error, NULL) : s;
	s = s == NATS_OK ? natsConnection_Connect(&queue->nc, opts) : s;
	natsOptions_Destroy(opts);
	free(list);
	if (s == NATS_OK)
		return true;
	if (s == NATS_CONNECTION_AUTH_FAILED)
		return ch_fail(err, "%s refuses the user or password; put them into the URL: nats://USER:PASSWORD@HOST", queue->shown);
	if (s == NATS_NO_SERVER || s == NATS_TIMEOUT || s == NATS_IO_ERROR)
		return ch_fail(err, "no server answers at %s; start one there with `nats-server -js`, or name another with --stream",
			       queue->shown);
	return ch_fail(err, "cannot connect to %s: %s", queue->shown, natsStatus_GetText(s));
}

bool ch_queue_refused(const struct ch_queue *queue, const char *what, natsStatus s, jsErrCode code, struct ch_err *err)
{
	const char *why = nats_GetLastError(NULL);

	if (code == (jsErrCode)CODE_NO_JETSTREAM || code == (jsErrCode)CODE_NOT_FOR_ACCOUNT || s == NATS_NO_RESPONDERS)
		return ch_fail(err, "%s has no JetStream, which keeps the pages; start the server with `nats-server -js`", queue->shown);
	if (code == (jsErrCode)CODE_NO_STREAM)
		return ch_fail(err, "%s has no queue '%s'; `chancery submit` makes it", queue->shown, queue->name);
	return ch_fail(err, "%s: %s: %s", queue->shown, what, why && *why ? why : natsStatus_GetText(s));
}

bool ch_queue_open(struct ch_queue *queue, const struct chancery_stream *how, struct ch_err *err)
{
	jsAccountInfo *info = NULL;
	jsErrCode code = 0;
	jsOptions o;
	natsStatus s;

	memset(queue, 0, sizeof *queue);
	show(how->servers, queue->shown, sizeof queue->shown);
	if (!names(queue, how->queue, err) || !connect_to(queue, how->servers, err))
		return false;
	queue->max_payload = natsConnection_GetMaxPayload(queue->nc);
	jsOptions_Init(&o);
	o.Wait = REQUEST_MS;
	s = natsConnection_JetStream(&queue->js, queue->nc, &o);
	s = s == NATS_OK ? js_GetAccountInfo(&info, queue->js, NULL, &code) : s;
	jsAccountInfo_Destroy(info);
	/* Where a cluster elects its leader just now, whoever asks next will wait for it. */
	if (s == NATS_OK || ch_queue_passing(s, code))
		return true;
	ch_queue_refused(queue, "JetStream", s, code, err);
	ch_queue_close(queue);
	return false;
}

void ch_queue_close(struct ch_queue *queue)
{
	jsCtx_Destroy(queue->js);
	natsConnection_Destroy(queue->nc);
	queue->js = NULL;
	queue->nc = NULL;
	nats_CloseAndWait(REQUEST_MS);
}

bool ch_queue_passing(natsStatus s, jsErrCode code)
{
	return s == NATS_TIMEOUT || s == NATS_CONNECTION_DISCONNECTED || s == NATS_IO_ERROR || s == NATS_STALE_CONNECTION ||
		(s == NATS_NO_RESPONDERS && !code) || code == (jsErrCode)CODE_NO_LEADER || code == (jsErrCode)CODE_OFFLINE;
}

bool ch_queue_full(jsErrCode code)
{
	return code == (jsErrCode)CODE_STORE_FAILED || code == (jsErrCode)CODE_NO_ROOM;
}

static bool make(struct ch_queue *queue, const struct chancery_stream *how, bool dead, bool *passing, struct ch_err *err)
{
	const char *subject = dead ? queue->dead_subject : queue->pages_subject;
	const char *name = dead ? queue->dead : queue->name;
	jsStreamInfo *info = NULL;
	jsStreamConfig c;
	jsErrCode code = 0;
	natsStatus s = js_GetStreamInfo(&info, queue->js, name, NULL, &code);

	jsStreamInfo_Destroy(info);
	info = NULL;
	if (s == NATS_OK)
		return true;
	*passing = ch_queue_passing(s, code);
	if (code != (jsErrCode)CODE_NO_STREAM && s != NATS_NOT_FOUND)
		return ch_queue_refused(queue, "queue", s, code, err);
	jsStreamConfig_Init(&c);
	c.Name = name;
	c.Subjects = &subject;
	c.SubjectsLen = 1;
	c.Retention = dead ? js_LimitsPolicy : js_WorkQueuePolicy;
	c.Storage = js_FileStorage;
	c.Discard = dead ? js_DiscardOld : js_DiscardNew;   /* a full queue refuses, and submit waits */
	c.MaxMsgs = (int64_t)(how->waiting ? how->waiting : WAITING_MAX);
	c.Duplicates = DUPLICATES_NS;
	c.Replicas = how->replicas ? (int64_t)how->replicas : 1;
	code = 0;
	s = js_AddStream(&info, queue->js, &c, NULL, &code);
	/* A cluster that comes up knows of its servers one after the other. */
	*passing = ch_queue_passing(s, code) || code == (jsErrCode)CODE_NO_PEERS;
	jsStreamInfo_Destroy(info);
	if (code == (jsErrCode)CODE_NO_PEERS)
		return ch_fail(err, "%s has fewer than %llu servers with JetStream: ask for fewer --replicas", queue->shown, how->replicas);
	return s == NATS_OK ? true : ch_queue_refused(queue, "cannot make the queue", s, code, err);
}

bool ch_queue_make(struct ch_queue *queue, const struct chancery_stream *how, struct ch_err *err)
{
	for (int tries = 0;; tries++) {
		bool passing = false;

		if (make(queue, how, false, &passing, err) && make(queue, how, true, &passing, err))
			return true;
		if (!passing || tries == TRIES || (how->stopped && how->stopped(how->ctx)))
			return false;
		nats_Sleep(AGAIN_MS);
	}
}

static bool subscribe(struct ch_queue *queue, const struct chancery_stream *how, natsSubscription **sub, bool *passing, struct ch_err *err)
{
	jsConsumerInfo *info = NULL;
	jsConsumerConfig c;
	jsSubOptions o;
	jsErrCode code = 0;
	natsStatus s;

	s = js_GetConsumerInfo(&info, queue->js, queue->name, "coders", NULL, &code);
	*passing = ch_queue_passing(s, code);
	if (s != NATS_OK && s != NATS_NOT_FOUND)
		return ch_queue_refused(queue, "consumer", s, code, err);
	if (code == (jsErrCode)CODE_NO_STREAM)
		return ch_queue_refused(queue, "consumer", s, code, err);
	if (s != NATS_OK || (how->ack_seconds && info->Config->AckWait != (int64_t)how->ack_seconds * 1000000000)) {
		jsConsumerInfo_Destroy(info);
		info = NULL;
		code = 0;
		jsConsumerConfig_Init(&c);
		c.Durable = "coders";
		c.AckPolicy = js_AckExplicit;
		c.AckWait = (int64_t)(how->ack_seconds ? how->ack_seconds : ACK_SECONDS) * 1000000000;
		c.MaxDeliver = -1;   /* whether a page was tried often enough, a worker judges, which can say so */
		c.MaxAckPending = ACK_PENDING_MAX;
		s = js_AddConsumer(&info, queue->js, queue->name, &c, NULL, &code);
	}
	jsConsumerInfo_Destroy(info);
	/* Another worker made it in between: it is looked at again. */
	*passing = ch_queue_passing(s, code) || code == (jsErrCode)CODE_NAME_IN_USE || code == (jsErrCode)CODE_CONSUMER_EXISTS;
	if (s != NATS_OK)
		return ch_queue_refused(queue, "consumer", s, code, err);
	jsSubOptions_Init(&o);
	o.Stream = queue->name;
	o.Consumer = "coders";
	code = 0;
	s = js_PullSubscribe(sub, queue->js, queue->pages_subject, "coders", NULL, &o, &code);
	*passing = ch_queue_passing(s, code);
	return s == NATS_OK ? true : ch_queue_refused(queue, "subscription", s, code, err);
}

bool ch_queue_subscribe(struct ch_queue *queue, const struct chancery_stream *how, natsSubscription **sub, struct ch_err *err)
{
	for (int tries = 0;; tries++) {
		bool passing = false;

		if (subscribe(queue, how, sub, &passing, err))
			return true;
		if (!passing || tries == TRIES || (how->stopped && how->stopped(how->ctx)))
			return false;
		nats_Sleep(AGAIN_MS);
	}
}
