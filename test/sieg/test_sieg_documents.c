/*
 * De minimis, route, act and calendar, on documents small enough to be worked out by hand: the
 * edges of days and ceilings, where one day or one cent changes the answer.
 */
#include <stdlib.h>
#include <string.h>

#include "kit.h"

#define REQUEST(day, cents)                                                                        \
	"'request':{'id':'r','beneficiary':'a','kind':'sgei','grant_date':'" day                   \
	"','instrument':{'type':'grant','amount':'" cents "'}}"
#define AID(id, regulation, day, cents)                                                            \
	"{'id':'" id "','beneficiary':'a','regulation':'" regulation "','grant_date':'" day        \
	"','instrument':{'type':'grant','amount':'" cents "'}}"
#define ALONE "'undertakings':[{'id':'a','kind':'enterprise'}]"

static void assert_holds(void **state, const char *operation, const char *document,
			 const char *fragment)
{
	const char *answer = kit_answer(*state, operation, document);

	if (!strstr(answer, fragment))
		fail_msg("no %s in %s", fragment, answer);
	kit_again(*state);
}

static void assert_refused(void **state, const char *operation, const char *document,
			   const char *wanted)
{
	assert_string_equal(kit_refusal(*state, operation, document), wanted);
	kit_again(*state);
}

/* ---- de minimis ------------------------------------------------------------------------------ */

static void test_the_ceiling_itself_is_not_too_much_and_one_cent_more_is(void **state)
{
	assert_holds(state, "de-minimis", "{" ALONE "," REQUEST("2024-02-01", "750000.00") "}",
		     "'verdict':'allowed'");
	assert_holds(state, "de-minimis", "{" ALONE "," REQUEST("2024-02-01", "750000.01") "}",
		     "'reasons':['ceiling']");
	assert_holds(state, "de-minimis", "{" ALONE "," REQUEST("2023-02-01", "500000.00") "}",
		     "'verdict':'allowed'");
	assert_holds(state, "de-minimis", "{" ALONE "," REQUEST("2023-02-01", "500000.01") "}",
		     "'reasons':['ceiling']");
}

static void test_an_aid_counts_until_its_third_anniversary_that_day_included(void **state)
{
	static const char on_the_day[] = "{" ALONE ",'aids':[" AID(
		"g", "2023/2832", "2024-02-29", "1.00") "]," REQUEST("2027-02-28", "1.00") "}";
	static const char the_day_after[] = "{" ALONE ",'aids':[" AID(
		"g", "2023/2832", "2024-02-29", "1.00") "]," REQUEST("2027-03-01", "1.00") "}";

	assert_holds(state, "de-minimis", on_the_day, "'total':{'amount':'2.00','rule':'DMS24'}");
	assert_holds(state, "de-minimis", the_day_after,
		     "'total':{'amount':'1.00','rule':'DMS24'}");
}

static void test_before_2024_the_undertakings_own_exercises_count(void **state)
{
	static const char document[] =
		"{'undertakings':[{'id':'a','kind':'enterprise','fiscal_year_start':'07-01'}],'"
		"aids':[" AID("old", "360/2012", "2020-06-30",
			      "1.00") "," AID("new", "360/2012", "2020-07-01",
					      "2.00") "]," REQUEST("2022-08-01", "4.00") "}";

	assert_holds(state, "de-minimis", document, "'window':{'from':'2020-07-01'");
	assert_holds(state, "de-minimis", document, "'used':{'amount':'2.00','rule':'DMS12'}");
}

static void test_a_link_through_a_nonprofit_binds_under_one_regulation_only(void **state)
{
#define GROUP(kind, day)                                                                           \
	"{'undertakings':[{'id':'a','kind':'enterprise'},{'id':'b','kind':'" kind                  \
	"'}],'links':[{'from':'b','to':'a','kind':'votes','valid_to':'2025-06-01'}]," REQUEST(     \
		day, "1.00") "}"
	assert_holds(state, "de-minimis", GROUP("nonprofit", "2024-02-01"), "'group':['a']");
	assert_holds(state, "de-minimis", GROUP("nonprofit", "2023-02-01"), "'group':['a','b']");
	assert_holds(state, "de-minimis", GROUP("public", "2023-02-01"), "'group':['a']");
	assert_holds(state, "de-minimis", GROUP("enterprise", "2025-06-01"), "'group':['a','b']");
	assert_holds(state, "de-minimis", GROUP("enterprise", "2025-06-02"), "'group':['a']");
}

