using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Testing.Scripts;

namespace StreamSense.Testing.Simulation;

/// <summary>Many viewers who browse, choose, watch and leave, as the canonical events that their devices would send.</summary>
/// <remarks>
/// Follows from its options alone: the same options give the same lines, on every machine. Events come in the order of their times
/// and are made while they are read; memory holds one visit a viewer. The catalogue comes first. Immutable and thread-safe; each
/// enumeration starts afresh. What viewers do is plausible, not fitted to an audience: use it for load, for tests and to look at a
/// dashboard, not to draw conclusions.
/// </remarks>
public sealed class ViewerSimulation
{
    private static readonly string[] Genres = ["drama", "comedy", "crime", "nature", "science", "sport", "music", "history"];

    private readonly ViewerSimulationOptions _options;

    /// <summary>Creates a simulation.</summary>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ViewerSimulation(ViewerSimulationOptions? options = null)
    {
        _options = options ?? new ViewerSimulationOptions();
        _options.Validate();
    }

    /// <summary>The lines of <see cref="Events"/>, without line ends.</summary>
    public IEnumerable<string> Lines() => Events().Select(scripted => scripted.Line);

    /// <summary>
    /// Everything that happens, in the order of time, at most
    /// <see cref="ViewerSimulationOptions.MaximumEvents"/> events.
    /// </summary>
    public IEnumerable<ScriptedEvent> Events() => Catalogue().Concat(InOrderOfTime()).Take(_options.MaximumEvents);

    /// <summary>How long a title is.</summary>
    /// <param name="seed">The simulation's seed.</param>
    /// <param name="title">The title's number.</param>
    internal static TimeSpan LengthOf(int seed, int title) =>
        TimeSpan.FromMinutes(5 + SeededRandom.Of(~seed, title).Next(90));

    internal static string TitleName(int title) => string.Create(CultureInfo.InvariantCulture, $"title-{title:000}");

    private IEnumerable<ScriptedEvent> Catalogue()
    {
        for (int title = 0; title < _options.Titles; title++)
        {
            var random = SeededRandom.Of(_options.Seed + 1, title);
            yield return EventLine.Of("title", _options.Start)
                .With("title", TitleName(title))
                .With("type", random.Chance(0.5) ? "movie" : "episode")
                .With("name", string.Create(CultureInfo.InvariantCulture, $"Title {title}"))
                .With("durationMs", (decimal)LengthOf(_options.Seed, title).TotalMilliseconds)
                .With("genres", [random.Pick(Genres)])
                .Build();
        }
    }

    // Each viewer's events are in order; the queue holds the next event of each.
    private IEnumerable<ScriptedEvent> InOrderOfTime()
    {
        var viewers = new IEnumerator<ScriptedEvent>[_options.Viewers];
        var queue = new PriorityQueue<int, (EventTime Time, int Viewer)>(_options.Viewers);
        for (int viewer = 0; viewer < viewers.Length; viewer++)
        {
            viewers[viewer] = Visits(viewer).GetEnumerator();
            Enqueue(queue, viewers, viewer);
        }

        while (queue.TryDequeue(out int viewer, out _))
        {
            yield return viewers[viewer].Current;
            Enqueue(queue, viewers, viewer);
        }
    }

    private static void Enqueue(PriorityQueue<int, (EventTime Time, int Viewer)> queue, IEnumerator<ScriptedEvent>[] viewers, int viewer)
    {
        if (viewers[viewer].MoveNext())
        {
            queue.Enqueue(viewer, (viewers[viewer].Current.Time, viewer));
        }
    }

    private IEnumerable<ScriptedEvent> Visits(int viewer)
    {
        var simulated = new SimulatedViewer(_options, viewer);
        while (simulated.Now < _options.Start + _options.Duration)
        {
            foreach (ScriptedEvent scripted in simulated.Visit())
            {
                yield return scripted;
            }
        }
    }
}
