namespace StreamSense.AspNetCore;

/// <summary>Where an address is in the world and in the network, as coarse as events carry it.</summary>
/// <param name="Country">The country, for example <c>DE</c>; null if not known.</param>
/// <param name="Asn">The autonomous system, for example <c>AS3320</c>; null if not known.</param>
/// <param name="Isp">The internet provider; null if not known.</param>
public sealed record NetworkPlace(string? Country, string? Asn = null, string? Isp = null);
