/** Characters of a region code, by their digit in base 38; digit 0 ends a code. */
const DIGITS = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
const BASE = DIGITS.length;
const LONGEST = 6;
const CODE = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)?$/;

/** The number of a region: its code's characters as six digits in base 38; undefined when the text is no such code. */
export function regionNumber(text: string): number | undefined {
  if (!CODE.test(text) || text.length > LONGEST) return undefined;
  return [...text.padEnd(LONGEST, "\0")].reduce((code, character) => code * BASE + DIGITS.indexOf(character), 0);
}

/** The text of a region code; of a number that is none, the number itself. */
export function regionName(code: number): string {
  let text = "";
  for (let rest = code; rest > 0; rest = Math.floor(rest / BASE)) text = (DIGITS[rest % BASE] ?? "") + text;
  const name = text.replace(/\0+$/, "");
  // A code begins with a letter, so that all six digits are there.
  return text.length === LONGEST && CODE.test(name) ? name : String(code);
}

/** The states and territories of ISO 3166-1, by their codes of two letters. */
export const STATES: readonly string[] = [
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW",
  "BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI",
  "FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN",
  "IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME",
  "MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF",
  "PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV",
  "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE",
  "YT ZA ZM ZW",
].flatMap((line) => line.split(" "));

const EU = [
  ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"],
  ...["MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
];
const EFTA_IN_EEA = ["IS", "LI", "NO"];

/**
 * Groups of states with their members, as they stood on 2020-02-01: the European Union, and the European Economic Area of
 * the Union with Iceland, Liechtenstein and Norway (EEA Agreement, Art. 126).
 */
export const REGION_GROUPS: Readonly<Record<string, readonly string[]>> = {
  EU,
  EEA: ["EU", ...EU, ...EFTA_IN_EEA],
};

/**
 * The regions that a region lies strictly within: a subdivision in its state (ISO 3166-2), a state in its groups, a group in
 * a group.
 */
export function regionsAround(region: string): string[] {
  const [state = ""] = region.split("-");
  const groups = Object.entries(REGION_GROUPS).filter(([, members]) => members.includes(state));
  return [...(state === region ? [] : [state]), ...groups.map(([name]) => name)];
}
