using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Windows;

namespace StreamSense.Tool.Cubes;

/// <summary>A length of window that a cube has.</summary>
/// <param name="Name">As <c>--every</c> has it: <c>10s</c>.</param>
/// <param name="Level">The windows.</param>
/// <param name="Length">How long they are.</param>
internal sealed record WindowLength(string Name, CubeLevel Level, TimeSpan Length)
{
    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<WindowLength> All { get; } =
    [
        new("10s", CubeLevel.TenSeconds, TimeSpan.FromSeconds(10)),
        new("1m", CubeLevel.Minute, TimeSpan.FromMinutes(1)),
        new("1h", CubeLevel.Hour, TimeSpan.FromHours(1)),
        new("1d", CubeLevel.Day, TimeSpan.FromDays(1)),
    ];

    /// <summary>The length of a level.</summary>
    public static WindowLength Of(CubeLevel level) => All[(int)level];

    /// <summary>The longest windows that begin at each of some instants; null if not even the shortest do.</summary>
    public static WindowLength? Of(IReadOnlyList<EventTime> bounds) => All.LastOrDefault(candidate =>
    {
        var windows = new TumblingWindows(candidate.Length);
        return bounds.All(bound => windows.StartOf(windows.IndexOf(bound)) == bound);
    });
}
