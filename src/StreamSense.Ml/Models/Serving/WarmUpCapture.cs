using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Models.Serving;

/// <summary>Keeps some of the latest rankings, to warm a new model up with what is really asked.</summary>
/// <remarks>
/// A decision log that stands before another one, or alone. It neither waits nor allocates: its memory is made at once,
/// <c>requests × candidates × (features + 2) × 4 bytes</c>, and a ranking that comes while another is being copied is passed on without
/// being kept. May be used by many threads.
/// </remarks>
public sealed class WarmUpCapture : IDecisionLog
{
    private readonly IDecisionLog? _next;
    private readonly Slot[] _slots;
    private readonly int _features;
    private readonly Lock _gate = new();
    private long _taken;

    /// <summary>Makes a capture.</summary>
    /// <param name="requests">How many rankings it keeps.</param>
    /// <param name="candidates">How many candidates of each; of a longer ranking the first ones.</param>
    /// <param name="features">How many features a candidate has; rankings with another number are not kept.</param>
    /// <param name="next">The log that is given every ranking; null for none.</param>
    public WarmUpCapture(int requests, int candidates, int features, IDecisionLog? next = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        _next = next;
        _features = features;
        _slots = new Slot[requests];
        for (int i = 0; i < requests; i++)
        {
            _slots[i] = new Slot(new TitleId[candidates], new float[checked(candidates * features)]);
        }
    }

    /// <inheritdoc/>
    public bool TryAppend(in RankingRecord record)
    {
        Keep(record);
        return _next is null || _next.TryAppend(record);
    }

    /// <summary>The rankings that are kept, the oldest first.</summary>
    /// <returns>Copies of them.</returns>
    public ImmutableArray<WarmUpRequest> Requests()
    {
        lock (_gate)
        {
            int count = (int)Math.Min(_taken, _slots.Length);
            ImmutableArray<WarmUpRequest>.Builder requests = ImmutableArray.CreateBuilder<WarmUpRequest>(count);
            for (long i = _taken - count; i < _taken; i++)
            {
                Slot slot = _slots[i % _slots.Length];
                requests.Add(
                    new WarmUpRequest([.. slot.Titles.AsSpan(0, slot.Count)], [.. slot.Features.AsSpan(0, slot.Count * _features)])
                    {
                        Time = slot.Time,
                        Viewer = slot.Viewer,
                        Consent = slot.Consent,
                    });
            }

            return requests.MoveToImmutable();
        }
    }

    private void Keep(in RankingRecord record)
    {
        int count = record.Candidates.Length;
        if (count == 0 || record.Features.Length != (long)count * _features || !_gate.TryEnter())
        {
            return;
        }

        try
        {
            Slot slot = _slots[_taken++ % _slots.Length];
            slot.Count = Math.Min(count, slot.Titles.Length);
            slot.Time = record.Time;
            slot.Viewer = record.Viewer;
            slot.Consent = record.Consent;
            record.Candidates[..slot.Count].CopyTo(slot.Titles);
            for (int column = 0; column < _features; column++)
            {
                record.Features.Slice(column * count, slot.Count).CopyTo(slot.Features.AsSpan(column * slot.Count));
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private sealed class Slot(TitleId[] titles, float[] features)
    {
        public TitleId[] Titles { get; } = titles;

        public float[] Features { get; } = features;

        public int Count { get; set; }

        public EventTime Time { get; set; }

        public ViewerId Viewer { get; set; }

        public ConsentPurposes Consent { get; set; }
    }
}
