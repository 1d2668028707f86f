using StreamSense.Core.Windows;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>How each level cuts time.</summary>
internal static class CubeLevels
{
    public const int Count = 4;

    private static readonly TumblingWindows[] Windows =
    [
        new(TimeSpan.FromSeconds(10)),
        new(TimeSpan.FromMinutes(1)),
        new(TimeSpan.FromHours(1)),
        new(TimeSpan.FromDays(1)),
    ];

    public static TumblingWindows WindowsOf(CubeLevel level) => Windows[(int)level];
}