static void test_a_split_shares_an_aid_by_equity_to_the_cent(void **state)
{
	static const char document[] =
		"{'undertakings':[{'id':'a','kind':'enterprise'},{'id':'b','kind':'enterprise'},"
		"{'id':'c','kind':'enterprise'}],'as_of':'2025-01-01','aids':[" AID(
			"g", "2023/2832", "2024-02-01",
			"100.01") "],'events':[{'type':'split','date':'2024-06-01','from':['a'],'"
				  "into':["
				  "{'id':'b','equity':'1'},{'id':'c','equity':'1'}]}]}";

	assert_holds(state, "de-minimis", document,
		     "'moved':[{'aid':'g','amount':'50.01','holder':'b','rule':'DMS24-M'},"
		     "{'aid':'g','amount':'50.00','holder':'c','rule':'DMS24-M'}]");
}

static void test_a_loan_is_worth_its_part_of_the_reference_rounded_up(void **state)
{
#define LOAN(years)                                                                                \
	"{" ALONE ",'aids':[{'id':'g','beneficiary':'a','regulation':'2023/2832','grant_date':"    \
	"'2024-02-01','instrument':{'type':'loan','amount':'100000.00','years':'" years            \
	"','collateral':'50'}}]}"
	/* 750,000 x 100,000 / 3,750,000 x 5 / 5; 750,000 x 100,000 / 1,875,000 x 7 / 10 */
	assert_holds(state, "de-minimis", LOAN("5"), "'gge':[{'amount':'20000.00'");
	assert_holds(state, "de-minimis", LOAN("7"), "'gge':[{'amount':'28000.00'");
	/* 20,000 x 1/3 / 5 = 1,333.333... */
	assert_holds(state, "de-minimis", LOAN("1/3"), "'gge':[{'amount':'1333.34'");
	assert_refused(state, "de-minimis", LOAN("11"),
		       "1 /aids/0/instrument/years E_GGE_DURATION");
}

static void test_days_of_a_timeline_must_be_in_order(void **state)
{
	assert_refused(
		state, "de-minimis",
		"{" ALONE ",'request':{'id':'r','beneficiary':'a','kind':'sgei','grant_date':"
		"'2024-02-01','covers_from':'2024-02-02','covers_to':'2024-02-01','instrument':{"
		"'type':'grant','amount':'1'}}}",
		"1 /request/covers_to E_DATE_ORDER");
	assert_refused(state, "de-minimis",
		       "{" ALONE ",'events':[{'type':'merger','date':'2024-02-02','from':['a'],"
		       "'into':[{'id':'a'}]},{'type':'merger','date':'2024-02-01','from':['a'],"
		       "'into':[{'id':'a'}]}]}",
		       "1 /events/1/date E_DATE_ORDER");
}

/* An aid that is cut in 50 and put together again, so many times. */
static const char *cut_again(struct kit *kit, const char *amount, bool is_even, int times)
{
	const char *undertakings = "", *parts = "", *again = "", *events = "";

	for (int i = 0; i < 50; i++) {
		undertakings =
			sieg_printf(kit->a, "%s,{'id':'u%d','kind':'enterprise'}", undertakings, i);
		parts = sieg_printf(kit->a, "%s%s{'id':'u%d','equity':'%d'}", parts, i ? "," : "",
				    i, is_even ? 1 : i * i * i + 1);
		again = sieg_printf(kit->a, "%s%s'u%d'", again, i ? "," : "", i);
	}
	for (int i = 0; i < times; i++)
		events = sieg_printf(
			kit->a,
			"%s%s{'type':'split','date':'2024-03-01','from':['a'],'into':[%s]},"
			"{'type':'merger','date':'2024-03-01','from':[%s],'into':[{'id':'a'}"
			"]}",
			events, i ? "," : "", parts, again);
	return sieg_printf(kit->a,
			   "{'undertakings':[{'id':'a','kind':'enterprise'}%s],"
			   "'as_of':'2025-01-01','aids':[{'id':'g','regulation':'2023/2832',"
			   "'beneficiary':'a','grant_date':'2024-02-01','instrument':{'type':"
			   "'grant','amount':'%s'}}],'events':[%s],'request':{'id':'r',"
			   "'beneficiary':'a','kind':'sgei','grant_date':'2025-01-01',"
			   "'instrument':{'type':'grant','amount':'1'}}}",
			   undertakings, amount, events);
}

