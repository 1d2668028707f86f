using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Columns;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

/// <summary>A catalogue, an engine, and the events that feed it.</summary>
internal sealed class FeatureWorld : IDisposable
{
    public FeatureWorld(
        FeatureSet set,
        FeatureEngineOptions? options = null,
        ISegmentReader? segments = null,
        IReadOnlyDictionary<string, IVectorSource>? vectors = null,
        LaneWidth? width = null)
    {
        Vocabulary = new Vocabulary();
        Catalogue = new Catalogue(Vocabulary);
        Engine = new FeatureEngine(set, Catalogue, Vocabulary, options, segments, vectors, width ?? LaneLoop.Widest);
    }

    public Vocabulary Vocabulary { get; }

    public Catalogue Catalogue { get; }

    public FeatureEngine Engine { get; }

    public static TitleId Title(int number) => World.Title($"m{number}");

    public static EventTime At(double seconds) => World.At(seconds);

    public void AddTitle(
        int number, string annex = "", TimeSpan? duration = null, EventTime? published = null, int? season = null, int? episode = null,
        TitleType type = TitleType.Movie, string? series = null)
    {
        StreamEvent row = World.Row($"m{number}", duration, published, type: type);
        ref TitlePayload payload = ref row.PayloadAs<TitlePayload>();
        payload.Season = season ?? Absent.Number;
        payload.Episode = episode ?? Absent.Number;
        payload.Series = series is null ? TitleId.None : NameTable.IdOf(series);
        Catalogue.Apply(row, Encoding.UTF8.GetBytes(annex));
        Engine.Consume(new EventBatch(0, [row], annex: null));
    }

    public ContextId Context(string country = "", string deviceKind = "", ConsentPurposes consent = ConsentPurposes.All) =>
        Vocabulary.Contexts.Intern(new EventContext
        {
            Country = Vocabulary.Countries.Intern(country),
            DeviceKind = Vocabulary.DeviceKinds.Intern(deviceKind),
            Consent = consent,
            Version = 1,
        });

    public StreamEvent Event(EventKind kind, int title, ulong viewer, double atSeconds, ContextId? context = null) => new()
    {
        Kind = kind,
        Title = title < 0 ? TitleId.None : Title(title),
        Viewer = World.Viewer(viewer),
        Time = At(atSeconds),
        Context = context ?? Context(),
    };

    public StreamEvent Rating(int title, ulong viewer, double atSeconds, double stars, ContextId? context = null)
    {
        StreamEvent rating = Event(EventKind.Rating, title, viewer, atSeconds, context);
        rating.PayloadAs<RatingPayload>() = new RatingPayload { Value = stars, Minimum = 0, Maximum = 5, Scale = RatingScale.Stars5 };
        return rating;
    }

    public ViewFact Play(int title, ulong viewer, double atSeconds, ContextId? context = null) =>
        World.Fact(ViewFactKind.FirstFrame, $"m{title}", viewer, atSeconds) with { Context = context ?? Context() };

    public void Take(params ReadOnlySpan<StreamEvent> events) => Engine.Consume(new EventBatch(0, events, annex: null));

    public void Take(params ReadOnlySpan<ViewFact> facts) => Engine.Consume(facts);

    public FeatureQuery Query(ulong viewer, double atSeconds, string country = "", string deviceKind = "") =>
        World.Query(viewer, atSeconds) with
        {
            Dimensions = new EventContext
            {
                Country = Vocabulary.Countries.Intern(country),
                DeviceKind = Vocabulary.DeviceKinds.Intern(deviceKind),
            },
        };

    public float[] Read(in FeatureQuery query, params ReadOnlySpan<int> titles)
    {
        var ids = new TitleId[titles.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = Title(titles[i]);
        }

        var columns = new float[ids.Length * Engine.Layout.Count];
        Engine.Fill(query, ids, columns);
        return columns;
    }

    public float ReadOne(in FeatureQuery query, int title, string feature) =>
        Read(query, title)[Engine.Layout.IndexOf(feature)];

    public void Dispose() => Engine.Dispose();
}
