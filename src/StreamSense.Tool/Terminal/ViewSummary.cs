using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>What became of a view: outcome, startup, seconds by state, and what it played.</summary>
internal static class ViewSummary
{
    private const int MostRuns = 40;

    /// <summary>The parts of the summary, from top to bottom.</summary>
    /// <param name="root">The timeline's JSON object.</param>
    public static IEnumerable<IRenderable> Parts(JsonElement root)
    {
        if (root.GetProperty("session") is not { ValueKind: JsonValueKind.Object } session)
        {
            yield return new Text("Not an attempt: it was never asked for without preload, and never played.\n");
            yield break;
        }

        JsonElement times = session.GetProperty("times");
        yield return new Text("Session\n", Style.Parse("bold"));
        Table table = new Table().NoBorder().HideHeaders();
        table.AddColumn(new TableColumn("") { Width = 20, NoWrap = true, Padding = new Padding(0) });
        table.AddColumn(new TableColumn("") { Padding = new Padding(0) });
        Row(table, "outcome", Outcome(session));
        Row(table, "startup", $"{Time(session, "startupMs")}, content {Time(session, "contentStartupMs")}");
        Row(table, "watch", $"{Time(times, "watchMs")} = starting {Time(times, "startingMs")} + playing {Time(times, "playingMs")}"
            + $" + rebuffering {Time(times, "rebufferingMs")} + seeking {Time(times, "seekingMs")}");
        Row(table, "not watched", $"paused {Time(times, "pausedMs")}, ads {Time(times, "adMs")}, unknown {Time(times, "unknownMs")}");
        Row(table, "counts", $"{Count(session, "stalls")} stalls, {Count(session, "bitrateSwitches")} bitrate switches,"
            + $" {Count(session, "seeks")} seeks, {Count(session, "pauses")} pauses, {Count(session, "ads")} ads"
            + $" in {Count(session, "adBreaks")} breaks");
        Row(table, "content", $"{Time(session, "watchedContentMs")} distinct of {Time(session, "durationMs")}");
        Row(table, "played", Runs(root.GetProperty("watched")));
        yield return table;
    }

    private static string Outcome(JsonElement session)
    {
        string reason = session.GetProperty("reason").GetString() is { } known ? $", by {known}" : "";
        return session.GetProperty("outcome").GetString() + reason
            + (session.GetProperty("bySilence").GetBoolean() ? " (no end was seen)" : "")
            + (session.GetProperty("live").GetBoolean() ? ", live" : "");
    }

    private static string Runs(JsonElement watched)
    {
        IEnumerable<string> runs = watched.EnumerateArray().Take(MostRuns).Select(run =>
            $"{ViewWords.Seconds(run.GetProperty("fromMs").GetDouble())}–{ViewWords.Seconds(run.GetProperty("toMs").GetDouble())}");
        string text = string.Join(", ", runs);
        int more = watched.GetArrayLength() - MostRuns;
        return text.Length == 0 ? "nothing that has a place" : text + (more > 0 ? $" and {more} more" : "");
    }

    private static string Time(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? ViewWords.Seconds(value.GetDouble()) + " s" : "–";

    private static string Count(JsonElement of, string name) => Figures.Count(of.GetProperty(name).GetDouble());

    private static void Row(Table table, string label, string value) =>
        table.AddRow(new Text("  " + label, Style.Parse("dim")), new Text(value));
}
