/*
 * message_check.h - reads a message back with a reader of its own, and asserts that it is what
 * was meant. For tests and the fuzzer.
 */
#ifndef TEST_MESSAGE_CHECK_H
#define TEST_MESSAGE_CHECK_H

struct message;

/*
 * Whatever is in it: refused whole, or written so that it is read back the same. Its Message-ID
 * is "<abc@…>".
 */
void message_check(const struct message *m);

#endif
