package script_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Most of these tests start git and sh some hundred times, and all of them take
// minutes. Without FETTLE_LONG one or two of each kind run: what is here runs
// where CI or a person asks for it. A test that is not named here always runs.
var longTests = names(`
	TestMergeBackAfterRevertedPredecessor TestMergeBackCherryPick TestMergeBackConflictGoesAway TestMergeBackConflictIssueWithoutForge
	TestMergeBackForwardProtected TestMergeBackHostileText/none TestMergeBackMainlineMovesOn TestMergeBackOlderLineConflict
	TestMergeBackOldGit/conflict TestMergeBackOneOfTwoFails TestMergeBackReapply TestMergeBackRevertedThenConflict
	TestMergeBackSquashedAndReverted TestMergeBackTwoProductions TestMergeBackPersonOnBranch TestMergeBackUnmergeable
	TestMergeBackHostileText/github TestMergeBackRace TestRequesterDoesNotApprove

	TestContainment/another_version's_trailer TestContainment/cherry-pick TestContainment/dropped TestContainment/half_of_it
	TestContainment/one_of_two_picks_reverted_and_picked_again TestContainment/picked,_and_reverted_by_the_name_that_it_has_on_its_line
	TestContainment/picked,_reverted,_revert_reverted TestContainment/trailer

	TestGuards/a_hotfix_that_is_reverted_on_its_line TestGuards/a_redeployment_that_did_not_end TestGuards/another_family
	TestGuards/approval_of_something_else TestGuards/older_version TestGuards/settled_to_what_had_only_begun
	TestGuards/settled_to_what_was_about_to_be_withdrawn TestGuards/shipped_again,_and_withdrawn_again TestGuards/stale_line
	TestGuards/withdrawn,_shipped_again

	TestSettleAndCorrection/nothing_is_open,_and_a_merge-back_is_owed TestSettleAndCorrection/neither_recorded_nor_open
	TestSettleAndCorrection/what_contains_the_others TestSettleAndCorrection/deployed_by_hand:_a_candidate,_and_nothing_else TestLedgerOfBefore/there_and_back TestSettleAndCorrection/abandoned TestSettleAndCorrection/corrected,_kept
	TestSettleAndCorrection/who_asks_for_a_correction_does_not_approve_it TestSettleAndCorrection/words_alone_answer_nothing
	TestSettleAndCorrection/taken_back_and_done_again TestContainment/merged_with_nothing_of_it

	TestSettleAndCorrection/downwards:_what_is_left_out_is_due_until_a_delivery_has_it
	TestImageUnknown TestArtifactOfOneFile TestPathsAndStrangers TestGuards/unsettled TestContainment/nothing TestRunAgainIsJudged TestComponentsRace TestGuards/hold

	TestLedgerIsGuarded/put_back_by_what_passed TestLedgerIsGuarded/without_its_version TestLedgerIsGuarded/without_its_commit TestLedgerIsGuarded/without_a_reservation
	TestLedgerIsGuarded/without_an_environment TestLedgerIsGuarded/merged TestLedgerIsGuarded/emptied TestStrayTag
	TestHotfixOfReleaseBranch TestBreakGlassIsOpenedBySomebodyElse TestIrreversibleRequest TestUnchanged TestGuards/a_lost_ledger TestAdoptedIsSaid TestAuthorsAreNamed TestContainment/merge
	TestContainment/squash TestContainment/merged_and_taken_out_by_hand TestGuards/withdrawn
	TestSettleAndCorrection/corrected,_withdrawn

	TestVersions/calendar TestVersions/command TestVersions/height TestVersions/sequence

	TestWhatEachFlowMayDoInAFreeze/allow TestWhatEachFlowMayDoInAFreeze/approve TestWhatEachFlowMayDoInAFreeze/block
	TestExceptionIsAskedAgain TestFreezeAsksForASecondApproval

	TestBreakGlass TestBreakGlassIsRecordedFirst TestBreakGlassSkipsNothingElse TestIrreversible TestIrreversibleUnsettled TestImage
	TestLedgerIsRead/component_pay TestLedgerReadsEveryKind TestMeasures

	TestFixForwardWithoutFiles TestRequirementsWithoutFiles TestWithdrawnWithoutFiles
	TestLFSFollowsThePayload/without_filters TestLFSIsNotFetched
	TestSubmodulesFollowThePayload TestRequesterWithBlanks TestHostileConfiguration TestLedgerOfBefore/nothing_that_is_due_is_lost
	TestVersions/semver TestContainment/merged_and_reverted TestArtifactUnlike TestLedgerIsRead/component_ TestMergeBackReverted
	TestMergeBackOldGit/clean TestMergeBackClean TestRequestChanges TestRequestShowsWhatFollows

	TestAdviceAgrees/nothing_was_released TestAdviceAgrees/withdrawn,_and_may_go_again TestAdviceAgrees/irreversible TestAdviceAgrees/a_review_is_overdue
	TestAdviceAgrees/the_mainline_is_merged_into_the_hotfix_branch TestAdviceAgrees/the_hotfix_branch_is_gone TestAdviceAgrees/a_check_is_new,_and_a_hotfix_went_without_it
	TestAdviceAgrees/the_ledger_was_put_back TestAdviceAgrees/a_hotfix_that_is_not_merged_back
	TestAdviceAgrees/commits_that_name_no_incident TestAdviceAgrees/a_release_tag_was_moved
	TestAdviceAgrees/a_component TestAdviceAgrees/two_production_environments TestAdviceAgrees/release_branches TestAdviceAgrees/an_image_was_not_recorded TestAdviceAgrees/frozen

	TestComponentLost TestComponents TestDeliveryFromReleaseBranch TestHotfixToReleaseBranches TestHotfixTwoProductions TestSupportedLine
`)

func names(text string) map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields(text) {
		out[name] = true
	}
	return out
}

// long skips what runs only where it is asked for.
func long(t *testing.T) {
	t.Helper()
	if os.Getenv("FETTLE_LONG") == "" {
		t.Skip("it takes long: FETTLE_LONG=yes runs it, as .ci/run does")
	}
}

var met sync.Map // names of tests in longTests

// longIfNamed skips a test that the table names.
func longIfNamed(t *testing.T) {
	t.Helper()
	if longTests[t.Name()] {
		met.Store(t.Name(), true)
		long(t)
	}
}

// everyNameIsATest: a test that was renamed is not left in the table. It can be
// told where all of them ran.
func everyNameIsATest() error {
	if flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.skip").Value.String() != "" || flag.Lookup("test.list").Value.String() != "" ||
		flag.Lookup("test.fuzz").Value.String() != "" || flag.Lookup("test.fuzzworker").Value.String() == "true" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(longTests)) {
		if _, ok := met.Load(name); !ok {
			return fmt.Errorf("longTests names %s, and there is no such test", name)
		}
	}
	return nil
}
