namespace StreamSense.Core.Privacy;

/// <summary>What may be kept of an address: where it is, and whose network.</summary>
/// <param name="Country">The country, as ISO 3166-1 alpha-2; null if not known.</param>
/// <param name="Asn">The number of the autonomous system; null if not known.</param>
/// <param name="Isp">The name of the network's operator; null if not known.</param>
public readonly record struct AddressFacts(string? Country, string? Asn = null, string? Isp = null);
