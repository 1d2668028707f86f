using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Throughput.Features;

/// <summary>The same facts of many titles in an engine and in the rows of a straightforward loop.</summary>
internal sealed class FeatureVectorState : IDisposable
{
    private static readonly EventTime Start = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
    private static readonly TimeSpan Short = TimeSpan.FromDays(1);
    private static readonly TimeSpan Long = TimeSpan.FromDays(7);

    /// <summary>Plays a title or two for each of so many titles.</summary>
    public FeatureVectorState(int titles)
    {
        var vocabulary = new Vocabulary();
        var catalogue = new Catalogue(vocabulary, titles);
        Engine = new FeatureEngine(Declare(), catalogue, vocabulary, new FeatureEngineOptions { MaxTitles = titles });
        Loop = new ScalarFeatures(titles, Start);
        var random = new Random(3);
        var events = new StreamEvent[4];
        var context = vocabulary.Contexts.Intern(new EventContext { Consent = ConsentPurposes.All, Version = 1 });
        for (int i = 0; i < titles; i++)
        {
            EventTime published = Start - TimeSpan.FromDays(random.Next(1, 1000));
            var row = new StreamEvent { Kind = EventKind.Title, Title = TitleOf(i), Time = published, Context = context };
            row.PayloadAs<TitlePayload>() = new TitlePayload
            {
                DurationMicroseconds = random.Next(600, 7200) * 1_000_000L,
                PublishedMicroseconds = published.UnixMicroseconds,
                Season = random.Next(1, 5),
                Episode = random.Next(1, 12),
                Type = TitleType.Episode,
            };
            catalogue.Apply(row, default);
            events[0] = row;
            for (int k = 1; k < events.Length; k++)
            {
                events[k] = new StreamEvent
                {
                    Kind = k == 1 ? EventKind.Impression : k == 2 ? EventKind.Click : EventKind.ListAdd,
                    Title = TitleOf(i),
                    Viewer = new ViewerId((ulong)random.Next(1, 100)),
                    Time = Start - TimeSpan.FromMinutes(random.Next(1, 10_000)),
                    Context = context,
                };
            }

            Engine.Consume(new EventBatch(0, events, annex: null));
            Loop.Take(i, events);
        }

        Query = new FeatureQuery(new ViewerId(7), ConsentPurposes.All, Start) { Position = 3 };
    }

    /// <summary>The engine.</summary>
    public FeatureEngine Engine { get; }

    /// <summary>The loop.</summary>
    public ScalarFeatures Loop { get; }

    /// <summary>For whom features are read.</summary>
    public FeatureQuery Query { get; }

    /// <summary>The title of a number.</summary>
    public static TitleId TitleOf(int number) => new(((ulong)number + 1) * 0x9e3779b97f4a7c15UL);

    /// <inheritdoc/>
    public void Dispose() => Engine.Dispose();

    // 32 raw: 23 of viewer and request, 6 of the catalogue, a total and two ages; 18 derived.
    private static FeatureSet Declare()
    {
        var builder = new FeatureSetBuilder();
        EventSelector[] counted = [new(EventKind.Impression), new(EventKind.Click), new(EventKind.ListAdd)];
        builder.Add("request.position", FeatureScope.Request, new RequestRule(RequestMeasure.Position));
        builder.Add("request.hour", FeatureScope.Request, new RequestRule(RequestMeasure.HourOfDay));
        for (int i = 0; i < 21; i++)
        {
            builder.Add($"viewer.decay{i}", FeatureScope.Viewer, new DecayRule(counted[i % 3], TimeSpan.FromDays(1 + i)));
        }

        foreach (CatalogueMeasure measure in Enum.GetValues<CatalogueMeasure>())
        {
            builder.Add($"title.{measure}", FeatureScope.Title, new CatalogueRule(measure));
        }

        builder.Add("title.total", FeatureScope.Title, new TotalRule(counted[0]));
        builder.Add("title.last", FeatureScope.Title, new RecencyRule(counted[0]));
        builder.Add("title.click", FeatureScope.Title, new RecencyRule(counted[1]));
        for (int i = 0; i < 6; i++)
        {
            TimeSpan halfLife = i < 3 ? Short : Long;
            builder.Add($"title.fading{i}", FeatureScope.Title, new DecayRule(counted[i % 3], halfLife));
            builder.Add($"title.rate{i}", FeatureScope.Title, new RateRule(counted[(i + 1) % 3], counted[i % 3], halfLife));
            builder.Add($"cross{i}", $"log1p(title.fading{i}) * viewer.decay{i}");
        }

        return builder.Build();
    }
}
