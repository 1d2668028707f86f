using StreamSense.Core.Events;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Features;

/// <summary>Feature vectors: 50 features, 18 of them derived, of 512 titles out of a million.</summary>
/// <remarks>
/// Derived are six fading sums, six smoothed ratios and six logarithms crossed with the viewer's. The baselines compute the same 50 numbers
/// from the same state one after the other: rows in an array, found by a dictionary, or by their number, without any looking up.
/// </remarks>
public sealed class FeatureVectorScenario : IScenario
{
    private const int Candidates = 512;
    private const int Requests = 400;
    private const int ManyTitles = 1_000_000;
    private const int FewTitles = 2_000;

    /// <inheritdoc/>
    public string Name => "feature-vector";

    /// <inheritdoc/>
    public string Summary => $"50 features of {Candidates} titles a request, in titles a second";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        using var state = new FeatureVectorState(ManyTitles);
        return new ThroughputRunner(options).Run(this,
        [
            // A million titles are the promise, as waiting for memory decides there; rows that stay in the cache stand beside it, and their
            // floor is as far below what is measured (3.9 to 4.5) as the other's.
            Case("out of 1 M titles", state, ManyTitles, floor: 4),
            Case("out of 2 k titles", state, FewTitles, floor: 2.5),
        ]);
    }

    private static ThroughputCase Case(string name, FeatureVectorState state, int titles, double floor)
    {
        var random = new Random(7);
        var numbers = new int[Requests * Candidates];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.Next(titles);
        }

        TitleId[] ids = [.. numbers.Select(FeatureVectorState.TitleOf)];
        float[] columns = new float[Candidates * state.Engine.Layout.Count];
        return new ThroughputCase(
            name,
            [
                new Contender("FeatureEngine", count => InRequests(count, start =>
                    state.Engine.Fill(state.Query, ids.AsSpan(start, Candidates), columns))),
                new Contender("scalar loop, by number", count => InRequests(count, start =>
                    state.Loop.Fill(numbers.AsSpan(start, Candidates), columns))),
                new Contender("scalar loop, by id", count => InRequests(count, start =>
                    state.Loop.Fill(ids.AsSpan(start, Candidates), columns))),
            ],
            count => count,
            Threads: 1) { Floor = floor, Step = Requests * Candidates };
    }

    private static long InRequests(long count, Action<int> fill)
    {
        long done = 0;
        for (int start = 0; done < count; done += Candidates)
        {
            fill(start);
            start = start + Candidates == Requests * Candidates ? 0 : start + Candidates;
        }

        return done;
    }
}
