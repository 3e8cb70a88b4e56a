/*
 * bench/serve_peer.c — the least that a server can do on libmicrohttpd: the peers of bench/run-serve.
 *   bench-serve-peer PORT hello | read DATABASE | page DATABASE | count DATABASE
 * read: /ID gives one text by its key. page: 20 lines of a million by an index, with a count that is kept;
 * count: the same with count(*) each time. One thread, one connection, prepared statements.
 */
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sqlite3_stmt *one, *rows, *total;

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return s;
}

static size_t page(char *out, size_t room)
{
	size_t len = 0;

	sqlite3_step(total);
	len += (size_t)snprintf(out, room, "{\"total\":%lld,\"items\":[",
				sqlite3_column_int64(total, 0));
	sqlite3_reset(total);
	while (sqlite3_step(rows) == SQLITE_ROW)
		len += (size_t)snprintf(out + len, room - len, "%s,", sqlite3_column_text(rows, 0));
	sqlite3_reset(rows);
	return len + (size_t)snprintf(out + len, room - len, "{}]}");
}

static size_t text(const char *url, char *out, size_t room)
{
	size_t len = 0;

	sqlite3_bind_text(one, 1, url + 1, -1, SQLITE_STATIC);
	if (sqlite3_step(one) == SQLITE_ROW)
		len = (size_t)snprintf(out, room, "%s", sqlite3_column_text(one, 0));
	sqlite3_reset(one);
	return len;
}

static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url,
			      const char *method, const char *version, const char *data,
			      size_t *size, void **state)
{
	static char out[65536];
	size_t len;

	(void)arg, (void)method, (void)version, (void)data, (void)size, (void)state;
	if (rows)
		len = page(out, sizeof(out));
	else if (one)
		len = text(url, out, sizeof(out));
	else
		len = (size_t)snprintf(out, sizeof(out), "hello");
	struct MHD_Response *r = MHD_create_response_from_buffer(len, out, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", "application/json");
	enum MHD_Result rc = MHD_queue_response(c, len ? 200 : 404, r);
	MHD_destroy_response(r);
	return rc;
}

int main(int argc, char **argv)
{
	const char *kind = argc > 2 ? argv[2] : "";
	sqlite3 *db = NULL;

	if (argc < 3 ||
	    (argc > 3 && sqlite3_open_v2(argv[3], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK))
		return 2;
	if (strcmp(kind, "read") == 0)
		one = prepare(db, "select body from thing where id = ?1");
	if (strcmp(kind, "page") == 0)
		total = prepare(db, "select count from kept");
	if (strcmp(kind, "count") == 0)
		total = prepare(
			db, "select count(*) from site where county = '130602' and class = 'a'");
	if (total)
		rows = prepare(
			db,
			"select body from site where county = '130602' and class = 'a' order by id limit 20");
	struct MHD_Daemon *d = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD, (unsigned short)atoi(argv[1]), NULL, NULL, answer,
		NULL, MHD_OPTION_CONNECTION_LIMIT, 4096U, MHD_OPTION_END);
	if (!d)
		return 1;
	pause();
	return 0;
}
