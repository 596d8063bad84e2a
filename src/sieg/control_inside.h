/*
 * control_inside.h - what the files of the control share.
 */
#ifndef SIEG_CONTROL_INSIDE_H
#define SIEG_CONTROL_INSIDE_H

#include "sieg/control.h"

/* Stage B. */
void sieg_control_check(const struct sieg_control *in, struct sieg_issues *errors);

/* Stage C, but for what only the calculation finds. */
void sieg_control_rules(const struct sieg_control *in, struct sieg_issues *errors);

/* Whether a person answered yes. */
bool sieg_answered(const struct sieg_control *in, enum sieg_question question);

#endif
