using StreamSense.Core.Events;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Sessions;

/// <summary>States and metrics of 100,000 open views, beside a dictionary of views that only adds up play and stall time.</summary>
public sealed class SessionScenario : IScenario
{
    private const int Views = 100_000;
    private const int EventsPerRun = 600_000;

    /// <inheritdoc/>
    public string Name => "sessions";

    /// <inheritdoc/>
    public string Summary => "events of 100,000 open views to states and all default metrics, beside play and stall sums in dictionaries";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        var vocabulary = new Vocabulary();
        var sessions = new SessionPass(new ViewTraffic(Views, vocabulary), vocabulary, Views, EventsPerRun);
        var dictionary = new DictionaryPass(new ViewTraffic(Views, vocabulary), Views, EventsPerRun);
        var throughputCase = new ThroughputCase(
            $"{Views:N0} open views",
            [
                new Contender("SessionStage", _ => sessions.Run()) { Prepare = sessions.Prepare },
                new Contender("Dictionary of views", _ => dictionary.Run()) { Prepare = dictionary.Prepare },
            ],
            Checksum: events => events,
            Threads: 1)
        {
            Step = EventsPerRun,
        };
        return new ThroughputRunner(options).Run(this, [throughputCase]);
    }
}
