#include "search/weight.h"

#include <math.h>

/* Weights of the zones, what counts as their usual length in words, how much length matters. */
static const struct {
	float weight, length, b;
} zones[N_ZONES] = {
	[ZONE_TITLE] = { 8.0f, 10, 0.3f },   [ZONE_VOCABULARY] = { 5.0f, 12, 0.2f },
	[ZONE_SUMMARY] = { 3.0f, 60, 0.4f }, [ZONE_PEOPLE] = { 2.0f, 12, 0.2f },
	[ZONE_BODY] = { 1.0f, 400, 0.75f },
};

static const float nearness[N_NEARNESS] = { 1.0f, 0.8f, 0.5f };

/* Sixteen steps to a doubling, from 2^-7.5. */
enum { STEPS = 16 };
static const float lowest = -7.5f;

uint8_t weight_pack(const uint32_t occurrences[N_ZONES], const uint32_t length[N_ZONES])
{
	float sum = 0, step;

	for (int z = 0; z < N_ZONES; z++) {
		float relative = (float)length[z] / zones[z].length;

		if (occurrences[z])
			sum += zones[z].weight * (float)occurrences[z] /
			       (1 - zones[z].b + zones[z].b * relative);
	}
	step = roundf(1 + STEPS * (log2f(sum) - lowest));
	return step < 1 ? 1 : step > 255 ? 255 : (uint8_t)step;
}

void worth_init(struct worth *w)
{
	for (int n = 0; n < N_NEARNESS; n++)
		for (int step = 0; step < 256; step++)
			w->units[n][step] =
				(uint32_t)roundf(WEIGHT_UNIT * nearness[n] *
						 exp2f((float)(step - 1) / STEPS + lowest));
}

float weight_idf(uint32_t frequency, uint32_t n)
{
	float df = (float)(frequency < n ? frequency : n);

	return logf(1 + ((float)n - df + 0.5f) / (df + 0.5f));
}
