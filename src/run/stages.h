/* run/stages.h -- the headers of all stages, for this folder's two files that know them. */
#ifndef CH_RUN_STAGES_H
#define CH_RUN_STAGES_H
#include "run/config.h"
#ifdef CH_HAVE_PAGE
#include "page/page.h"
#endif
#ifdef CH_HAVE_TEXT
#include "text/text.h"
#endif
#ifdef CH_HAVE_SYNTAX
#include "syntax/model.h"
#endif
#ifdef CH_HAVE_SYNTAX
#include "syntax/syntax.h"
#endif
#ifdef CH_HAVE_WHEN
#include "when/when.h"
#endif
#ifdef CH_HAVE_WHO
#include "who/gazetteer.h"
#endif
#ifdef CH_HAVE_WHO
#include "who/who.h"
#endif
#ifdef CH_HAVE_SAID
#include "said/cues.h"
#endif
#ifdef CH_HAVE_SAID
#include "said/said.h"
#endif
#ifdef CH_HAVE_EVENT
#include "event/event.h"
#endif
#ifdef CH_HAVE_EVENT
#include "event/frames.h"
#endif
#ifdef CH_HAVE_REGISTERS
#include "event/registers.h"
#endif
#endif
