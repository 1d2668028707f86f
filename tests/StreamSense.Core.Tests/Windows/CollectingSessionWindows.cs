using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

/// <summary>Keeps what holds after all results and retractions, and checks that each follows from those before.</summary>
internal sealed class CollectingSessionWindows : ISessionWindowConsumer<int, SumState>
{
    public List<string> Log { get; } = [];

    public Dictionary<long, SessionWindowResult<int, SumState>> Held { get; } = [];

    public void OnResult(in SessionWindowResult<int, SumState> result)
    {
        Assert.Equal(Held.TryGetValue(result.Id, out SessionWindowResult<int, SumState> before) ? before.Version + 1 : 1, result.Version);
        Assert.Equal(result.Inputs, result.Value.Count);
        Held[result.Id] = result;
        Log.Add($"+{result.Id}.{result.Version} {Span(result)}");
    }

    public void OnRetraction(in SessionWindowResult<int, SumState> result)
    {
        Assert.Equal(Held[result.Id], result);
        Held.Remove(result.Id);
        Log.Add($"-{result.Id}.{result.Version} {Span(result)}");
    }

    public IEnumerable<(int Key, long First, long Last, SumState Value)> Values() => Held.Values
        .Select(result => (result.Key, result.First.UnixMicroseconds, result.Last.UnixMicroseconds, result.Value))
        .OrderBy(entry => (entry.Key, entry.Item2));

    private static string Span(in SessionWindowResult<int, SumState> result) =>
        $"{result.First.UnixMicroseconds / 1_000_000}..{result.Last.UnixMicroseconds / 1_000_000}";
}
