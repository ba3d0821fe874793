#include "cli.h"

int cmd_version(struct call *call)
{
	struct chancery *engine;

	printf("chancery %s\n", chancery_version());
	engine = open_engine(call);
	if (!engine)
		return output_status(EXIT_SOME_FAILED);
	printf("model: %s\nlexicon: %s\n", chancery_about(engine), chancery_lexicon(engine));
	chancery_close(engine);
	return output_status(EXIT_DONE);
}
