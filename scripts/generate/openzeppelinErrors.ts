import type { ErrorText } from "./errors.ts";

const ASK_ADMINISTRATION = "Have the change made through governance by an account that holds the role.";
const WAIT_FOR_DELAY = "Schedule the operation through the AccessManager, wait for its delay, and then execute it.";
const USE_WALLET_SIGNATURE = "Sign again with a current wallet, which gives 65 bytes with a low s value.";
const TOKEN_BOUND = "Read the owner of the token with `ownerOf`; licences are not transferable.";

/** Texts of OpenZeppelin's errors, which carry no notice of their own. */
export const openzeppelinErrors: Readonly<Record<string, ErrorText>> = {
  AccessManagedInvalidAuthority: {
    message: "The new authority is not a contract.",
    fix: "Give the address of a deployed AccessManager.",
  },
  AccessManagedRequiredDelay: {
    message: "The caller holds the role, but only after a delay.",
    fix: WAIT_FOR_DELAY,
  },
  AccessManagedUnauthorized: {
    message: "The caller does not hold the role that this function needs.",
    fix: "Call from an account with the role, or ask the administration for it.",
  },
  AccessManagerAlreadyScheduled: {
    message: "The operation is scheduled already.",
    fix: "Wait for the scheduled operation, or cancel it first.",
  },
  AccessManagerBadConfirmation: {
    message: "The account named is not the caller.",
    fix: "Name the caller's own account to renounce its role.",
  },
  AccessManagerExpired: {
    message: "The scheduled operation was not executed in time.",
    fix: "Schedule the operation again.",
  },
  AccessManagerInvalidInitialAdmin: {
    message: "The first administrator is the zero address.",
    fix: "Name an account as the first administrator.",
  },
  AccessManagerLockedFunction: {
    message: "The AccessManager's own function cannot be given to another role.",
    fix: "Leave this function with its built-in role.",
  },
  AccessManagerLockedRole: {
    message: "The built-in administrator and public roles cannot be changed.",
    fix: "Use a role of the suite.",
  },
  AccessManagerNotReady: {
    message: "The delay of the scheduled operation has not passed.",
    fix: "Wait until the operation is ready, and then execute it.",
  },
  AccessManagerNotScheduled: {
    message: "The operation is not scheduled.",
    fix: WAIT_FOR_DELAY,
  },
  AccessManagerUnauthorizedAccount: {
    message: "The caller does not hold the role that administers this.",
    fix: ASK_ADMINISTRATION,
  },
  AccessManagerUnauthorizedCall: {
    message: "The caller may not make this call on the target.",
    fix: ASK_ADMINISTRATION,
  },
  AccessManagerUnauthorizedCancel: {
    message: "The caller may not cancel this operation.",
    fix: "Have it cancelled by its proposer, or by a guardian of the role.",
  },
  AccessManagerUnauthorizedConsume: {
    message: "Only the target of a scheduled operation may consume it.",
    fix: "Execute the operation through the AccessManager.",
  },
  AddressEmptyCode: {
    message: "There is no contract at the target address.",
    fix: "Check the address against the deployment record.",
  },
  CheckpointUnorderedInsertion: {
    message: "A checkpoint would lie before the newest one.",
    fix: "Add checkpoints in the order of their keys.",
  },
  ECDSAInvalidSignature: {
    message: "The signature is not a valid ECDSA signature.",
    fix: USE_WALLET_SIGNATURE,
  },
  ECDSAInvalidSignatureLength: {
    message: "The signature has not 65 bytes.",
    fix: USE_WALLET_SIGNATURE,
  },
  ECDSAInvalidSignatureS: {
    message: "The signature's s value is in the upper half of its range.",
    fix: USE_WALLET_SIGNATURE,
  },
  ERC721IncorrectOwner: {
    message: "The account is not the owner of the token.",
    fix: TOKEN_BOUND,
  },
  ERC721InsufficientApproval: {
    message: "The caller is neither the owner of the token nor approved for it.",
    fix: TOKEN_BOUND,
  },
  ERC721InvalidApprover: {
    message: "The account may not approve others for the token.",
    fix: TOKEN_BOUND,
  },
  ERC721InvalidOperator: {
    message: "The account cannot be an operator of tokens.",
    fix: "Name an account other than the zero address.",
  },
  ERC721InvalidOwner: {
    message: "The zero address owns no token.",
    fix: "Name an account other than the zero address.",
  },
  ERC721InvalidReceiver: {
    message: "The account cannot receive the token.",
    fix: "Name an account other than the zero address, or a contract that accepts ERC-721 tokens.",
  },
  ERC721InvalidSender: {
    message: "The token cannot come from this account.",
    fix: TOKEN_BOUND,
  },
  ERC721NonexistentToken: {
    message: "There is no token with this id.",
    fix: "Check the id; a token exists from its issue on.",
  },
  FailedCall: {
    message: "A call to another contract failed without a reason.",
    fix: "Simulate the inner call by itself to see why it fails.",
  },
  FailedDeployment: {
    message: "A contract could not be created.",
    fix: "Check that the salt is unused and that the creation code succeeds.",
  },
  FieldNotPresentInBlockHeader: {
    message: "The block header has no such field.",
    fix: "Give the RLP encoding of a whole block header.",
  },
  InsufficientBalance: {
    message: "The contract's balance is too small.",
    fix: "Send the value that the call needs.",
  },
  InvalidAccountNonce: {
    message: "The nonce is not the account's next one.",
    fix: "Read the current nonce with `nonces` and sign again.",
  },
  InvalidShortString: {
    message: "A stored short string is damaged.",
    fix: "Read the name and version from `eip712Domain`.",
  },
  MerkleProofInvalidMultiproof: {
    message: "The Merkle multiproof does not fit its leaves.",
    fix: "Make the proof again from the whole tree.",
  },
  RLPInvalidEncoding: {
    message: "The bytes are not valid RLP.",
    fix: "Give the RLP encoding of a whole block header.",
  },
  ReentrancyGuardReentrantCall: {
    message: "The function was called again while it was running.",
    fix: "Make the second call after the first has ended.",
  },
  SafeCastOverflowedIntToUint: {
    message: "A negative number stands where only zero or more is allowed.",
    fix: "Give a number of zero or more.",
  },
  SafeCastOverflowedUintDowncast: {
    message: "A number is too large for its field.",
    fix: "Give a number within the number of bits that the error names.",
  },
  SafeCastOverflowedUintToInt: {
    message: "A number is too large for its signed field.",
    fix: "Give a smaller number.",
  },
  StringTooLong: {
    message: "The text is longer than 31 bytes.",
    fix: "Give a shorter text.",
  },
  StringsInsufficientHexLength: {
    message: "A number has more hexadecimal digits than its text has room for.",
    fix: "Give a smaller number.",
  },
};
