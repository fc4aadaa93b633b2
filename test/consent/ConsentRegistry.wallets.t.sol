// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";

import {ConsentRegistry} from "../../contracts/consent/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {SignerLib} from "../../contracts/libraries/SignerLib.sol";
import {FickleSigner} from "../../contracts/mocks/FickleSigner.sol";
import {ReentrantSigner} from "../../contracts/mocks/ReentrantSigner.sol";
import {
    Authorisation,
    ConsentState,
    ConsentWord,
    Grant,
    NO_EXPIRY,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, granting, signedCall, withdrawing} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryWalletsTest
/// @notice Foreign code that is asked about a signature: ERC-1271 wallets and ERC-7913 verifiers, whatever they answer.
/// @dev Each answer is tried as a wallet's and as a verifier's, in an opening and in a closing.
contract ConsentRegistryWalletsTest is ConsentSigning {
    /// @dev A change takes less besides the check of its signature.
    uint256 private constant COST_OF_CHANGE = 150_000;
    uint256 private constant LONG = 100_000;
    uint256 private constant MEGABYTE = 1_000_000;

    bytes4 private constant WALLET_VOUCHES = IERC1271.isValidSignature.selector;
    bytes4 private constant VERIFIER_VOUCHES = IERC7913SignatureVerifier.verify.selector;

    function setUp() public {
        _deployWithTerms();
        _advance(10);
    }

    // Answers that are no yes

    function test_GivenNoAnswer_WhenAsked_IsRefused() public {
        _assertRefuses(_answering(0, 0));
    }

    function test_GivenAnswerOfZero_WhenAsked_IsRefused() public {
        _assertRefuses(_answering(0, 32));
    }

    function test_GivenAnswerTrue_WhenAsked_IsRefused() public {
        _assertRefuses(_answering(bytes32(uint256(1)), 32));
    }

    function test_GivenAnswerOfFailure_WhenAsked_IsRefused() public {
        _assertRefuses(_answering(bytes32(bytes4(0xffffffff)), 32));
    }

    function test_GivenAnswerOfAllOnes_WhenAsked_IsRefused() public {
        _assertRefuses(_answering(~bytes32(0), 32));
    }

    function test_GivenTheOtherStandardsYes_WhenAsked_IsRefused() public {
        _assertRefusesAsWallet(_answering(bytes32(VERIFIER_VOUCHES), 32));
        _assertRefusesAsVerifier(_answering(bytes32(WALLET_VOUCHES), 32));
    }

    function test_GivenYesInTheLowBytes_WhenAsked_IsRefused() public {
        _assertRefusesAsWallet(_answering(bytes32(uint256(uint32(WALLET_VOUCHES))), 32));
        _assertRefusesAsVerifier(_answering(bytes32(uint256(uint32(VERIFIER_VOUCHES))), 32));
    }

    function test_GivenYesWithMoreInItsWord_WhenAsked_IsRefused() public {
        _assertRefusesAsWallet(_answering(bytes32(WALLET_VOUCHES) | bytes32(uint256(1)), 32));
        _assertRefusesAsVerifier(_answering(bytes32(VERIFIER_VOUCHES) | bytes32(uint256(1)), 32));
    }

    function test_GivenYesThatIsCutShort_WhenAsked_IsRefused() public {
        uint256[3] memory lengths = [uint256(1), 4, 31];
        for (uint256 i = 0; i < lengths.length; ++i) {
            _assertRefusesAsWallet(_answering(bytes32(WALLET_VOUCHES), lengths[i]));
            _assertRefusesAsVerifier(_answering(bytes32(VERIFIER_VOUCHES), lengths[i]));
        }
    }

    function test_GivenRevert_WhenAsked_IsRefused() public {
        _assertRefuses(_reverting(0, 0));
    }

    function test_GivenRevertWithYes_WhenAsked_IsRefused() public {
        _assertRefusesAsWallet(_reverting(bytes32(WALLET_VOUCHES), 32));
        _assertRefusesAsVerifier(_reverting(bytes32(VERIFIER_VOUCHES), 32));
    }

    function test_GivenRevertWithMuchData_WhenAsked_IsRefused() public {
        _assertRefuses(_reverting(~bytes32(0), LONG));
    }

    function test_GivenMegabyte_WhenAsked_IsRefused() public {
        // Filling so much memory takes more gas than a check gets.
        _assertRefusesAsWallet(_answering(bytes32(WALLET_VOUCHES), MEGABYTE));
        _assertRefusesAsVerifier(_answering(bytes32(VERIFIER_VOUCHES), MEGABYTE));
    }

    function test_GivenRevertWithMegabyte_WhenAsked_IsRefused() public {
        _assertRefuses(_reverting(~bytes32(0), MEGABYTE));
    }

    function test_GivenAllGasBurnt_WhenAsked_IsRefusedWithinTheCap() public {
        _assertRefuses(deployed("GasBurningSigner", abi.encode(0)));
    }

    function test_GivenCodeThatVanished_WhenAsked_IsRefused() public {
        address wallet = deployed("FickleSigner", "");
        FickleSigner(wallet).setVouches(true);
        _assertVouchesAsWallet(wallet);
        VM.etch(wallet, "");
        _assertRefusesAsWallet(wallet);
    }

    // Answers that are a yes

    function test_GivenYes_WhenAsked_Counts() public {
        _assertVouchesAsWallet(_answering(bytes32(WALLET_VOUCHES), 32));
        _assertVouchesAsVerifier(_answering(bytes32(VERIFIER_VOUCHES), 32));
    }

    function test_GivenYesBeforeMuchElse_WhenAsked_CountsAndCostsNoMore() public {
        _assertVouchesAsWallet(_answering(bytes32(WALLET_VOUCHES), LONG));
        _assertVouchesAsVerifier(_answering(bytes32(VERIFIER_VOUCHES), LONG));
    }

    function test_GivenYesAfterBurningGas_WhenAsked_CountsWithinTheCap() public {
        _assertVouchesAsWallet(deployed("GasBurningSigner", abi.encode(2_000)));
        _assertVouchesAsVerifier(deployed("GasBurningSigner", abi.encode(2_000)));
    }

    // Wallets that change their mind or act on their own

    function test_GivenWalletThatChangesItsMind_WhenAskedAgain_ItsLastWordCounts() public {
        FickleSigner wallet = FickleSigner(deployed("FickleSigner", ""));
        _assertRefusesAsWallet(address(wallet));
        wallet.setVouches(true);
        _assertVouchesAsWallet(address(wallet));
        bytes memory grant = _call(_granting(1), abi.encodePacked(wallet));
        (bool success, ) = address(consents).call(grant);
        VM.assertTrue(success);
        wallet.setVouches(false);
        _advance(1);
        _assertRefused(consents, _withdrawal(), abi.encodePacked(wallet));
        wallet.setVouches(true);
        // What it vouches for again is used up all the same.
        (success, ) = address(consents).call(grant);
        VM.assertFalse(success, "replayed");
        (success, ) = address(consents).call(_call(_withdrawal(), abi.encodePacked(wallet)));
        VM.assertTrue(success);
    }

    function test_GivenWalletThatReenters_WhenAsked_IsLetInByNoCall() public {
        bytes[] memory inner = new bytes[](1);
        inner[0] = abi.encodeCall(IConsentRegistry.decline, (SCOPE));
        bytes[4] memory attempts = [
            abi.encodeCall(IConsentRegistry.suspend, (SCOPE)),
            abi.encodeCall(IConsentRegistry.withdraw, (SCOPE, WithdrawalExtent.NoFurtherUse)),
            abi.encodeCall(IConsentRegistry.grant, (_grant(1))),
            abi.encodeCall(IConsentRegistry.relay, (inner))
        ];
        for (uint256 i = 0; i < attempts.length; ++i) {
            address wallet = deployed("ReentrantSigner", abi.encode(attempts[i]));
            // It says no if it was let in.
            _assertVouchesAsWallet(wallet);
            _assertVouchesAsVerifier(deployed("ReentrantSigner", abi.encode(attempts[i])));
            VM.assertTrue(ReentrantSigner(wallet).attemptOn(address(consents)), "the attempt is none at all");
        }
    }

    // How each is asked

    function _assertRefuses(address foreign) private {
        _assertRefusesAsWallet(foreign);
        _assertRefusesAsVerifier(foreign);
    }

    function _assertRefusesAsWallet(address wallet) private {
        _assertRefused(consents, _granting(1), abi.encodePacked(wallet));
        _assertRefused(consents, _withdrawal(), abi.encodePacked(wallet));
    }

    /// @dev In a registry that lists its code, so that it is asked about openings too.
    function _assertRefusesAsVerifier(address verifier) private {
        ConsentRegistry registry = _registryThatLists(verifier);
        _assertRefused(registry, _granting(1), abi.encodePacked(verifier, "key"));
        _assertRefused(registry, _withdrawal(), abi.encodePacked(verifier, "key"));
        _assertRefused(consents, _withdrawal(), abi.encodePacked(verifier, "key"));
    }

    function _assertVouchesAsWallet(address wallet) private {
        _assertCounts(consents, _granting(1), abi.encodePacked(wallet), ConsentState.Active);
        _assertCounts(consents, _withdrawal(), abi.encodePacked(wallet), ConsentState.Withdrawn);
    }

    function _assertVouchesAsVerifier(address verifier) private {
        ConsentRegistry registry = _registryThatLists(verifier);
        _assertCounts(registry, _granting(1), abi.encodePacked(verifier, "key"), ConsentState.Active);
        _assertCounts(consents, _withdrawal(), abi.encodePacked(verifier, "key"), ConsentState.Withdrawn);
    }

    function _assertRefused(ConsentRegistry registry, Change memory change, bytes memory signer) private {
        ParticipantId id = ParticipantId.wrap(keccak256(signer));
        ConsentWord before = registry.wordOf(SCOPE, id);
        (bool success, bytes memory reason) = address(registry).call(_call(change, signer));
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        VM.assertFalse(success, "accepted");
        VM.assertEq(reason, abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, id));
        VM.assertLe(cost, SignerLib.CHECK_GAS + COST_OF_CHANGE, "the check went over its cap");
        VM.assertEq(ConsentWord.unwrap(registry.wordOf(SCOPE, id)), ConsentWord.unwrap(before));
    }

    /// @dev Applied once, with the author's word as the change makes it, and undone again.
    function _assertCounts(
        ConsentRegistry registry,
        Change memory change,
        bytes memory signer,
        ConsentState expected
    ) private {
        uint256 state = VM.snapshotState();
        (bool success, ) = address(registry).call(_call(change, signer));
        uint256 cost = VM.lastCallGas().gasTotalUsed;
        VM.assertTrue(success, "refused");
        VM.assertLe(cost, SignerLib.CHECK_GAS + COST_OF_CHANGE, "the check went over its cap");
        uint256 word = ConsentWord.unwrap(registry.wordOf(SCOPE, ParticipantId.wrap(keccak256(signer))));
        VM.assertEq(word & 7, uint256(expected), "state");
        VM.assertEq(uint16(word >> 32), 1, "something else was applied too");
        VM.revertToState(state);
    }

    function _registryThatLists(address verifier) private returns (ConsentRegistry) {
        address[] memory verifiers = new address[](1);
        verifiers[0] = verifier;
        bytes memory arguments = abi.encode(terms, institutions, delegates, index, verifiers);
        return ConsentRegistry(deployed("ConsentRegistry", arguments));
    }

    function _answering(bytes32 firstWord, uint256 length) private returns (address) {
        return deployed("FixedAnswerSigner", abi.encode(false, firstWord, length));
    }

    function _reverting(bytes32 firstWord, uint256 length) private returns (address) {
        return deployed("FixedAnswerSigner", abi.encode(true, firstWord, length));
    }

    /// @dev The call of a change in a signer's name, with a signature that means nothing but to foreign code.
    function _call(Change memory change, bytes memory signer) private view returns (bytes memory) {
        Authorisation memory given = _unsigned(_person("nobody"));
        given.signer = signer;
        given.signature = "a signature";
        return signedCall(change, given);
    }

    function _granting(uint16 version) private view returns (Change memory) {
        return granting(_grant(version));
    }

    function _grant(uint16 version) private view returns (Grant memory) {
        return Grant(SCOPE, standardTerms, 0xA5, 0x13, NO_EXPIRY, version);
    }

    function _withdrawal() private pure returns (Change memory) {
        return withdrawing(Withdraw({scopeId: SCOPE, extent: WithdrawalExtent.NoFurtherUse, minVersion: 0}));
    }
}
