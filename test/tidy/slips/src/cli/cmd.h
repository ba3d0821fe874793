#include "base/str.h"
#include "chancery.h"
#include "cli/table.h"

int x(void);