using System.Text.Json;

namespace StreamSense.Tool.Terminal;

/// <summary>A row of a table of groups.</summary>
/// <param name="Keys">What group it is of, as text.</param>
/// <param name="Metrics">Its object of metrics.</param>
internal sealed record GroupTableRow(IReadOnlyList<string> Keys, JsonElement Metrics)
{
    private const string Unknown = "(unknown)";

    /// <summary>The row of a group of a report: <c>{key, metrics}</c>.</summary>
    public static GroupTableRow Of(JsonElement group) => new([NameOf(group.GetProperty("key"))], group.GetProperty("metrics"));

    /// <summary>The name of a value.</summary>
    /// <param name="value">Its name in JSON; null if it is unknown.</param>
    public static string NameOf(JsonElement value) => value.GetString() ?? Unknown;
}
