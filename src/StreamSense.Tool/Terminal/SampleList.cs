using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace StreamSense.Tool.Terminal;

/// <summary>The sample views of a report: a line a view, under what happened to it.</summary>
internal static class SampleList
{
    private const int MostShown = 3;

    /// <summary>The lines, from top to bottom.</summary>
    /// <param name="samples">The samples of the report.</param>
    public static IEnumerable<IRenderable> Parts(JsonElement samples)
    {
        bool any = false;
        foreach (JsonProperty condition in samples.EnumerateObject().Where(condition => condition.Value.GetArrayLength() > 0))
        {
            any = true;
            IEnumerable<string> views = condition.Value.EnumerateArray().Take(MostShown).Select(sample =>
                $"{sample.GetProperty("view").GetString()}  {Figures.Milliseconds(sample.GetProperty("ms").GetDouble())}");
            string label = $"  {Title(condition.Name)}";
            foreach (string view in views)
            {
                yield return new Text($"{label,-24}{view}\n");
                label = "";
            }
        }

        if (!any)
        {
            yield return new Text("  nothing out of the ordinary\n", Style.Parse("dim"));
        }
    }

    private static string Title(string condition) => condition switch
    {
        "stalled" => "stalled",
        "slowStart" => "slowest starts",
        "startFailure" => "start failures",
        "exitBeforeStart" => "exits before start",
        "playbackFailure" => "playback failures",
        "bounce" => "bounces",
        "longUnknownTime" => "long unknown time",
        "startDenial" => "start denials",
        "lowBitrate" => "lowest bitrates",
        "manyBitrateSwitches" => "most switches",
        "longSeeking" => "longest seeking",
        "longAds" => "longest ads",
        "backgroundPlay" => "background play",
        "completion" => "completions",
        _ => condition,
    };
}
