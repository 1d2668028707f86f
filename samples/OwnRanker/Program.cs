using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Privacy;
using StreamSense.Ml;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Stages;
using StreamSense.Testing.Contracts;

// 1. Does it keep the promises? The same cases run in any test framework: a name and an action each.
foreach (ContractCase promise in RankerContract.CasesFor(() => new FreshnessRanker()))
{
    promise.Run();
    Console.WriteLine($"kept: {promise}");
}

// 2. Put it to work: retrieve, score, reorder. A ModelSlot lets a newer model take its place while requests go on.
var vocabulary = new Vocabulary();
var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("only for this sample"u8));
var model = new ModelSlot(new FreshnessRanker());
RecommenderBuilder builder = Recommender.CreateBuilder(vocabulary, pseudonymizer);
using Recommender recommender = builder
    .AddSurface("home", home => home
        .From(new TrendingCandidates(builder.Catalogue))
        .RankBy(model)
        .Then(new CapStage(TitleAttribute.Genre, atMost: 1)))
    .WithoutDecisions()
    .Build();

EventTime now = EventTime.From(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero));
Add("an-old-war", "war", days: 900);
Add("a-new-war", "war", days: 2);
Add("a-love-story", "love", days: 30);

var slate = new RankedTitle[3];
int count = recommender.Rank(new RankRequest { Id = "request-1"u8, Surface = "home", Time = now }, slate);
foreach (RankedTitle slot in slate.AsSpan(0, count))
{
    Console.WriteLine($"{vocabulary.Titles.NameOf(slot.Title)}: {slot.Score:0.000}");
}

void Add(string title, string genre, int days)
{
    TitleId id = vocabulary.Titles.Note(Encoding.UTF8.GetBytes(title));
    var row = new StreamEvent { Kind = EventKind.Title, Title = id, Time = now };
    row.PayloadAs<TitlePayload>() = new TitlePayload
    {
        DurationMicroseconds = Absent.Time,
        PublishedMicroseconds = (now - TimeSpan.FromDays(days)).UnixMicroseconds,
        Season = Absent.Number,
        Episode = Absent.Number,
    };
    recommender.Catalogue.Apply(row, Encoding.UTF8.GetBytes($"\"genres\":[\"{genre}\"]"));
}
