/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/tracing.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"
#include "util/num.h"

#define PREFIX    "tenon-"
#define READ_SIZE 65536
#define READ_MAX  (256 * READ_SIZE) /* at a time: what comes in faster must not keep the reader here */
#define BOOT_MAX  (64u << 20)

int tn_tracing_open(void)
{
        static const char *const places[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
        int r = -ENOENT;

        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                int fd = tn_file_open(AT_FDCWD, places[i], O_RDONLY | O_DIRECTORY);

                if (fd >= 0 && faccessat(fd, "instances", X_OK, 0) == 0)
                        return fd;
                if (fd >= 0)
                        r = errno == ENOENT ? r : -errno;
                else if (fd != -ENOENT)
                        r = fd;
                closep(&fd);
        }
        return r;
}

static int write_file(int dirfd, const char *name, struct span text)
{
        _cleanup_(closep) int fd = tn_file_open(dirfd, name, O_WRONLY | O_TRUNC);

        return fd < 0 ? fd : tn_file_write(fd, text);
}

/* Whether the run that made an instance is gone. */
static bool is_left(const char *name)
{
        struct span number = tn_span_skip(tn_span_of(name), strlen(PREFIX));
        uint64_t pid;

        if (!tn_span_starts(tn_span_of(name), SPAN(PREFIX)) || tn_num_parse(number, 10, &pid) < 0 ||
            pid == 0 || pid > INT_MAX)
                return false;
        return kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

/* An instance that cannot be removed is in use by somebody, or will be tried by the next run. */
static void remove_left(int instances)
{
        int fd = tn_file_open(instances, ".", O_RDONLY | O_DIRECTORY);
        DIR *stream = NULL;
        const struct dirent *entry;

        if (fd < 0 || tn_dir_stream_take(fd, &stream) < 0)
                return;
        while ((entry = readdir(stream)))
                if (is_left(entry->d_name))
                        (void)unlinkat(instances, entry->d_name, AT_REMOVEDIR);
        closedir(stream);
}

static void name_of(pid_t pid, struct tn_buf *name)
{
        tn_buf_addf(name, PREFIX "%d", (int)pid);
}

static int make_instance(int instances, const char *name, struct tn_tracing *tracing)
{
        int r;

        (void)unlinkat(instances, name, AT_REMOVEDIR); /* of a run that had the same number */
        if (mkdirat(instances, name, 0700) < 0)
                return -errno;
        tracing->pid = getpid();
        tracing->instance = tn_file_open(instances, name, O_RDONLY | O_DIRECTORY);
        if (tracing->instance < 0)
                return tracing->instance;
        /* older kernels lack it, and wake the reader at once */
        r = write_file(tracing->instance, "buffer_percent", SPAN("0"));
        if (r < 0 && r != -ENOENT)
                return r;
        tracing->pipe = tn_file_open(tracing->instance, "trace_pipe", O_RDONLY | O_NONBLOCK);
        return MIN(tracing->pipe, 0);
}

int tn_tracing_begin(int tracefs, struct tn_tracing *ret_tracing)
{
        _cleanup_(tn_tracing_end) struct tn_tracing tracing = TN_TRACING_NONE;
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        _cleanup_(closep) int instances = tn_file_open(tracefs, "instances", O_RDONLY | O_DIRECTORY);
        int r;

        if (instances < 0)
                return instances;
        remove_left(instances);
        name_of(getpid(), &name);
        r = tn_buf_str(&name) ? make_instance(instances, name.ptr, &tracing) : -ENOMEM;
        if (r < 0)
                return r;
        *ret_tracing = tracing;
        tracing = TN_TRACING_NONE;
        return 0;
}

static int write_event(const struct tn_tracing *tracing, const char *event, const char *file,
                       struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_buf_addf(&path, "events/%s/%s", event, file);
        return tn_buf_str(&path) ? write_file(tracing->instance, path.ptr, text) : -ENOMEM;
}

int tn_tracing_enable(const struct tn_tracing *tracing, const char *event, const char *filter)
{
        int r = filter ? write_event(tracing, event, "filter", tn_span_of(filter)) : 0;

        return r < 0 ? r : write_event(tracing, event, "enable", SPAN("1"));
}

int tn_tracing_read(const struct tn_tracing *tracing, struct tn_buf *text)
{
        size_t start = text->len;

        while (text->len - start < READ_MAX) {
                char *to = tn_buf_reserve(text, READ_SIZE);
                ssize_t n = to ? read(tracing->pipe, to, READ_SIZE) : 0;

                if (n > 0)
                        text->len += (size_t)n;
                else if (n == 0 || errno == EAGAIN)
                        break;
                else if (errno != EINTR)
                        return -errno;
        }
        return tn_buf_error(text);
}

void tn_tracing_end(struct tn_tracing *tracing)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        _cleanup_(closep) int instances = -1;

        closep(&tracing->pipe);
        if (tracing->instance >= 0) {
                instances = tn_file_open(tracing->instance, "..", O_RDONLY | O_DIRECTORY);
                (void)write_file(tracing->instance, "tracing_on", SPAN("0"));
        }
        closep(&tracing->instance);
        name_of(tracing->pid, &name);
        if (instances >= 0 && tn_buf_str(&name))
                (void)unlinkat(instances, name.ptr, AT_REMOVEDIR);
        *tracing = TN_TRACING_NONE;
}

int tn_tracing_boot(int tracefs, struct tn_buf *text)
{
        return tn_file_read_at(tracefs, "trace", BOOT_MAX, text);
}
