namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>What CTA-5004 (version 1) and CTA-5004-B (version 2) say of one key.</summary>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Header">The header it goes in.</param>
/// <param name="Scope">Where it may be sent.</param>
/// <param name="IsHundreds">Whether it is rounded to the nearest hundred.</param>
/// <param name="Most">How many characters a text may have; 0 for any number.</param>
/// <param name="Tokens">The tokens that are known, each between two spaces.</param>
internal sealed record CmcdRule(
    CmcdShape Shape, CmcdHeader Header, CmcdScope Scope, bool IsHundreds = false, int Most = 0, string Tokens = "");
