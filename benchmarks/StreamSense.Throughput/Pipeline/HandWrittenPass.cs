using System.Text.Json;

namespace StreamSense.Throughput.Pipeline;

/// <summary>The baseline: each line becomes an object by System.Text.Json with generated code, and is counted for its view.</summary>
/// <remarks>It knows no duplicates, no order, no pseudonyms and no metrics: the least with which anybody begins.</remarks>
internal sealed class HandWrittenPass(byte[] input)
{
    /// <summary>Reads the input once.</summary>
    /// <returns>How many events were counted.</returns>
    public long Run()
    {
        var events = new Dictionary<string, int>(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = input;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            PlayerEvent player = JsonSerializer.Deserialize(rest[..end], PlayerEventContext.Default.PlayerEvent)!;
            string view = player.View ?? "";
            events[view] = events.GetValueOrDefault(view) + 1;
            rest = rest[(end + 1)..];
        }

        return events.Values.Sum();
    }
}
