// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDelegateRegistry} from "../../contracts/identity/IDelegateRegistry.sol";
import {ALL_MANDATES, Appointment, DelegateKind, Dismissal, Mandate} from "../../contracts/types/Delegate.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {deployed} from "../support/Deploy.sol";
import {VM} from "../support/Vm.sol";
import {SymbolicRegistry, both, either} from "./SymbolicRegistry.sol";

/// @title Mandates
/// @notice Who gives a mandate, and who takes it back.
contract Mandates is SymbolicRegistry {
    IDelegateRegistry private _delegates;

    function setUp() public override {
        super.setUp();
        address any = address(surroundings);
        bytes memory arguments = abi.encode(any, any, new address[](0));
        _delegates = IDelegateRegistry(deployed("DelegateRegistry.sol:DelegateRegistry", arguments));
        _makeArbitrary(address(_delegates));
    }

    /// @dev Invariant 2: a transaction changes nobody's mandate but for the participant, the delegate who gives it
    /// back, and the scope's custodian, who changes guardians only.
    function check_nobodyElseChangesAMandate(
        uint8 verb,
        address sender,
        Appointment memory change,
        ParticipantId participantId,
        ParticipantId delegateId,
        uint32 time
    ) public {
        _at(time);
        Mandate memory before = _delegates.mandateOf(change.scopeId, participantId, delegateId);
        VM.assume(both(participantId != _idOf(sender), delegateId != _idOf(sender)));
        VM.prank(sender);
        (bool success, ) = address(_delegates).call(_call(verb, change, participantId));
        VM.assume(success);
        Mandate memory mandate = _delegates.mandateOf(change.scopeId, participantId, delegateId);
        (InstitutionId custodian, ) = surroundings.scope(change.scopeId);
        bool isGuardians = both(before.kind != DelegateKind.Proxy, mandate.kind != DelegateKind.Proxy);
        bool isLawful = both(isGuardians, surroundings.actingInstitution(sender) == custodian);
        VM.assertTrue(either(isLawful, _isSame(before, mandate)), "somebody else's mandate changed");
    }

    /// @dev Invariant 2: a mandate is given with known verbs and an end to come, and never to oneself.
    function check_mandateIsBounded(
        uint8 verb,
        address sender,
        Appointment memory change,
        ParticipantId participantId,
        uint32 time
    ) public {
        _at(time);
        ParticipantId owner = verb == 0 ? _idOf(sender) : participantId;
        VM.assume(either(verb == 0, verb == 3));
        VM.prank(sender);
        (bool success, ) = address(_delegates).call(_call(verb, change, participantId));
        VM.assume(success);
        Mandate memory mandate = _delegates.mandateOf(change.scopeId, owner, change.delegateId);
        VM.assertTrue(both(mandate.verbs != 0, mandate.verbs <= ALL_MANDATES), "unknown verbs");
        VM.assertTrue(both(mandate.until > time, mandate.until == change.until), "another end");
        VM.assertTrue(change.delegateId != owner, "their own delegate");
    }

    /// @dev Invariant 3: after a dismissal no appointment that was signed before it takes effect.
    function check_dismissalIsLater(address sender, Dismissal memory change, uint32 time) public {
        _at(time);
        VM.prank(sender);
        (bool success, ) = address(_delegates).call(abi.encodeCall(IDelegateRegistry.dismiss, (change)));
        VM.assume(success);
        Mandate memory mandate = _delegates.mandateOf(change.scopeId, _idOf(sender), change.delegateId);
        VM.assertTrue(both(mandate.verbs == 0, mandate.until == 0), "the mandate stands");
        VM.assertEq(mandate.signedAt, time, "an older appointment would count");
    }

    function _call(
        uint8 verb,
        Appointment memory change,
        ParticipantId participantId
    ) private pure returns (bytes memory) {
        VM.assume(verb < 5);
        ScopeId scopeId = change.scopeId;
        ParticipantId delegateId = change.delegateId;
        if (verb == 0) return abi.encodeCall(IDelegateRegistry.appoint, (change));
        if (verb == 1) return abi.encodeCall(IDelegateRegistry.dismiss, (Dismissal(scopeId, delegateId)));
        if (verb == 2) return abi.encodeCall(IDelegateRegistry.renounce, (scopeId, participantId));
        if (verb == 3) {
            return abi.encodeCall(IDelegateRegistry.addGuardian, (scopeId, participantId, delegateId, change.until));
        }
        return abi.encodeCall(IDelegateRegistry.removeGuardian, (scopeId, participantId, delegateId));
    }

    function _isSame(Mandate memory a, Mandate memory b) private pure returns (bool) {
        bool isSameRight = both(a.kind == b.kind, a.verbs == b.verbs);
        return both(isSameRight, both(a.until == b.until, a.signedAt == b.signedAt));
    }
}
