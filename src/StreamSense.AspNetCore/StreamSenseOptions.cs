using StreamSense.Core;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;
using StreamSense.Ml;

namespace StreamSense.AspNetCore;

/// <summary>What a host says about its pipeline and the endpoints in front of it.</summary>
/// <remarks>Read when the host starts; later changes have no effect.</remarks>
public sealed class StreamSenseOptions
{
    /// <summary>Says what the pipeline does: key, replay, sinks, sizes.</summary>
    /// <value>Null: events are measured and ranked by, under a random key, and kept nowhere.</value>
    /// <remarks>The clock is set already, to the host's <see cref="TimeProvider"/> service where there is one.</remarks>
    public Action<StreamSensePipelineBuilder>? Pipeline { get; set; }

    /// <summary>The bounds of the recommender.</summary>
    /// <value>The defaults of <see cref="RecommenderOptions"/>.</value>
    public RecommenderOptions Recommender { get; set; } = new();

    /// <summary>Says where rankings come from: surfaces, rankers and sources of one's own.</summary>
    /// <value>Null: the surfaces of <see cref="SurfaceNames"/>.</value>
    public Action<RecommenderBuilder>? Ranking { get; set; }

    /// <summary>How CMCD is read.</summary>
    /// <value>The defaults of <see cref="CmcdOptions"/>; its consent is set to what <see cref="Consent"/> assumes.</value>
    public CmcdOptions Cmcd { get; set; } = new();

    /// <summary>Other sources that post to this host, by the name under <c>sources/</c>: how their translators are made.</summary>
    /// <remarks>Names are letters, digits, <c>-</c> and <c>_</c>. A translator is used for one body at a time and then again.</remarks>
    /// <value>None.</value>
    public IDictionary<string, Func<Pseudonymizer, IRecordTranslator>> Sources { get; } =
        new Dictionary<string, Func<Pseudonymizer, IRecordTranslator>>(StringComparer.Ordinal);

    /// <summary>The largest body of events that is read, in bytes; a larger one is answered with 413.</summary>
    /// <value>8 MiB.</value>
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many bodies of events are read at once; one more is answered with 503.</summary>
    /// <value>16. Each has a writer of its own while it is read; the pipeline's lanes are made to suffice.</value>
    public int MaxConcurrentBodies { get; set; } = 16;

    /// <summary>When a sender that was turned away for lack of room should try again.</summary>
    /// <value>One second.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many titles one ranking gives at most.</summary>
    /// <value>100.</value>
    public int MaxRankCount { get; set; } = 100;

    /// <summary>Whether <c>POST rank</c> says why each title stands where it stands, when it is asked to.</summary>
    /// <remarks>An explanation tells features of the viewer who is named in the request. Turn it off where requests come from people
    /// who may not see them; the ranking itself is the same.</remarks>
    /// <value>True.</value>
    public bool ExplainRankings { get; set; } = true;

    /// <summary>What holds for events and rankings that say nothing of consent, and what becomes of events that may not be
    /// measured.</summary>
    /// <value><see cref="ConsentPolicy.RequireExplicit"/>: what nobody granted is not granted. A host that asks its viewers before
    /// anything is sent says so with <see cref="ConsentPolicy.Assume"/>.</value>
    public ConsentPolicy Consent { get; set; } = ConsentPolicy.RequireExplicit;

    /// <summary>How the host says of a request what its records do not: country, network, kind of device.</summary>
    /// <value>No look-ups: addresses and user agents are not read.</value>
    public RequestOriginOptions Origin { get; set; } = new();

    internal void Validate()
    {
        Check(MaxBodyBytes, MaxConcurrentBodies, RetryAfter, MaxRankCount);
        ArgumentNullException.ThrowIfNull(Consent);
        ArgumentNullException.ThrowIfNull(Origin);
        ArgumentNullException.ThrowIfNull(Recommender);
        ArgumentNullException.ThrowIfNull(Cmcd);
        foreach (string name in Sources.Keys)
        {
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                throw new ArgumentException($"The source '{name}' has a name that is no part of a path: use letters, digits, - and _.");
            }
        }
    }

    // The parameters bear the names of the properties, so that a message names the property.
    private static void Check(long maxBodyBytes, int maxConcurrentBodies, TimeSpan retryAfter, int maxRankCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBodyBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentBodies, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRankCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRankCount, 10_000);
    }
}
