using System.Text;
using StreamSense.Contracts.Delivery;
using StreamSense.Core.Delivery;
using StreamSense.Testing.Sinks;

namespace StreamSense.Testing.Tests.Sinks;

public sealed class CollectingSinkContractTests : BatchSinkContract
{
    protected override IBatchSink CreateSink() => new CollectingSink();

    protected override IReadOnlyList<(ulong Id, string Annex)> ReadBack(IBatchSink sink)
    {
        var collecting = (CollectingSink)sink;
        return [.. collecting.Events.Zip(collecting.Annexes,
            (streamEvent, annex) => (streamEvent.Id.Value, Encoding.UTF8.GetString(annex)))];
    }
}
