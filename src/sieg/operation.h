/*
 * operation.h - the six operations side by side: for each, the fields of its document, and how
 * its result is written.
 */
#ifndef SIEG_OPERATION_H
#define SIEG_OPERATION_H

#include "sieg/shape.h"
#include "sieg/write.h"

extern const struct sieg_shape sieg_sheet_shape, sieg_control_shape, sieg_deminimis_shape,
	sieg_route_shape, sieg_act_check_shape, sieg_calendar_shape;

struct sieg_sheet;
struct sieg_sheet_result;
struct sieg_control;
struct sieg_control_result;
struct sieg_deminimis;
struct sieg_deminimis_result;
struct sieg_route;
struct sieg_route_result;
struct sieg_act_check;
struct sieg_act_check_result;
struct sieg_calendar;
struct sieg_calendar_result;

/* Each writes one whole object. */
void sieg_write_sheet(struct sieg_writer *w, const struct sieg_sheet *in,
		      const struct sieg_sheet_result *result);
void sieg_write_control(struct sieg_writer *w, const struct sieg_control *in,
			const struct sieg_control_result *result);
void sieg_write_deminimis(struct sieg_writer *w, const struct sieg_deminimis *in,
			  const struct sieg_deminimis_result *result);
void sieg_write_route(struct sieg_writer *w, const struct sieg_route *in,
		      const struct sieg_route_result *result);
void sieg_write_act_check(struct sieg_writer *w, const struct sieg_act_check *in,
			  const struct sieg_act_check_result *result);
void sieg_write_calendar(struct sieg_writer *w, const struct sieg_calendar *in,
			 const struct sieg_calendar_result *result);

#endif
