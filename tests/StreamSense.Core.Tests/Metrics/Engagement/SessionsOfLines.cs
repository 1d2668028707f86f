using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Engagement;

/// <summary>Takes canonical lines as one closed set through decoder, order and session stage, and hands on the sessions.</summary>
internal static class SessionsOfLines
{
    private static readonly PseudonymKey Key = PseudonymKey.FromSecret(Encoding.UTF8.GetBytes(new string('k', 32)));

    internal static Vocabulary Deliver(IEnumerable<string> lines, IPlaybackSessionConsumer consumer)
    {
        var vocabulary = new Vocabulary();
        var set = new ClosedSet(vocabulary);
        var options = new NdjsonOptions { TrustReceived = true, KeepEventIdText = true };
        var ingest = new NdjsonIngest(new NdjsonDecoder(vocabulary, new Pseudonymizer(Key), options), set);
        ingest.Begin();
        foreach (string line in lines)
        {
            ingest.Feed(Encoding.UTF8.GetBytes(line + "\n"));
        }

        ingest.Complete();
        var stage = new SessionStage(vocabulary, sessions: consumer);
        set.DeliverTitles(stage.Titles);
        set.Deliver(stage);
        stage.CloseAll();
        return vocabulary;
    }
}
