using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Candidates.Histories;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Tests.Scenes;

/// <summary>A vocabulary, a catalogue and a history, with the events and facts that fill them.</summary>
internal sealed class World
{
    private readonly List<ViewFact> _told = [];
    private readonly List<IViewFactConsumer> _followers = [];

    public static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));

    public World(WatchHistoryOptions? options = null)
    {
        Catalogue = new Catalogue(Vocabulary);
        History = new WatchHistory(Catalogue, options);
    }

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonymizer { get; } = new(PseudonymKey.FromSecret("a secret of tests only"u8));

    public Catalogue Catalogue { get; }

    public WatchHistory History { get; }

    public static TitleId Title(string name) => NameTable.IdOf(name);

    public static ViewerId Viewer(ulong number) => new(number + 1);

    public static StreamEvent Row(
        string title,
        TimeSpan? duration = null,
        EventTime? published = null,
        EventTime? time = null,
        TitleType type = TitleType.Movie)
    {
        var row = new StreamEvent { Kind = EventKind.Title, Title = Title(title), Time = time ?? Start };
        row.PayloadAs<TitlePayload>() = new TitlePayload
        {
            DurationMicroseconds = duration is { } known ? (long)known.TotalMicroseconds : Absent.Time,
            PublishedMicroseconds = published?.UnixMicroseconds ?? Absent.Time,
            Season = Absent.Number,
            Episode = Absent.Number,
            Type = type,
        };
        return row;
    }

    public static ViewFact Fact(
        ViewFactKind kind,
        string title,
        ulong viewer,
        double atSeconds,
        double? playhead = null,
        double watch = 0,
        EndReason reason = EndReason.Quit,
        bool live = false,
        ConsentPurposes consent = ConsentPurposes.All) => new()
        {
            Kind = kind,
            Title = Title(title),
            Viewer = Viewer(viewer),
            Time = At(atSeconds),
            PlayheadMicroseconds = playhead is { } known ? (long)(known * 1e6) : Absent.Time,
            PlayMicroseconds = (long)(watch * 1e6),
            WatchMicroseconds = (long)(watch * 1e6),
            Reason = reason,
            Live = live,
            Consent = consent,
        };

    public static EventTime At(double seconds) => new(Start.UnixMicroseconds + (long)(seconds * 1e6));

    public static FeatureQuery Query(ulong viewer, double atSeconds, ConsentPurposes consent = ConsentPurposes.All) =>
        new(Viewer(viewer), consent, At(atSeconds));

    public void AddTitle(
        string title,
        TimeSpan? duration = null,
        EventTime? published = null,
        string annex = "",
        TitleType type = TitleType.Movie)
    {
        Vocabulary.Titles.Note(Encoding.UTF8.GetBytes(title), pin: true);
        Assert.True(Catalogue.Apply(Row(title, duration, published, type: type), Encoding.UTF8.GetBytes(annex)));
    }

    /// <summary>A play that begins at a second, is watched so many and ends.</summary>
    public void Play(string title, ulong viewer, double atSeconds, double watch = 600, ConsentPurposes consent = ConsentPurposes.All) =>
        Tell(
            Fact(ViewFactKind.Requested, title, viewer, atSeconds, consent: consent),
            Fact(ViewFactKind.FirstFrame, title, viewer, atSeconds + 1, playhead: 0, consent: consent),
            Fact(ViewFactKind.Progress, title, viewer, atSeconds + (watch / 2), playhead: watch / 2, watch: watch / 2, consent: consent),
            Fact(ViewFactKind.Ended, title, viewer, atSeconds + watch, playhead: watch, watch: watch, consent: consent));

    public CandidateRequest Request(ulong viewer, double atSeconds, string country = "") => new(
        Query(viewer, atSeconds), Vocabulary.Countries.Intern(country))
    {
        Request = new RequestId((ulong)(atSeconds * 1000) + viewer + 1),
    };

    public string[] Retrieve(ICandidateSource source, in CandidateRequest request, int room = 50)
    {
        var titles = new TitleId[room];
        return [.. titles[..source.Retrieve(request, titles)].Select(title => Vocabulary.Titles.NameOf(title)!)];
    }

    public void AddEpisode(string title, string series, int season, int episode, string annex = "")
    {
        StreamEvent row = Row(title, TimeSpan.FromSeconds(1000), type: TitleType.Episode);
        ref TitlePayload payload = ref row.PayloadAs<TitlePayload>();
        payload.Series = Title(series);
        payload.Season = season;
        payload.Episode = episode;
        Vocabulary.Titles.Note(Encoding.UTF8.GetBytes(title), pin: true);
        Assert.True(Catalogue.Apply(row, Encoding.UTF8.GetBytes(annex)));
    }

    public StreamEvent Event(
        EventKind kind, string title, ulong viewer, double atSeconds, ConsentPurposes consent = ConsentPurposes.All) => new()
    {
        Kind = kind,
        Title = Title(title),
        Viewer = Viewer(viewer),
        Time = At(atSeconds),
        Context = Vocabulary.Contexts.Intern(default(EventContext) with { Consent = consent }),
    };

    public StreamEvent Rating(string title, ulong viewer, double atSeconds, double value, RatingScale scale = RatingScale.Stars5)
    {
        StreamEvent rating = Event(EventKind.Rating, title, viewer, atSeconds);
        rating.PayloadAs<RatingPayload>() = new RatingPayload
        {
            Value = value,
            Minimum = 0,
            Maximum = scale == RatingScale.Thumbs ? 1 : 5,
            Scale = scale,
        };
        return rating;
    }

    public StreamEvent ListChange(bool adds, string list, string title, ulong viewer, double atSeconds)
    {
        StreamEvent change = Event(adds ? EventKind.ListAdd : EventKind.ListRemove, title, viewer, atSeconds);
        change.PayloadAs<ListPayload>().List = Vocabulary.Terms.Intern(list);
        return change;
    }

    public static void Feed(IEventConsumer consumer, params StreamEvent[] events) =>
        consumer.Consume(new EventBatch(0, events, annex: null));

    public void Tell(params ReadOnlySpan<ViewFact> facts)
    {
        _told.AddRange(facts);
        History.Consume(facts);
        foreach (IViewFactConsumer follower in _followers)
        {
            follower.Consume(facts);
        }
    }

    /// <summary>Tells something all facts, those of the past first.</summary>
    public T Follow<T>(T follower)
        where T : IViewFactConsumer
    {
        follower.Consume(_told.ToArray());
        _followers.Add(follower);
        return follower;
    }
}
