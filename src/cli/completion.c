/* cli/completion.c -- scripts for three shells, written from the tables of commands and options. */
#include "cli.h"
#include <string.h>

static void names(const char *between)
{
	size_t n;
	const struct command *c = command_table(&n);

	for (size_t i = 0; i < n; i++)
		printf("%s%s", i ? between : "", c[i].name);
}

/* The sub-commands ("list|ask|add …" -> "list ask add") that a command begins with, blanks between; "" where it has none. */
static void first_words(const struct command *c, char words[64])
{
	size_t n = strcspn(c->args, " [");

	words[0] = '\0';
	if (n >= 64 || !memchr(c->args, '|', n) || c->args[0] < 'a' || c->args[0] > 'z')
		return;
	for (size_t i = 0; i < n; i++)
		words[i] = c->args[i] == '|' ? ' ' : c->args[i];
	words[n] = '\0';
}

static void bash(void)
{
	char words[64];
	size_t n;
	const struct command *c = command_table(&n);

	puts("_chancery() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} opts=\n\tCOMPREPLY=()");
	fputs("\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tCOMPREPLY=($(compgen -W \"", stdout);
	names(" ");
	puts("\" -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase $prev in");
	for (int o = 1; o < OPT_N; o++)
		if (opt_of((enum opt_id)o)->values)
			printf("\t--%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n", opt_of((enum opt_id)o)->name,
			       opt_of((enum opt_id)o)->values);
	puts("\tesac\n\tcase ${COMP_WORDS[1]} in");
	for (size_t i = 0; i < n; i++) {
		printf("\t%s) opts=\"", c[i].name);
		for (const uint8_t *o = c[i].opts; *o; o++)
			printf("%s--%s", o == c[i].opts ? "" : " ", opt_of((enum opt_id)*o)->name);
		puts("\" ;;");
	}
	puts("\tesac\n\tcase $COMP_CWORD:${COMP_WORDS[1]} in");
	for (size_t i = 0; i < n; i++) {
		first_words(&c[i], words);
		if (*words)
			printf("\t2:%s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n", c[i].name, words);
	}
	puts("\tesac\n\tcase $cur in\n\t-*) COMPREPLY=($(compgen -W \"$opts\" -- \"$cur\")) ;;");
	puts("\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n\tesac\n}\ncomplete -o filenames -F _chancery chancery");
}

/* Square brackets and colons mean something to _arguments, quotes to the shell. */
static void zsh_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'') {
			fputs("'\\''", stdout);
			continue;
		}
		if (strchr("[]:\\", *text))
			putchar('\\');
		putchar(*text);
	}
}

static void zsh(void)
{
	char words[64];
	size_t n;
	const struct command *c = command_table(&n);

	puts("#compdef chancery\n_chancery() {\n\tlocal -a commands\n\tcommands=(");
	for (size_t i = 0; i < n; i++) {
		printf("\t\t'%s:", c[i].name);
		zsh_text(c[i].summary);
		puts("'");
	}
	puts("\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n\tcase $words[2] in");
	for (size_t i = 0; i < n; i++) {
		printf("\t%s) _arguments", c[i].name);
		for (const uint8_t *o = c[i].opts; *o; o++) {
			const struct opt *d = opt_of((enum opt_id)*o);

			printf(" '--%s%s[", d->name, d->arg ? "=" : "");
			zsh_text(d->help);
			putchar(']');
			if (d->arg && d->values)
				printf(":%s:(%s)", d->arg, d->values);
			else if (d->arg)
				printf(":%s:_files", d->arg);
			putchar('\'');
		}
		first_words(&c[i], words);
		if (*words)
			printf(" '1:what:(%s)'", words);
		puts(" '*:file:_files' ;;");
	}
	puts("\tesac\n}\n_chancery \"$@\"");
}

static void fish_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

static void fish(void)
{
	char words[64];
	size_t n;
	const struct command *c = command_table(&n);

	for (size_t i = 0; i < n; i++) {
		printf("complete -c chancery -n __fish_use_subcommand -a %s -d '", c[i].name);
		fish_text(c[i].summary);
		puts("'");
		first_words(&c[i], words);
		if (*words)
			printf("complete -c chancery -n '__fish_seen_subcommand_from %s' -a '%s'\n", c[i].name, words);
		for (const uint8_t *o = c[i].opts; *o; o++) {
			const struct opt *d = opt_of((enum opt_id)*o);

			printf("complete -c chancery -n '__fish_seen_subcommand_from %s' -l %s", c[i].name, d->name);
			if (d->letter)
				printf(" -s %c", d->letter);
			if (d->arg)
				fputs(" -r", stdout);
			if (d->values)
				printf(" -fa '%s'", d->values);
			fputs(" -d '", stdout);
			fish_text(d->help);
			puts("'");
		}
	}
}

int cmd_completion(struct call *call)
{
	const char *shell = call->args[0];

	if (strcmp(shell, "bash") == 0)
		bash();
	else if (strcmp(shell, "zsh") == 0)
		zsh();
	else if (strcmp(shell, "fish") == 0)
		fish();
	else if (strcmp(shell, "man") == 0)   /* for docs/man: not a shell, and not in the help */
		print_man();
	else
		return usage_error(call, "completions are there for bash, zsh and fish, not for '%s'", shell);
	return output_status(EXIT_DONE);
}
