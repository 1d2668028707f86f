using StreamSense.Core.Events;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

/// <summary>Keeps every result in order, and the latest version of each window.</summary>
internal sealed class CollectingWindows : IWindowConsumer<SumState>
{
    public List<WindowResult<SumState>> All { get; } = [];

    public SortedDictionary<long, WindowResult<SumState>> Latest { get; } = [];

    public void OnResult(in WindowResult<SumState> result)
    {
        bool isAmended = Latest.TryGetValue(result.Start.UnixMicroseconds, out WindowResult<SumState> before);
        Assert.Equal(isAmended ? before.Version + 1 : 1, result.Version);
        Assert.Equal(result.Inputs, result.Value.Count);
        Latest[result.Start.UnixMicroseconds] = result;
        All.Add(result);
    }

    public Dictionary<EventTime, SumState> Values() => Latest.ToDictionary(entry => new EventTime(entry.Key), entry => entry.Value.Value);
}