/* Parts of one amount are counted: at the end there are 50^50, and all of the aid. */
static void test_parts_are_put_together_to_the_cent(void **state)
{
	assert_holds(state, "de-minimis", cut_again(*state, "1000.03", true, 50),
		     "'used':{'amount':'1000.03','rule':'DMS24'}");
}

/* Of other amounts each, there are more than can be held. */
static void test_parts_without_end_are_refused_rather_than_counted(void **state)
{
	struct kit *kit = *state;

	assert_string_equal(kit_refusal(kit, "de-minimis",
					cut_again(kit, "90000000000.00", false, 50)),
			    "1  E_OVERFLOW");
}

/* ---- route, act, calendar -----------------------------------------------------------------------
 */

#define ROUTE(day, rest)                                                                           \
	"{'act_date':'" day "','start':'" day "','economic':true,'service':{'need':true,"          \
	"'no_market':true,'competence':true,'obligations':true}," rest "}"

static void test_the_decision_of_the_day_and_its_ceiling(void **state)
{
	assert_holds(state, "route",
		     ROUTE("2026-01-07", "'sector':'general','annual':[{'funder':'f','amounts':["
					 "'15000000.00']}]"),
		     "'route':'2012/21'");
	assert_holds(state, "route",
		     ROUTE("2026-01-07", "'sector':'general','annual':[{'funder':'f','amounts':["
					 "'15000000.01']}]"),
		     "'route':'FRAMEWORK'");
	assert_holds(state, "route",
		     ROUTE("2026-01-08", "'sector':'general','annual':[{'funder':'f','amounts':["
					 "'20000000.00']}]"),
		     "'route':'2025/2630'");
	/* In 2005 the ceiling itself was too much. */
	assert_holds(state, "route",
		     ROUTE("2012-01-30", "'sector':'general','turnover':['99999999.99'],'annual':[{"
					 "'funder':'f','amounts':['30000000.00']}]"),
		     "'route':'FRAMEWORK'");
	assert_holds(state, "route",
		     ROUTE("2012-01-30", "'sector':'general','turnover':['99999999.99'],'annual':[{"
					 "'funder':'f','amounts':['29999999.99']}]"),
		     "'route':'2005/842'");
}

static void test_what_could_not_be_verified_is_asked_and_not_supposed(void **state)
{
	assert_refused(state, "route", ROUTE("2026-02-01", "'sector':'port','passengers':[1]"),
		       "1 /sector E_RULE_UNCONFIRMED");
	assert_holds(state, "route", ROUTE("2025-02-01", "'sector':'port','passengers':[300000]"),
		     "'route':'2012/21'");
	assert_holds(state, "route",
		     ROUTE("2025-02-01", "'sector':'port','passengers':[300001,300000]"),
		     "'average':'600001/2'");
}

static void test_an_act_lasts_ten_years_unless_it_pays_for_an_investment(void **state)
{
#define TEN(months, rest) ROUTE("2024-01-01", "'sector':'hospital','months':" months rest)
	assert_holds(state, "route", TEN("120", ""), "'route':'2012/21'");
	assert_holds(state, "route", TEN("121", ""), "'route':'FRAMEWORK'");
	assert_holds(state, "route", TEN("121", ",'investment':true"), "'route':'2012/21'");
}

