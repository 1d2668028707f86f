using System.Net;
using Microsoft.AspNetCore.Http;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore;

/// <summary>How the host says of a request what its records do not: country, network, kind of device.</summary>
/// <remarks>
/// Without a look-up addresses and user agents are not read. With one they are shown to it and kept nowhere: only its answer goes on.
/// The address is that of the connection; behind a proxy the host's forwarded headers middleware sets it. Called from any thread, once a
/// body of events; what a look-up throws ends the request. A ranking that does not name its dimensions has those that are said here.
/// </remarks>
public sealed class RequestOriginOptions
{
    /// <summary>Says where an address is, or null if it does not know.</summary>
    /// <value>Null: addresses are not read.</value>
    public Func<IPAddress, NetworkPlace?>? LookUpAddress { get; set; }

    /// <summary>Says on what kind of device a user agent runs, or null if it does not know.</summary>
    /// <value>Null: user agents are not read.</value>
    public Func<string, string?>? ClassifyUserAgent { get; set; }

    /// <summary>Says anything else: given what is known so far, gives what the events shall be taken with.</summary>
    /// <remarks>For example the purposes that a consent cookie grants, or the viewer whom the host has authenticated. What is given must
    /// hold no raw address or user agent.</remarks>
    /// <value>Null: nothing is added.</value>
    public Func<HttpContext, IngestOrigin, IngestOrigin>? Refine { get; set; }
}
