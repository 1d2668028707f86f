using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Testing.Scripts;
using StreamSense.Testing.Simulation;

namespace StreamSense.Testing.Tests.Simulation;

public sealed class ViewerSimulationTests
{
    [Fact]
    public void Lines_OfOneSeed_AreTheSameTwice()
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Seed = 42, Viewers = 20 });
        var again = new ViewerSimulation(new ViewerSimulationOptions { Seed = 42, Viewers = 20 });

        Assert.Equal(simulation.Lines(), again.Lines());
        Assert.Equal(simulation.Lines(), simulation.Lines());
    }

    [Fact]
    public void Lines_OfAnotherSeed_AreOthers() =>
        Assert.NotEqual(
            new ViewerSimulation(new ViewerSimulationOptions { Viewers = 5, Seed = 1 }).Lines(),
            new ViewerSimulation(new ViewerSimulationOptions { Viewers = 5, Seed = 2 }).Lines());

    [Fact]
    public void Lines_OfOneSeed_NeverChangeBetweenReleases()
    {
        // FNV-1a over the text: a user's recorded figures must stay theirs.
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char character in string.Join('\n', new ViewerSimulation(new ViewerSimulationOptions { Viewers = 3 }).Lines()))
        {
            hash = (hash ^ character) * 1_099_511_628_211;
        }

        Assert.Equal("292ec6147d10bbc8", hash.ToString("x16"));
    }

    [Fact]
    public void Events_OfManyViewers_AreInTheOrderOfTime()
    {
        EventTime[] times = [.. new ViewerSimulation().Events().Select(scripted => scripted.Time)];

        Assert.True(times.Length > 5_000);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Events_BeyondTheMaximum_AreCut() =>
        Assert.Equal(777, new ViewerSimulation(new ViewerSimulationOptions { MaximumEvents = 777 }).Events().Count());

    [Fact]
    public void Lines_OfManyViewers_AreKnownKindsAndHoldAllOfPlayback()
    {
        HashSet<string> kinds = [.. new ViewerSimulation(new ViewerSimulationOptions { Viewers = 400 }).Lines().Select(Kind)];

        Assert.All(kinds, kind => Assert.True(EventKindNames.TryParse(System.Text.Encoding.UTF8.GetBytes(kind), out _), kind));
        for (EventKind kind = EventKind.PlaybackRequest; kind <= EventKind.AdClick; kind++)
        {
            if (kind != EventKind.MediaRequest)
            {
                Assert.Contains(EventKindNames.NameOf(kind), kinds);
            }
        }

        Assert.Superset(new HashSet<string> { "decision", "impression", "click", "search", "rating", "title" }, kinds);
    }

    [Fact]
    public void Events_OfAView_CarryContiguousSequences()
    {
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ScriptedEvent scripted in new ViewerSimulation(new ViewerSimulationOptions { Viewers = 30 }).Events())
        {
            JsonElement line = JsonDocument.Parse(scripted.Line).RootElement;
            if (line.TryGetProperty("view", out JsonElement view))
            {
                int expected = next.GetValueOrDefault(view.GetString()!);
                Assert.Equal(expected, line.GetProperty("seq").GetInt32());
                next[view.GetString()!] = expected + 1;
            }
        }

        Assert.NotEmpty(next);
    }

    [Fact]
    public void Constructor_WithAShareAboveOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewerSimulation(new ViewerSimulationOptions { StallShare = 1.1 }));

    private static string Kind(string line) => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!;
}
