using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Testing.Scripts;

namespace StreamSense.Testing.Simulation;

/// <summary>One viewer: comes, looks at a row of titles, watches some of them, says what they think, and goes.</summary>
internal sealed class SimulatedViewer
{
    private const int RowLength = 6;

    private readonly ViewerSimulationOptions _options;
    private readonly SeededRandom _random;
    private readonly string _viewer;
    private readonly string _device;
    private readonly string _household;
    private readonly string _deviceKind;
    private readonly string _country;
    private readonly string _cdn;
    private string _visit = "";
    private int _visits;
    private int _views;

    internal SimulatedViewer(ViewerSimulationOptions options, int number)
    {
        _options = options;
        _random = SeededRandom.Of(options.Seed, number);
        _viewer = string.Create(CultureInfo.InvariantCulture, $"viewer-{number}");
        _device = string.Create(CultureInfo.InvariantCulture, $"device-{number}");
        _household = string.Create(CultureInfo.InvariantCulture, $"household-{number / 3}");
        _deviceKind = _random.Pick("tv", "phone", "tablet", "desktop");
        _country = _random.Pick("AT", "CH", "DE", "DE", "DE");
        _cdn = _random.Pick("north", "south");
        Now = options.Start + TimeSpan.FromSeconds((double)_random.Skewed(0, (int)options.Duration.TotalSeconds + 1));
    }

    /// <summary>When the next visit begins.</summary>
    internal EventTime Now { get; private set; }

    internal List<ScriptedEvent> Visit()
    {
        var events = new List<ScriptedEvent>();
        _visit = string.Create(CultureInfo.InvariantCulture, $"{_viewer}-visit-{++_visits}");
        int watched = 0;
        do
        {
            Now += TimeSpan.FromSeconds((double)_random.Skewed(2, 60));
            if (Browse(events) is { } title)
            {
                Watch(events, title);
            }
        }
        while (++watched < 4 && _random.Chance(0.5));

        Now += TimeSpan.FromSeconds((double)_random.Skewed(300, 36_000));
        return events;
    }

    // What a ranking chose, what the viewer saw of it, and what they picked; null if nothing.
    private int? Browse(List<ScriptedEvent> events)
    {
        string request = string.Create(CultureInfo.InvariantCulture, $"{_visit}-{events.Count}");
        int? picked = null;
        for (int position = 0; position < RowLength; position++)
        {
            int title = _random.Popular(_options.Titles);
            events.Add(Slot("decision", request, title, position).With("propensity", 1m).With("policy", "simulated").Build());
            if (position < 4 || _random.Chance(0.5))
            {
                Now += TimeSpan.FromMilliseconds(_random.Next(800));
                events.Add(Slot("impression", request, title, position).With("visibleMs", 500 + _random.Next(4_000)).Build());
                picked = picked is null && _random.Chance(0.4) ? title : picked;
            }
        }

        if (picked is { } choice)
        {
            Now += TimeSpan.FromMilliseconds(300 + _random.Next(3_000));
            events.Add(Line("click").With("title", ViewerSimulation.TitleName(choice))
                .With("surface", "home").With("request", request).Build());
        }
        else if (_random.Chance(0.3))
        {
            events.Add(Line("search").With("query", _random.Pick("fox", "night", "island")).With("results", _random.Next(20)).Build());
        }

        return picked;
    }

    private void Watch(List<ScriptedEvent> events, int title)
    {
        string name = ViewerSimulation.TitleName(title);
        ViewScript script = ViewScript.Start(string.Create(CultureInfo.InvariantCulture, $"{_viewer}-view-{++_views}"))
            .From(Now).Source("app").Title(name).Viewer(_viewer).Device(_device, _deviceKind)
            .Always("household", _household).Always("visit", _visit).Always("country", _country).Always("cdn", _cdn);
        if (!_options.Sequenced)
        {
            script.WithoutSequence().WithIds();
        }

        new SimulatedView(_options, _random, script, ViewerSimulation.LengthOf(_options.Seed, title)).Play();
        events.AddRange(script);
        Now = script.Now;
        Judge(events, name);
    }

    private void Judge(List<ScriptedEvent> events, string title)
    {
        Now += TimeSpan.FromSeconds(1 + _random.Next(20));
        if (_random.Chance(0.15))
        {
            events.Add(Line("rating").With("title", title).With("value", 1 + _random.Next(5)).With("scale", "stars5").Build());
        }

        if (_random.Chance(0.05))
        {
            events.Add(Line(_random.Pick("list_add", "reaction", "share")).With("title", title).With("action", "like").Build());
        }
    }

    private EventLine Slot(string kind, string request, int title, int position) => Line(kind)
        .With("request", request).With("surface", "home").With("row", 0m).With("position", position)
        .With("title", ViewerSimulation.TitleName(title));

    private EventLine Line(string kind) => EventLine.Of(kind, Now)
        .With("source", "app").With("viewer", _viewer).With("household", _household).With("device", _device)
        .With("visit", _visit).With("country", _country).With("deviceKind", _deviceKind);
}
