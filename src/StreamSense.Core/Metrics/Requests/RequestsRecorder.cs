using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Requests;

/// <summary>Adds up the requests to CDNs of a shard.</summary>
/// <remarks>The shard's thread only. Allocates only for values and quantile buckets that are new, until the bounds are reached.</remarks>
internal sealed class RequestsRecorder
{
    private readonly ContextTable _contexts;
    private readonly RequestCells _cells;

    public RequestsRecorder(Vocabulary vocabulary, RequestOptions options)
    {
        options.Validate();
        _contexts = vocabulary.Contexts;
        _cells = new RequestCells(options.MaxGroupValues);
    }

    /// <summary>Whether events of a kind matter here.</summary>
    public static bool Takes(EventKind kind) => kind == EventKind.MediaRequest;

    /// <summary>Takes an event; those that do not matter here are left alone.</summary>
    public void Apply(in StreamEvent e)
    {
        if (!Takes(e.Kind) || (e.Flags & EventFlags.Broadcast) != 0)
        {
            return;
        }

        ref readonly MediaRequestPayload request = ref e.ReadPayload<MediaRequestPayload>();
        ref readonly EventContext context = ref _contexts[e.Context];
        long weight = EventWeight.Of(request.Weight);
        int ttfb = request.TtfbMilliseconds;
        RequestSums sums = RequestSums.Of(request, weight);
        _cells.Whole.Add(sums, ttfb, weight);
        _cells.Of(RequestDimension.Cdn, e.Cdn.Value).Add(sums, ttfb, weight);
        _cells.Of(RequestDimension.Asn, context.Asn.Value).Add(sums, ttfb, weight);
        _cells.Of(RequestDimension.Country, context.Country.Value).Add(sums, ttfb, weight);
        _cells.Of(RequestDimension.ObjectType, request.ObjectType).Add(sums, ttfb, weight);
    }

    /// <summary>A copy that later events do not change.</summary>
    public RequestsPartial Copy() => new(_cells.Copy(), _cells.Overflowed);
}
