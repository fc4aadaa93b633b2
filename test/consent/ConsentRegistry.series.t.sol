// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConcordLens} from "../../contracts/lens/ConcordLens.sol";
import {ParticipantSeries} from "../../contracts/libraries/ParticipantSeries.sol";
import {
    ConsentKey,
    ConsentState,
    ConsentWord,
    NO_EXPIRY,
    TakeOver,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, signedCall, takingOver} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConsentRegistrySeriesTest
/// @notice Attested ids in series: what the index has of them, and how their words are read together.
contract ConsentRegistrySeriesTest is OthersActs {
    using ParticipantSeries for ParticipantId;

    ParticipantId private constant FIRST = ParticipantId.wrap(bytes32(uint256(0xF00D) << 128));
    uint256 private constant NOW = type(uint256).max;
    /// @dev Papers a participant, at the most.
    uint256 private constant MOST_PAPERS = 9;

    function setUp() public {
        _deployWithTerms();
        _advance(1 days);
    }

    // importConsent

    function test_GivenSeries_WhenImportedInOrder_HasOneEntry() public {
        for (uint256 i = 0; i < 5; ++i) _import(_importOf(FIRST.plus(i), 1, _now()));
        VM.assertEq(_entries().length, 1);
        VM.assertTrue(_entries()[0] == FIRST);
    }

    function test_GivenGap_WhenImported_IsAnEntryOfItsOwnAndSpoilsNothing() public {
        _import(_importOf(FIRST, 1, _now()));
        _import(_importOf(FIRST.plus(2), 1, _now()));
        _import(_importOf(FIRST.plus(3), 1, _now()));
        ParticipantId[] memory entries = _entries();
        VM.assertEq(entries.length, 2);
        VM.assertTrue(entries[0] == FIRST.plus(2) && entries[1] == FIRST);
        VM.assertEq(consents.wordsInSeries(SCOPE, FIRST, 10, NOW).length, 1);
        VM.assertEq(consents.wordsInSeries(SCOPE, FIRST.plus(2), 10, NOW).length, 2);
    }

    function test_GivenGap_WhenFilled_ContinuesTheSeries() public {
        _import(_importOf(FIRST, 1, _now()));
        _import(_importOf(FIRST.plus(2), 1, _now()));
        _import(_importOf(FIRST.plus(1), 1, _now()));
        VM.assertEq(_entries().length, 2);
        VM.assertEq(consents.wordsInSeries(SCOPE, FIRST, 10, NOW).length, 3);
    }

    function test_GivenNeighboursOfNoSeries_WhenImported_EachIsAnEntry() public {
        _import(_importOf(PAPER, 1, _now()));
        _import(_importOf(_after(PAPER, 1), 1, _now()));
        VM.assertEq(_entries().length, 2);
    }

    // Listed by the lens

    function test_GivenEntriesOfBothSorts_WhenReadInPagesOfAnySize_ListsEverybodyOnceInOrder() public {
        ParticipantId[3] memory alone = [PAPER, _after(PAPER, 1), _after(PAPER, 2)];
        _import(_importOf(alone[0], 1, _now()));
        _import(_importOf(alone[1], 1, _now()));
        uint8[4] memory order = [0, 1, 3, 2];
        for (uint256 i = 0; i < order.length; ++i) _import(_importOf(FIRST.plus(order[i]), 1, _now()));
        _import(_importOf(alone[2], 1, _now()));
        ParticipantId[7] memory expected = [
            alone[2],
            FIRST,
            FIRST.plus(1),
            FIRST.plus(2),
            FIRST.plus(3),
            alone[1],
            alone[0]
        ];
        for (uint256 limit = 1; limit <= expected.length + 1; ++limit) {
            ConcordLens.Cursor memory cursor;
            uint256 count = 0;
            do {
                ParticipantId[] memory found;
                (found, cursor) = lens.participants(SCOPE, cursor, limit);
                VM.assertLe(found.length, limit, "more than a page");
                for (uint256 i = 0; i < found.length; ++i) VM.assertTrue(found[i] == expected[count++], "another");
            } while (cursor.entry != ParticipantId.wrap(0));
            VM.assertEq(count, expected.length, "not everybody");
        }
    }

    function test_GivenClosingOnPaperFirst_WhenTheNextIsImported_IsListed() public {
        _attest(_attestation(FIRST, ConsentState.Declined, WithdrawalExtent.None));
        _import(_importOf(FIRST.plus(1), 1, _now()));
        _assertListed(FIRST.plus(1));
    }

    function test_GivenClosingOnPaperFirst_WhenALaterPaperIsImported_IsListed() public {
        _attest(_attestation(FIRST, ConsentState.Declined, WithdrawalExtent.None));
        _advance(1);
        _import(_importOf(FIRST, 2, _now()));
        _assertListed(FIRST);
    }

    // wordsInSeries

    function test_GivenSeries_WhenReadByAnyLimit_EndsAtTheLimitOrTheLast() public {
        for (uint256 i = 0; i < 3; ++i) _import(_importOf(FIRST.plus(i), 1, _now()));
        for (uint256 limit = 0; limit < 6; ++limit) {
            ConsentWord[] memory words = consents.wordsInSeries(SCOPE, FIRST, limit, NOW);
            VM.assertEq(words.length, limit < 3 ? limit : 3);
            for (uint256 i = 0; i < words.length; ++i) VM.assertEq(_unwrap(words[i]), _raw(FIRST.plus(i)));
        }
        VM.assertEq(consents.wordsInSeries(OTHER_SCOPE, FIRST, 5, NOW).length, 0);
    }

    function test_GivenIdOfNoSeries_WhenRead_IsAlone() public {
        _import(_importOf(PAPER, 1, _now()));
        VM.assertEq(consents.wordsInSeries(SCOPE, PAPER, 5, NOW).length, 1);
    }

    function testFuzz_GivenPapers_WhenAskedOfAnyTime_AnswersTheLastThatWasSigned(uint256 seed, uint32 time) public {
        uint256 papers = bound(seed, 1, MOST_PAPERS);
        uint32 signedAt = 0;
        time = uint32(bound(time, 0, 1_000 * MOST_PAPERS));
        uint256 expected = 0;
        for (uint256 i = 0; i < papers; ++i) {
            signedAt += uint32(bound(uint256(keccak256(abi.encode(seed, i))), 1, 1_000));
            _import(_importOf(FIRST, uint16(i + 1), signedAt));
            if (signedAt <= time) expected = _raw(FIRST);
        }
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, time)[0]), expected);
    }

    function test_GivenClosedSince_WhenAskedOfBefore_AnswersTheClosedWord() public {
        _import(_importOf(FIRST, 1, 100));
        _import(_importOf(FIRST, 2, 200));
        _attest(_attestation(FIRST, ConsentState.Withdrawn, USE));
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, 150)[0]), _raw(FIRST));
    }

    function test_GivenClosedAndGrantedAnew_WhenAskedOfAnyTime_AnswersWhatStoodThen() public {
        _import(_importOf(FIRST, 1, 100));
        uint256 first = _now();
        _advance(10);
        _attest(_attestation(FIRST, ConsentState.Withdrawn, USE));
        _advance(10);
        _import(_importOf(FIRST, 3, _now()));
        uint256 closed = _unwrap(consents.wordAt(SCOPE, FIRST, 0));
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, _now() - 1)[0]), closed);
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, first)[0]), closed);
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, first - 1)[0]), 0);
        VM.assertEq(_unwrap(consents.wordsInSeries(SCOPE, FIRST, 1, _now())[0]), _raw(FIRST));
    }

    function test_GivenTakenOver_WhenRead_AnswersTheWordOfTheNewIdAndGoesOn() public {
        _import(_importOf(FIRST, 1, _now()));
        _import(_importOf(FIRST.plus(1), 1, _now()));
        _advance(1);
        Person memory alice = _person("alice");
        Change memory change = takingOver(TakeOver({scopeId: SCOPE, attestedId: FIRST}));
        bytes memory call = signedCall(change, _authorise(alice, change));
        VM.prank(CUSTODIAN);
        _accept(call);
        ConsentWord[] memory words = consents.wordsInSeries(SCOPE, FIRST, 5, NOW);
        VM.assertEq(words.length, 2);
        VM.assertEq(_unwrap(words[0]), _raw(alice));
        VM.assertEq(_unwrap(words[1]), _raw(FIRST.plus(1)));
    }

    // wordsSignedBetween

    function test_GivenKeys_WhenWordsAreAsked_AnswersEveryWordInOrder() public {
        for (uint16 i = 1; i <= 3; ++i) _import(_importOf(FIRST, i, uint32(i) * 100));
        _import(_importOf(PAPER, 1, 150));
        ConsentKey[] memory keys = new ConsentKey[](4);
        keys[0] = ConsentKey(SCOPE, PAPER);
        keys[1] = ConsentKey(OTHER_SCOPE, FIRST);
        keys[2] = ConsentKey(SCOPE, FIRST);
        keys[3] = ConsentKey(SCOPE, PAPER);
        ConsentWord[][] memory words = consents.wordsSignedBetween(keys, 0, NO_EXPIRY);
        VM.assertEq(words.length, 4);
        VM.assertEq(words[1].length, 0);
        VM.assertEq(words[2].length, 3);
        for (uint16 i = 0; i < 3; ++i) {
            VM.assertEq(_unwrap(words[2][i]), _unwrap(consents.wordAt(SCOPE, FIRST, i)));
        }
        VM.assertEq(_unwrap(words[0][0]), _raw(PAPER));
        VM.assertEq(_unwrap(words[3][0]), _raw(PAPER));
    }

    function test_GivenTimes_WhenWordsAreAsked_BothAreIncluded() public {
        for (uint16 i = 1; i <= 4; ++i) _import(_importOf(FIRST, i, uint32(i) * 100));
        ConsentKey[] memory keys = new ConsentKey[](1);
        keys[0] = ConsentKey(SCOPE, FIRST);
        VM.assertEq(consents.wordsSignedBetween(keys, 200, 300)[0].length, 2);
        VM.assertEq(consents.wordsSignedBetween(keys, 201, 299)[0].length, 0);
        VM.assertEq(consents.wordsSignedBetween(keys, 0, 100)[0].length, 1);
        VM.assertEq(consents.wordsSignedBetween(keys, 300, 200)[0].length, 0);
        VM.assertEq(consents.wordsSignedBetween(new ConsentKey[](0), 0, NOW).length, 0);
    }

    function _entries() private view returns (ParticipantId[] memory entries) {
        (entries, ) = index.page(consents, SCOPE, ParticipantId.wrap(0), 100);
    }

    function _after(ParticipantId participantId, uint256 number) private pure returns (ParticipantId) {
        return ParticipantId.wrap(bytes32(uint256(ParticipantId.unwrap(participantId)) + number));
    }

    function _unwrap(ConsentWord word) private pure returns (uint256) {
        return ConsentWord.unwrap(word);
    }

    /// @dev A reader of the index finds this one participant, among others or not.
    function _assertListed(ParticipantId participantId) private view {
        ConcordLens.Cursor memory beginning;
        (ParticipantId[] memory listed, ) = lens.participants(SCOPE, beginning, 10);
        bool isListed = false;
        for (uint256 i = 0; i < listed.length; ++i) if (listed[i] == participantId) isListed = true;
        VM.assertTrue(isListed, "imported, and not listed");
    }
}