static void test_a_threshold_is_passed_above_it_only(void **state)
{
#define CHECK(cents)                                                                               \
	"{'act':{'id':'a','act_date':'2024-01-01','start':'2024-01-01','end':'2025-12-31'},"       \
	"'route':'de-minimis','items':{'dm_amount':'x','dm_regulation':'x','dm_service':'x'},"     \
	"'annual':['1.00','" cents "']}"
	assert_holds(state, "act-check", CHECK("23000.00"),
		     "{'amount':'23000.00','exceeded':false,'id':'written_agreement'");
	assert_holds(state, "act-check", CHECK("23000.01"),
		     "{'amount':'23000.01','exceeded':true,'id':'written_agreement'");
	assert_holds(state, "act-check", CHECK("1"), "'status':'complete'");
}

static void test_an_act_signed_the_day_it_begins_is_in_time(void **state)
{
#define SIGNED(day, route)                                                                         \
	"{'act':{'id':'a','act_date':'" day                                                        \
	"','start':'2024-01-02','end':'2025-12-31'},'route':'" route "','items':{}}"
	assert_holds(state, "act-check", SIGNED("2024-01-03", "altmark"),
		     "'code':'E_RETROACTIVE','level':'stop','path':'/act/start'");
	assert_holds(state, "act-check", SIGNED("2024-01-03", "framework"),
		     "'code':'W_RETROACTIVE','level':'warn','path':'/act/start'");
	assert_null(strstr(kit_answer(*state, "act-check", SIGNED("2024-01-02", "altmark")),
			   "RETROACTIVE"));
}

static void test_a_grant_is_registered_twenty_working_days_after(void **state)
{
	/* Easter Monday on 6 April, 1, 8 and 14 May 2026 are not worked. */
	assert_holds(state, "calendar", "{'de_minimis':[{'id':'g','grant_date':'2026-04-02'}]}",
		     "{'date':'2026-05-04','kind':'register_by','ref':'g'");
	assert_holds(state, "calendar",
		     "{'holidays':'alsace-moselle','de_minimis':[{'id':'g','grant_date':"
		     "'2026-04-02'}]}",
		     "{'date':'2026-05-05','kind':'register_by','ref':'g'");
	assert_null(strstr(kit_answer(*state, "calendar",
				      "{'de_minimis':[{'id':'g','grant_date':'2025-12-31'}]}"),
			   "register_by"));
}

static void test_the_end_of_a_month_stays_one(void **state)
{
	assert_holds(state, "calendar", "{'exercises':['2025-08-31']}",
		     "{'date':'2026-02-28','kind':'financial_report'");
	assert_holds(state, "calendar", "{'exercises':['2025-06-30']}",
		     "{'date':'2025-12-31','kind':'financial_report'");
	assert_holds(state, "calendar", "{'exercises':['2025-08-30']}",
		     "{'date':'2026-02-28','kind':'financial_report'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_ceiling_itself_is_not_too_much_and_one_cent_more_is),
		TEST(test_an_aid_counts_until_its_third_anniversary_that_day_included),
		TEST(test_before_2024_the_undertakings_own_exercises_count),
		TEST(test_a_link_through_a_nonprofit_binds_under_one_regulation_only),
		TEST(test_a_split_shares_an_aid_by_equity_to_the_cent),
		TEST(test_a_loan_is_worth_its_part_of_the_reference_rounded_up),
		TEST(test_days_of_a_timeline_must_be_in_order),
		TEST(test_parts_are_put_together_to_the_cent),
		TEST(test_parts_without_end_are_refused_rather_than_counted),
		TEST(test_the_decision_of_the_day_and_its_ceiling),
		TEST(test_what_could_not_be_verified_is_asked_and_not_supposed),
		TEST(test_an_act_lasts_ten_years_unless_it_pays_for_an_investment),
		TEST(test_a_threshold_is_passed_above_it_only),
		TEST(test_an_act_signed_the_day_it_begins_is_in_time),
		TEST(test_a_grant_is_registered_twenty_working_days_after),
		TEST(test_the_end_of_a_month_stays_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
