using BenchmarkDotNet.Attributes;

namespace StreamSense.Benchmarks.Ranking;

/// <summary>One ranking of 100 candidates into 20 slots, retrieval, features, scores and 20 decision events included.</summary>
/// <remarks>The baseline computes the same scores and sorts them, and writes no decisions.</remarks>
[MemoryDiagnoser]
public class RankBenchmarks
{
    private RankingContest _contest = null!;

    /// <summary>How many titles there are to choose from.</summary>
    [Params(100)]
    public int Candidates { get; set; }

    /// <summary>Fills both with the same 20,000 plays.</summary>
    [GlobalSetup]
    public void Fill() => _contest = new RankingContest(Candidates);

    /// <summary>Lets the recommender go.</summary>
    [GlobalCleanup]
    public void Release() => _contest.Dispose();

    /// <summary>The recommender.</summary>
    [Benchmark]
    public int Recommend() => _contest.Recommend();

    /// <summary>Dictionaries, objects and LINQ.</summary>
    [Benchmark(Baseline = true)]
    public int LinqOverObjects() => _contest.RankByLinq();
}
