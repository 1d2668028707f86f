using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Sessions;

internal sealed class CollectingFacts : IViewFactConsumer
{
    public List<ViewFact> All { get; } = [];

    public void Consume(ReadOnlySpan<ViewFact> facts) => All.AddRange(facts);
}
