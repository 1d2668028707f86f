using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml;

/// <summary>The bounds of a <see cref="Recommender"/>.</summary>
public sealed class RecommenderOptions
{
    /// <summary>How many candidates a request is ranked over at most.</summary>
    /// <value>Default 500; at most 10,000.</value>
    public int MaxCandidates { get; set; } = 500;

    /// <summary>How many requests are ranked at once; one more waits for the first that is done, which takes microseconds.</summary>
    /// <value>Default twice the number of processors. Each needs some 100 KiB with the default features and 500 candidates, and a receiver
    /// for decisions.</value>
    public int MaxConcurrentRequests { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>How many titles the catalogue may hold.</summary>
    /// <value>Default 65,536.</value>
    public int CatalogueCapacity { get; set; } = 65_536;

    /// <summary>The name that decisions carry as their source.</summary>
    /// <value>Default <c>streamsense</c>.</value>
    public string Source { get; set; } = "streamsense";

    /// <summary>How much the engine of declared features remembers.</summary>
    /// <remarks>Not looked at where a host brings an engine or another reader of its own.</remarks>
    public FeatureEngineOptions Features { get; set; } = new();

    /// <summary>How much is remembered of what viewers watched, and what counts as begun and as finished.</summary>
    public WatchHistoryOptions History { get; set; } = new();

    /// <summary>How the trending list of the standard surfaces is kept.</summary>
    public TrendingOptions Trending { get; set; } = new();

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message names it.</exception>
    /// <exception cref="ArgumentException">The source is empty.</exception>
    public void Validate()
    {
        Check(MaxCandidates, MaxConcurrentRequests, CatalogueCapacity, Source);
        Features.Validate();
        History.Validate();
        Trending.Validate();
    }

    private static void Check(int maxCandidates, int maxConcurrentRequests, int catalogueCapacity, string source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCandidates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxCandidates, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrentRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(catalogueCapacity, 1);
        ArgumentException.ThrowIfNullOrEmpty(source);
    }
}
