using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Tests.Scenes;

/// <summary>A recommender with a catalogue and what viewers did.</summary>
internal sealed class Stage : IDisposable
{
    private readonly List<CollectingReceiver> _receivers = [];

    public Stage(RecommenderOptions? options = null, WriteOutcome outcome = WriteOutcome.Written)
    {
        Recommender = Recommender.CreateBuilder(Vocabulary, Pseudonymizer, options)
            .WriteDecisionsTo(() =>
            {
                var receiver = new CollectingReceiver(outcome);
                lock (_receivers)
                {
                    _receivers.Add(receiver);
                }

                return receiver;
            })
            .Build();
    }

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonymizer { get; } = new(PseudonymKey.FromSecret("a secret of tests only"u8));

    public Recommender Recommender { get; }

    public IReadOnlyList<CollectingReceiver> Receivers => _receivers;

    public IReadOnlyList<StreamEvent> Decisions => [.. _receivers.SelectMany(receiver => receiver.Events)];

    public void AddTitles(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            Vocabulary.Titles.Note(Encoding.UTF8.GetBytes(name), pin: true);
            Take(World.Row(name, TimeSpan.FromSeconds(1000)));
        }
    }

    public void Take(params StreamEvent[] events) => Recommender.Consume(new EventBatch(0, events, annex: null));

    public void Play(string title, ulong viewer, double atSeconds, double watch = 600) => Recommender.Consume(
    [
        World.Fact(ViewFactKind.FirstFrame, title, viewer, atSeconds, playhead: 0),
        World.Fact(ViewFactKind.Ended, title, viewer, atSeconds + watch, playhead: watch, watch: watch),
    ]);

    public RankRequest Request(ulong viewer, double atSeconds, string id = "r1", string surface = SurfaceNames.Home) => new()
    {
        Id = Encoding.UTF8.GetBytes(id),
        Surface = surface,
        Time = World.At(atSeconds),
        Viewer = World.Viewer(viewer),
        Consent = ConsentPurposes.All,
    };

    public string[] Rank(in RankRequest request, int slots = 10)
    {
        var slate = new Ml.Ranking.RankedTitle[slots];
        int count = Recommender.Rank(request, slate);
        return [.. slate[..count].Select(ranked => Vocabulary.Titles.NameOf(ranked.Title)!)];
    }

    public void Dispose() => Recommender.Dispose();
}
