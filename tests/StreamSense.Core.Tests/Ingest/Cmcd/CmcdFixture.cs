using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

/// <summary>A reader of CMCD with its tables, for one test.</summary>
internal sealed class CmcdFixture
{
    public const long Start = 1772600767000;

    public CmcdFixture(CmcdOptions? options = null, int capacity = int.MaxValue)
    {
        Sessions = new CmcdSessions(Vocabulary, Pseudonyms, options);
        Receiver = new CollectingReceiver(capacity);
        Ingest = new CmcdIngest(Sessions, Receiver, failed: Failed);
    }

    public Vocabulary Vocabulary { get; } = new();

    public Pseudonymizer Pseudonyms { get; } = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));

    public CmcdSessions Sessions { get; }

    public CollectingReceiver Receiver { get; set; }

    public FailedEvents Failed { get; } = new();

    public CmcdIngest Ingest { get; }

    public IReadOnlyList<StreamEvent> Events => [.. Receiver.Events.Select(pair => pair.Event)];

    public IReadOnlyList<EventKind> Kinds => [.. Events.Select(e => e.Kind)];

    /// <summary>A record of session S, number <paramref name="number"/>, so many milliseconds after the start.</summary>
    public static string Record(int number, int after, string rest) => $"cid=\"t1\",sid=\"S\",sn={number},ts={Start + after},v=2,{rest}";

    public IngestResult Read(string body, long receivedAfter = 0, IngestOrigin? request = null)
    {
        Ingest.Begin((request ?? new IngestOrigin()) with { ReceivedAt = new EventTime((Start + receivedAfter) * 1000) });
        Ingest.Feed(Encoding.UTF8.GetBytes(body));
        return Ingest.Complete();
    }

    /// <summary>Reads a run of states, one record each, one second apart.</summary>
    public void Play(string states)
    {
        for (int i = 0; i < states.Length; i++)
        {
            IngestResult result = Read(Record(i, i * 1000, $"e=ps,sta={states[i]},pt={i * 1000}"), i * 1000);
            Assert.Empty(result.Errors);
        }
    }
}
