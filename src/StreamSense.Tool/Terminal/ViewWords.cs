using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace StreamSense.Tool.Terminal;

/// <summary>What a line of a view's timeline did, in words.</summary>
internal static class ViewWords
{
    /// <summary>A duration in seconds, to the millisecond, or to the microsecond where it has some.</summary>
    public static string Seconds(double milliseconds) =>
        (milliseconds / 1e3).ToString(milliseconds % 1 == 0 ? "0.000" : "0.000000", CultureInfo.InvariantCulture);

    /// <summary>The colour of a state.</summary>
    public static Style StyleOf(string state) => Style.Parse(state switch
    {
        "playing" => "green",
        "rebuffering" => "red",
        "starting" or "seeking" => "yellow",
        "ad" => "blue",
        "unknown" => "magenta",
        _ => "dim",
    });

    /// <summary>The words of a line: what was credited to what and why, what the event says, and what else it did.</summary>
    /// <param name="entry">The line.</param>
    public static Paragraph Of(JsonElement entry)
    {
        var line = new Paragraph();
        void Say(string words, Style style)
        {
            if (words.Length > 0)
            {
                line.Append(line.Length > 0 ? "; " + words : words, style);
            }
        }

        foreach (JsonElement credit in entry.GetProperty("credits").EnumerateArray())
        {
            string state = credit.GetProperty("state").GetString()!;
            Say($"+{Seconds(credit.GetProperty("ms").GetDouble())} {state}{Why(credit)}", StyleOf(state));
        }

        if (entry.GetProperty("heldMs").GetDouble() is > 0 and double held)
        {
            Say($"{Seconds(held)} held until the buffering ends", StyleOf("seeking"));
        }

        Say(string.Join("; ", entry.GetProperty("notes").EnumerateArray().Select(note => Note(note.GetString()!))), Style.Parse("bold"));
        string after = entry.GetProperty("state").GetString()!;
        Say(
            string.Join(", ", entry.GetProperty("details").EnumerateObject()
                .Where(detail => detail.Name is not "mediaType"
                    && !(detail.Name is "state" && string.Equals(detail.Value.GetString(), after, StringComparison.Ordinal)))
                .Select(Detail)),
            Style.Parse("dim"));
        return line;
    }

    private static string Detail(JsonProperty detail)
    {
        (string name, string unit) = detail.Name switch
        {
            var n when n.EndsWith("Ms", StringComparison.Ordinal) => (n[..^2], " s"),
            var n when n.EndsWith("Kbps", StringComparison.Ordinal) => (n[..^4], " kbps"),
            var n => (n, ""),
        };
        string value = detail.Value.ValueKind switch
        {
            JsonValueKind.Number when unit is " s" => Seconds(detail.Value.GetDouble()),
            JsonValueKind.Number => detail.Value.GetDouble().ToString(CultureInfo.InvariantCulture),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => Printable.Of(detail.Value.GetString() ?? ""),
        };
        return $"{name} {value}{unit}";
    }

    private static string Why(JsonElement credit)
    {
        bool unknown = credit.GetProperty("state").GetString() is "unknown";
        string limit = credit.TryGetProperty("limitMs", out JsonElement value) ? Figures.Milliseconds(value.GetDouble()) : "";
        return credit.GetProperty("rule").GetString() switch
        {
            "gap" when unknown => $": beyond the gap",
            "gap" => $": at most the gap, {limit}",
            "playheadAdvance" when unknown => ": the playhead stood",
            "playheadAdvance" => $": beyond the gap of {limit} the playhead tells",
            "stall" => $": {limit} or more",
            "shortBuffering" => $": shorter than {limit}",
            "beyondDuration" => ": behind the duration it named",
            "seekBuffering" => ": its end says no stall",
            "loneBufferEnd" => ": only its end is known",
            _ => "",
        };
    }

    private static string Note(string note) => note switch
    {
        "attempted" => "an attempt",
        "firstFrame" => "first frame: a play",
        "stallCounted" => "a stall",
        "bufferingTooShort" => "too short to be a stall",
        "bitrateSwitch" => "a bitrate switch",
        "startupSpoiled" => "no startup time: distracted before the first frame",
        "repeatedRequest" => "a second request changes nothing",
        "timeRanBackwards" => "dated before the line above: applied there",
        "afterEnd" => "after the end: changes nothing",
        "ended" => "ends the view",
        "superseded" => "superseded: another title on this player",
        "silent" => "silent for too long: ended at its last event",
        "evicted" => "no room for more views: ended at its last event",
        "inputEnded" => "the input ends here",
        "seekMerged" => "the same seek as the one before",
        _ => note,
    };
}
