using System.Text;

namespace StreamSense.Testing.Scripts;

/// <summary>Puts scripted events together as a sender or a file would have them.</summary>
public static class EventScript
{
    /// <summary>The events of several scripts in the order of their times; events of one time keep the order of the scripts.</summary>
    /// <param name="scripts">The scripts, each in an order of its own that is kept.</param>
    /// <returns>All events.</returns>
    public static IReadOnlyList<ScriptedEvent> Interleave(params IEnumerable<IEnumerable<ScriptedEvent>> scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);

        // A script whose clock runs backwards must keep its own order: each event counts as late as what precedes it.
        return [.. scripts.SelectMany(NeverBackwards).OrderBy(entry => entry.Time).Select(entry => entry.Event)];
    }

    /// <summary>The lines as one NDJSON text, each ended by a line feed.</summary>
    /// <param name="events">The events.</param>
    public static string ToNdjson(this IEnumerable<ScriptedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var text = new StringBuilder();
        foreach (ScriptedEvent scripted in events)
        {
            text.Append(scripted.Line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The lines as NDJSON bytes in UTF-8: what an endpoint or a decoder takes.</summary>
    /// <param name="events">The events.</param>
    public static byte[] ToUtf8Ndjson(this IEnumerable<ScriptedEvent> events) => Encoding.UTF8.GetBytes(events.ToNdjson());

    private static IEnumerable<(long Time, ScriptedEvent Event)> NeverBackwards(IEnumerable<ScriptedEvent> script)
    {
        long latest = long.MinValue;
        foreach (ScriptedEvent scripted in script)
        {
            latest = Math.Max(latest, scripted.Time.UnixMicroseconds);
            yield return (latest, scripted);
        }
    }
}
