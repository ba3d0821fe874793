/* work/message.h -- a page on its way through the stream: all that an input is, in one message.
 *
 *     chancery/1 NAME KNOWN BODY FLAGS\n      lengths in bytes (decimal); FLAGS: "z" body is gzip of ours, "c" clean text, "-" none
 *     name, known, body                       one behind the other, any bytes
 *
 * What comes out is what went in, byte for byte, so that a page that went through a stream gives the records that it gives to
 * `chancery add`. Messages come from a network: everything is checked, nothing is believed. */
#ifndef CH_WORK_MESSAGE_H
#define CH_WORK_MESSAGE_H
#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "chancery.h"

/* Bytes of an input before it is packed: a page that is cut must come out as one that is cut. */
#define CH_MESSAGE_BODY_MAX (CH_PAGE_BYTES_MAX + ((size_t)1 << 20))

/* The input (with bytes) as a message, in arena. The body is packed where that makes it smaller. */
struct ch_str ch_message_write(struct ch_arena *arena, const struct chancery_item *item);

/* The input of a message; name, bytes and known are from malloc (ch_each_release and free). Fails on what is no message of ours. */
bool ch_message_read(struct ch_str message, struct chancery_item *item, struct ch_err *err) CH_MUST_USE;
#endif
