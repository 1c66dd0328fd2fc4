/**
 * Whether client "c" agreed to a text that does not name the preparing of personal offers, and to none that does: nothing is
 * prepared for them alone, and offers don't call them by name. Null for whoever is not in the ledger.
 * @param clientId SQL of the client's number
 */
export const olderTerms = (clientId: string): string => `(
  SELECT NOT bool_or(t."offers") FROM "Consent" k JOIN "ConsentDocument" t ON t."hash" = k."documentHash"
  WHERE k."clientId" = ${clientId} AND k."purpose" = 'personalData' AND k."granted")`
