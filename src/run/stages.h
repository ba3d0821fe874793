/* run/stages.h -- the headers of all stages, for this folder's two files that know them. */
#ifndef CH_RUN_STAGES_H
#define CH_RUN_STAGES_H
#include "page/page.h"
#include "text/text.h"
#include "syntax/model.h"
#include "syntax/syntax.h"
#include "when/when.h"
#include "who/gazetteer.h"
#include "who/who.h"
#include "said/cues.h"
#include "said/said.h"
#include "event/event.h"
#include "event/frames.h"
#include "event/registers.h"
#include "event/view.h"
#endif
